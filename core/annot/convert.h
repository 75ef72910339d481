// Any kind of shape made into any other that makes sense.
#pragma once
#include <string_view>
#include <vector>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot {

/// Names (kKindNames) of what `shape` can become: areal kinds into each other, their outline or their middle; a polyline into what
/// it encloses, its points or its middle; keypoints into what their hull encloses, a line or a point; everything into the class of
/// the whole image, and that into the image's box. Never its own kind.
[[nodiscard]] std::vector<std::string_view> conversionsOf(const Shape& shape);
/// `width` and `height` of the image: the size of a new mask. Rotated box: the smallest area round all points; ellipse: axes as of
/// the second moments, area kept; polygon of a mask: its pixels' border, holes kept. InvalidData when it makes no sense or would be
/// empty.
[[nodiscard]] Result<Shape> converted(const Shape& shape, std::string_view kind, std::uint32_t width, std::uint32_t height);

/// Pixels whose centre is inside (even-odd); what a brush and a conversion use. Numbers that aren't finite are left out. A mask of
/// more than 2^32 - 1 pixels can't be: 0 x 0.
[[nodiscard]] Mask maskOf(const Shape& areal, std::uint32_t width, std::uint32_t height);
/// The same pixels as pycocotools' merge(frPyObjects(polygons)) would give (5-fold upsampled border; rings are taken together, so
/// that a hole is filled): what export and evaluation use.
[[nodiscard]] Mask cocoMaskOf(const Polygon& polygon, std::uint32_t width, std::uint32_t height);
/// Border of the pixels as rings on the pixel grid, outlines clockwise as seen, holes the other way. Pixels that touch at a corner
/// are within one outline.
[[nodiscard]] Polygon polygonOf(const Mask& mask);

}  // namespace lathe::annot
