// Objects that touch, parted.
#pragma once
#include <stop_token>
#include <vector>

#include "core/annot/assist/effort.h"
#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

/// Pixels of the bounding box above which Quick and Full are different answers.
inline constexpr double kPartedAtOnce = 400'000;

/// Touching objects of a mask parted by watershed on the distance to its border; `waist` px: by how much a neck must be narrower
/// (as a radius) than the smaller of the two that it joins. Largest first; together they are the mask, pixel for pixel. Quick: the
/// borders between the parts run along blocks of a few pixels where the mask is large.
[[nodiscard]] Result<std::vector<Mask>> separated(const Mask& mask, double waist, Effort effort, std::stop_token stop = {});

}  // namespace lathe::annot::assist
