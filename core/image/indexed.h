// Pictures whose values are numbers, not light: masks of class indices or instance ids. Values come as they are stored: no palette
// is resolved, nothing is scaled (a 1-bit grey PNG gives 0 and 1).
#pragma once
#include <cstdint>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lathe::image {

struct IndexImage {
    /// CV_8UC1 or CV_16UC1: grey levels, or indices of `palette`; CV_8UC3 (B, G, R): true colour, alpha dropped.
    cv::Mat values;
    std::vector<std::uint32_t> palette = {};  ///< 0xRRGGBB by index; empty when the file has none

    [[nodiscard]] bool isColour() const { return values.channels() == 3; }
};

/// PNG by libspng, other lossless kinds by decode(). JPEG and lossy WebP are refused (Unsupported): their values are made up at
/// edges. More than 2^29 pixels are refused before anything is allocated.
[[nodiscard]] Result<IndexImage> decodeIndexed(const std::filesystem::path& file);
[[nodiscard]] Result<IndexImage> decodeIndexedBytes(std::string_view bytes, const std::string& name);

/// An 8-bit palette PNG of CV_8UC1 indices; `palette` is 0xRRGGBB by index, 1 to 256 of them. Equal pictures give equal bytes.
[[nodiscard]] Result<std::string> encodeIndexedPng(const cv::Mat& indices, std::span<const std::uint32_t> palette);
[[nodiscard]] Result<> writeIndexedPng(const std::filesystem::path& file, const cv::Mat& indices,
                                       std::span<const std::uint32_t> palette);
/// A PNG of 8 or 16 bit, 1, 3 (B, G, R) or 4 channels.
[[nodiscard]] Result<std::string> encodePng(const cv::Mat& picture);

}  // namespace lathe::image
