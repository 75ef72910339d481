// What a picture looks like, so that copies of it are found: a perceptual hash, and 64 means of brightness to be sure.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lathe::image {

/// The definition of Python's imagehash.phash (hash_size 8): luma by ITU-R 601, 32 x 32, DCT-II along both axes, the 8 x 8 lowest
/// frequencies, a bit for each that is above their median; row by row, the first is the highest bit, so that "{:016x}" is
/// imagehash's text. Of a picture of 32 x 32 the bits are the same. Of others they differ by how it gets there: imagehash decodes
/// in full and scales by Lanczos; here a JPEG is decoded at 1/2, 1/4 or 1/8 while both sides stay >= kHashSide, turned upright by
/// its EXIF orientation (imagehash leaves it lying), its stored luma taken, and scaled by area means (to 32 from less: cubic). On
/// photographs that is 0 to 4 bits, 0.5 in the mean (tests/data/dups). `picture`: CV_8UC1 or CV_8UC3 (BGR), not empty.
[[nodiscard]] std::uint64_t perceptualHash(const cv::Mat& picture);
/// Shorter side that a JPEG keeps when it is decoded to be hashed.
inline constexpr int kHashSide = 64;

[[nodiscard]] constexpr int hammingDistance(std::uint64_t a, std::uint64_t b) {
    return std::popcount(a ^ b);
}

/// Of luma; where that is blank, of the colour (B, G or R) that varies most.
struct Fingerprint {
    std::uint64_t hash = 0;               ///< as perceptualHash()
    std::array<std::uint8_t, 64> tiny{};  ///< means of 8 x 8 equal parts, row by row
    std::uint8_t range = 0;               ///< brightest minus darkest of 32 x 32 parts
    std::array<std::uint8_t, 3> mean{};   ///< B, G, R of a flat picture, else 0
    bool small = false;                   ///< a side below kHashSide: an icon or a digit, of which many are alike
    bool operator==(const Fingerprint&) const = default;

    static constexpr int kFlatRange = 6;
    /// Blank in luma and colours: nothing in it but noise, so `hash` means nothing.
    [[nodiscard]] bool isFlat() const { return range <= kFlatRange; }
};
/// `picture` as above. ~10 µs at 100 x 100 pixels.
[[nodiscard]] Fingerprint fingerprintOf(const cv::Mat& picture);
/// Of a file's content; `file` is read again only when it is a PNG or TIFF of 40 megapixels or more. Errors as decode().
[[nodiscard]] Result<Fingerprint> fingerprintOf(std::string_view bytes, const std::filesystem::path& file);
[[nodiscard]] Result<Fingerprint> fingerprintOf(const std::filesystem::path& file);

/// Correlation of the two `tiny`, -1...1: 1 for the same picture in another brightness and contrast. 0 when one of them is even.
[[nodiscard]] double likeness(const Fingerprint& a, const Fingerprint& b);

/// SHA-256 of the upright pixels with their size and depth, whatever the file's format; grey is the same as B = G = R. Errors as
/// decode().
[[nodiscard]] Result<std::string> pixelDigest(const std::filesystem::path& file);

}  // namespace lathe::image
