// Image files to pixels: one decoder for everything (JPEG by libjpeg-turbo, PNG by libspng, the rest by OpenCV), EXIF orientation
// applied, never more memory than the stated limit.
#pragma once
#include <cstdint>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lathe::image {

/// What a file is, from its header alone (no pixels decoded).
struct ImageInfo {
    int width = 0, height = 0;  ///< upright: EXIF orientation applied
    int channels = 0;           ///< of the file: 1, 2, 3, 4
    int depth = 8;              ///< bits a channel: 1, 2, 4, 8, 16, 32 (float)
    int orientation = 1;        ///< EXIF 1…8
    std::string format;         ///< "jpeg", "png", "tiff", "bmp", "webp", "gif", "jp2", "pnm", "exr", "hdr" …
    std::string colour;         ///< "grey", "rgb", "rgba", "palette", "cmyk", "ycck"
    std::uint64_t bytes = 0;    ///< file size
    int frames = 1;             ///< pages or animation frames; the first is used
};

enum class Colour {
    Bgr8,    ///< CV_8UC3, as the window and most nets want it. 16 bit is scaled by 1/257, float by percentile; alpha over white
    Grey8,   ///< CV_8UC1
    Luma8,   ///< as Grey8; of a JPEG the luma that it stores, which spares its colours (a level or two beside Grey8)
    Native,  ///< the file's own channels (B,G,R,A order) and depth
    Rgb8,    ///< as Bgr8, the other way round
};

/// What a smaller decoding must still cover, in px of the upright picture. A JPEG then comes at N/8 of its size with the smallest N
/// that libjpeg-turbo makes from its coefficients no slower than the whole: its own low pass, no pixel is thrown away.
struct Cover {
    int width = 0, height = 0;  ///< 0: the whole picture
    bool oneSide = false;       ///< one of the two is enough: the picture goes into the rectangle with its shape kept
};

struct DecodeOptions {
    Colour colour = Colour::Bgr8;
    int minSide = 0;                       ///< >0: may be decoded smaller as long as both sides stay >= this (JPEG 1/2, 1/4, 1/8)
    Cover cover{};                         ///< the same by width and height; the smaller of the two decodings is taken
    std::uint64_t maxPixels = 1ull << 29;  ///< refuse larger ones (ErrorCode::Unsupported) before allocating
};

/// Header only. Errors name the reason: empty file, not an image, truncated, too large, unsupported.
[[nodiscard]] Result<ImageInfo> probe(const std::filesystem::path& file);
[[nodiscard]] Result<ImageInfo> probeBytes(std::string_view bytes, const std::string& name);
/// Upright pixels. A file cut off in the middle is an error (ErrorCode::InvalidData), not a grey half.
[[nodiscard]] Result<cv::Mat> decode(const std::filesystem::path& file, const DecodeOptions& options = {});
[[nodiscard]] Result<cv::Mat> decodeBytes(std::string_view bytes, const std::string& name, const DecodeOptions& options = {});
/// Decodes one picture after another into memory that it keeps: the file's bytes and, of a JPEG or PNG, its pixels. One thread at a
/// time.
class Decoder {
public:
    struct Picture {
        cv::Mat pixels;             ///< upright; valid until the next call
        int width = 0, height = 0;  ///< px of the whole picture, upright
    };
    /// As image::decode().
    [[nodiscard]] Result<Picture> decode(const std::filesystem::path& file, const DecodeOptions& options);

private:
    [[nodiscard]] Result<> read(const std::filesystem::path& file);
    std::vector<char> m_bytes;
    std::size_t m_size = 0;  ///< of m_bytes that are the file's
    std::vector<std::uint8_t> m_pixels;
};
/// Scales down (area) so that the longer side is `side`; never up.
[[nodiscard]] cv::Mat fitted(const cv::Mat& picture, int side);
/// Writes PNG or JPEG (by suffix), atomically.
[[nodiscard]] Result<> writeImage(const std::filesystem::path& file, const cv::Mat& picture);
/// mean and standard deviation of luma (0…255), for statistics.
struct Brightness {
    double mean = 0, std = 0;
};
[[nodiscard]] Brightness brightness(const cv::Mat& bgr);

}  // namespace lathe::image
