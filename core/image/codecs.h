// Pixels as stored (before orientation), one function a library. Private to core/image.
#pragma once
#include <opencv2/core/mat.hpp>
#include <string_view>

#include "core/image/decode.h"
#include "core/image/rows.h"

namespace lathe::image {

/// CV_8UC1 or CV_8UC3 (BGR); CMYK and YCCK become BGR. Smaller by 2, 4 or 8 while both sides stay >= minSide. `lumaOnly`: CV_8UC1
/// where the file stores luma and colours apart (YCbCr).
[[nodiscard]] Result<cv::Mat> decodeJpeg(std::string_view bytes, int minSide, bool lumaOnly = false);
/// 1, 2 (grey, alpha), 3 or 4 channels of 8 or 16 bit; a palette is resolved.
[[nodiscard]] Result<cv::Mat> decodePng(std::string_view bytes);
[[nodiscard]] Result<std::unique_ptr<RowReader>> jpegRows(const std::filesystem::path& file);
[[nodiscard]] Result<std::unique_ptr<RowReader>> pngRows(const std::filesystem::path& file);
[[nodiscard]] Result<std::unique_ptr<RowReader>> tiffRows(const std::filesystem::path& file);
/// What OpenCV makes of it; `info` is what the header promised.
[[nodiscard]] Result<cv::Mat> decodeByOpenCv(std::string_view bytes, const ImageInfo& info);

/// OpenCV and libtiff print their complaints on stderr; after this (once a process) they only become errors that name the file.
void keepOpenCvQuiet();

[[nodiscard]] cv::Mat toBgr8(const cv::Mat& picture);
[[nodiscard]] cv::Mat toGrey8(const cv::Mat& picture);
[[nodiscard]] cv::Mat toDeep(const cv::Mat& picture);

}  // namespace lathe::image
