// Shapes between two key images.
#pragma once
#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

/// The shape between two key shapes of one kind, t from 0 (`from`) to 1 (`to`). Rings with as many points on both sides move point
/// by point (best rotation of the ring), others keep the points of both by their place along the outline. Masks of one size move
/// with their middles while the distance to their borders is blended. Two kinds, or rings that don't pair: InvalidData.
[[nodiscard]] Result<Shape> interpolated(const Shape& from, const Shape& to, double t);

}  // namespace lathe::annot::assist
