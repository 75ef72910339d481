// Pixels as stored (before orientation), one function a library. Private to core/image.
#pragma once
#include <opencv2/core/mat.hpp>
#include <optional>
#include <string_view>

#include "core/image/decode.h"
#include "core/image/rows.h"

namespace lathe::image {

struct StoredPixels {
    cv::Mat pixels;
    bool rgb = false;  ///< three channels are R, G, B
};
/// A picture's place in the memory, which grows as needed; without one, in memory of its own.
[[nodiscard]] cv::Mat placeIn(std::vector<std::uint8_t>* memory, int height, int width, int type);
/// CV_8UC1 or CV_8UC3 (BGR, of Colour::Rgb8 RGB); CMYK and YCCK become BGR in any case. Smaller as the options' minSide and cover
/// let it. Luma8: CV_8UC1 where the file stores luma and colours apart (YCbCr).
[[nodiscard]] Result<StoredPixels> decodeJpeg(std::string_view bytes, const ImageInfo& info, const DecodeOptions& options,
                                              std::vector<std::uint8_t>* memory = nullptr);
/// An eighth of each side (rounded up), CV_8UC1 or CV_8UC3 (BGR), from the DC coefficients alone: for thumbnails. Luma as libjpeg's
/// reduction gives it, colours of 4:2:0 a little softer. nullopt: not a baseline JPEG in grey or YCbCr of one scan, or damaged; ask
/// decodeJpeg(), which says why.
[[nodiscard]] std::optional<cv::Mat> decodeJpegEighth(std::string_view bytes);
/// 1, 2 (grey, alpha), 3 or 4 channels of 8 or 16 bit; a palette is resolved. BGR, save three channels of 8 bit of Colour::Rgb8.
[[nodiscard]] Result<StoredPixels> decodePng(std::string_view bytes, const DecodeOptions& options,
                                             std::vector<std::uint8_t>* memory = nullptr);
[[nodiscard]] Result<std::unique_ptr<RowReader>> jpegRows(const std::filesystem::path& file);
[[nodiscard]] Result<std::unique_ptr<RowReader>> pngRows(const std::filesystem::path& file);
[[nodiscard]] Result<std::unique_ptr<RowReader>> tiffRows(const std::filesystem::path& file);
/// What OpenCV makes of it; `info` is what the header promised.
[[nodiscard]] Result<cv::Mat> decodeByOpenCv(std::string_view bytes, const ImageInfo& info);

/// OpenCV and libtiff print their complaints on stderr; after this (once a process) they only become errors that name the file.
void keepOpenCvQuiet();

/// Stored pixels by the options' colour and upright, as all ways of decoding end.
[[nodiscard]] Result<cv::Mat> decodeAll(std::string_view bytes, const ImageInfo& info, const DecodeOptions& options,
                                        std::vector<std::uint8_t>* memory = nullptr);
/// The header, refused where the picture is too large.
[[nodiscard]] Result<ImageInfo> checkedHeader(std::string_view bytes, bool whole, std::uint64_t maxPixels);

[[nodiscard]] cv::Mat toBgr8(const cv::Mat& picture);
[[nodiscard]] cv::Mat toGrey8(const cv::Mat& picture);
[[nodiscard]] cv::Mat toDeep(const cv::Mat& picture);

}  // namespace lathe::image
