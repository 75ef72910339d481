// Kinds of shapes that foreign formats have no word for: what is written instead, and the true shape beside it. Private to
// core/formats.
#pragma once
#include <optional>

#include "core/annot/annotation.h"

namespace lathe::formats {

/// The outline of a turned box or an ellipse as a polygon; nothing for other kinds.
[[nodiscard]] std::optional<annot::Polygon> outlineOf(const annot::Shape& shape);
/// {"rotated_box": [x, y, w, h, angle]}, {"ellipse": [x, y, rx, ry, angle]}, {"polyline": [[x, y], ...]}, {"point": [x, y]}; null
/// for kinds that COCO has.
[[nodiscard]] Json ownShape(const annot::Shape& shape);
/// {"polygon": [[x, y, ...], ...]}: of one with holes, which COCO has no polygons for and is written as a mask.
[[nodiscard]] Json ownPolygon(const annot::Polygon& polygon);
/// The polygon that ownPolygon() wrote. Nothing when it can't be read, or when the mask beside it isn't its own any more.
[[nodiscard]] std::optional<annot::Shape> polygonOf(const Json& own, const annot::Mask& beside);
/// The shape that ownShape() wrote. Nothing when it can't be read, or when what lies beside it isn't its outline any more: another
/// program has changed the annotation.
[[nodiscard]] std::optional<annot::Shape> shapeOf(const Json& own, const annot::Polygon& beside);

}  // namespace lathe::formats
