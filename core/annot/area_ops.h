// Set operations and clean-up of shapes that cover an area. Numbers: polygons on a grid of 1/1024 pixel (Clipper), masks by pixel.
//
// Areal shapes are boxes, turned boxes, ellipses, polygons and masks. Where a mask takes part the result is a mask of its size,
// else a polygon whose rings don't cross: outlines and holes (even-odd). An empty result is a polygon without rings, or a mask
// without pixels. Pure functions, any thread. A shape that isn't areal, or masks of two sizes: ErrorCode::InvalidData with words.
#pragma once
#include <span>
#include <vector>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot {

[[nodiscard]] bool isAreal(const Shape& shape);
/// No pixels, or no ring of at least three points.
[[nodiscard]] bool isEmpty(const Shape& shape);

[[nodiscard]] Result<Shape> united(std::span<const Shape> shapes);
/// What of `from` isn't covered by `what`.
[[nodiscard]] Result<Shape> subtracted(const Shape& from, std::span<const Shape> what);
[[nodiscard]] Result<Shape> intersected(std::span<const Shape> shapes);
/// The pieces on either side of an open line, largest first; the shape itself when the line doesn't separate anything. The line
/// cuts a gap of no width; parts that it leaves whole stay with the largest piece.
[[nodiscard]] Result<std::vector<Shape>> cutByLine(const Shape& shape, std::span<const Point> line);
/// Parts that don't touch, each with its holes; largest first. Pixels touch at a corner too.
[[nodiscard]] Result<std::vector<Shape>> parts(const Shape& shape);
/// Grown (or shrunk, `by` < 0) by pixels, round corners. A mask stays within its image and shrinks from the image's border too.
[[nodiscard]] Result<Shape> grown(const Shape& shape, double by);
/// Corners rounded: polygon by Chaikin's cutting (`strength` 1 to 4 passes), mask by opening and closing with a disc of that
/// radius.
[[nodiscard]] Result<Shape> smoothed(const Shape& shape, int strength);
/// Douglas-Peucker: fewer vertices, within `tolerance` pixels; a ring keeps three. Also of a Polyline. Kinds without vertices of
/// their own are left alone.
[[nodiscard]] Result<Shape> simplified(const Shape& shape, double tolerance);
[[nodiscard]] Result<Shape> holesFilled(const Shape& shape, double upToArea = 1e300);
/// Parts smaller than `belowArea` pixels are dropped; the largest stays always.
[[nodiscard]] Result<Shape> specksDropped(const Shape& shape, double belowArea);
/// Intersection over union of two areal shapes, by the pixels of the masks or the exact areas of polygons.
[[nodiscard]] Result<double> iou(const Shape& a, const Shape& b);

}  // namespace lathe::annot
