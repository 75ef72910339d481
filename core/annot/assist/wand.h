// The magic wand.
#pragma once
#include <opencv2/core/mat.hpp>
#include <stop_token>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

/// Pixels connected to `seed` whose colour differs by at most `tolerance` (0 to 255, per channel, against the seed; smoothed by a
/// 3 x 3 median). Looks only as far as the colour reaches.
[[nodiscard]] Result<Mask> wand(const cv::Mat& picture, Point seed, double tolerance, std::stop_token stop = {});

}  // namespace lathe::annot::assist
