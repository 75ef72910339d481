// A shape as rings: what is stroked, filled and hit.
#pragma once
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/canvas/geometry.h"

namespace lathe::widgets::canvas {

/// Closed rings in image pixels. A mask becomes the border of its pixels, holes are rings of their own (even-odd). A keypoint is
/// a ring of one point. NaN and infinite points are left out; an ImageLabel has no rings.
[[nodiscard]] std::vector<std::vector<Vec>> outlineOf(const annot::Shape& shape);

}  // namespace lathe::widgets::canvas
