// Boxes and ellipses that fit points and areas; private to this folder.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "core/annot/rings.h"

namespace lathe::annot {

struct Moments {
    double area = 0;
    Point centre;
    double xx = 0, xy = 0, yy = 0;  ///< central, divided by the area
};

/// Of rings whose holes turn the other way, by Green's theorem.
[[nodiscard]] Moments momentsOf(const std::vector<Ring>& oriented);
/// The ellipse with the axes' directions and ratio of the second moments, and with the area itself. Nothing without an area.
[[nodiscard]] std::optional<Ellipse> ellipseOf(const Moments& moments);
/// Convex hull, clockwise as seen (Andrew's monotone chain, 1979).
[[nodiscard]] Ring hullOf(std::vector<Point> points);
/// The turned box of the smallest area; one of its sides lies on the hull (Freeman and Shapira, 1975). Nothing for a line.
[[nodiscard]] std::optional<RotatedBox> smallestBox(const Ring& hull);
/// The point half way along a line.
[[nodiscard]] Point halfWay(std::span<const Point> line);

}  // namespace lathe::annot
