// Areal shapes as closed rings; private to this folder.
#pragma once
#include <span>
#include <vector>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot {

using Ring = std::vector<Point>;

/// Even-odd rings of a box, turned box, ellipse (within `tolerance` pixels) or polygon; none of any other kind.
[[nodiscard]] std::vector<Ring> ringsOf(const Shape& shape, double tolerance);
/// InvalidData when a number is NaN, infinite or further out than 1e9 pixels.
[[nodiscard]] Result<> checkPoints(std::span<const Point> points);
[[nodiscard]] Result<> checkRings(const std::vector<Ring>& rings);
/// Douglas-Peucker of an open line: the places that stay, in order, both ends among them.
[[nodiscard]] std::vector<std::size_t> placesKept(std::span<const Point> line, double tolerance);
/// The same of a closed ring; at least a triangle stays.
[[nodiscard]] Ring simplifiedRing(const Ring& ring, double tolerance);
/// Chaikin's corner cutting ("An algorithm for high-speed curve generation", 1974).
[[nodiscard]] Ring cutCorners(const Ring& ring);
[[nodiscard]] double distanceToSegment(Point p, Point a, Point b);
[[nodiscard]] Point nearestOnSegment(Point p, Point a, Point b);
/// Twice the signed area; positive: clockwise as seen.
[[nodiscard]] double shoelace(const Ring& ring);

}  // namespace lathe::annot
