// A shape as rings: what is stroked, filled and hit.
#pragma once
#include <span>
#include <utility>
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/canvas/geometry.h"

namespace lathe::widgets::canvas {

/// Closed rings in image pixels. A mask becomes the border of its pixels, holes are rings of their own (even-odd). A keypoint is
/// a ring of one point; an open line goes there and back, a ring without area. NaN and infinite points are left out; an ImageLabel
/// has no rings.
/// `edges`: of a keypoint skeleton, drawn between joints that are labelled.
[[nodiscard]] std::vector<std::vector<Vec>> outlineOf(const annot::Shape& shape, std::span<const std::pair<int, int>> edges = {});

}  // namespace lathe::widgets::canvas
