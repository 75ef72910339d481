// Scaling down by area for factors up to two, which is what is left after a JPEG was decoded at a reduced size.
#pragma once
#include <opencv2/core/mat.hpp>

namespace lathe::engine::load {

/// `from` (8 bit, 1 or 3 channels) to all of `to`, whose size is given: each pixel is the mean of what it covers, as cv::INTER_AREA
/// has it, in weights of 1/256 (at most 2 levels beside it), several times as quick. False, and nothing done, where a side grows or
/// shrinks more than twofold. Any thread.
[[nodiscard]] bool shrinkByArea(const cv::Mat& from, cv::Mat& to);

}  // namespace lathe::engine::load
