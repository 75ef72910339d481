// Reads what the engine wrote: a map as NumPy's .npy, float32, two dimensions.
#pragma once
#include <filesystem>
#include <opencv2/core/mat.hpp>

#include "core/base/result.h"

namespace lathe::widgets::explain {

/// H x W CV_32FC1. Only little-endian float32 in C order; anything else is InvalidData. Any thread.
/// Format: numpy.lib.format version 1.0 and 2.0.
[[nodiscard]] Result<cv::Mat> readMap(const std::filesystem::path& file);

}  // namespace lathe::widgets::explain
