// What the first bytes of an image file say, one function a format. Private to core/image.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/image/decode.h"

namespace lathe::image {

/// Reads integers at absolute places; outside of the bytes it gives 0 and remembers it.
class Bytes {
public:
    Bytes(std::string_view bytes, bool bigEndian) : m_bytes(bytes), m_big(bigEndian) {}
    [[nodiscard]] std::uint32_t u8(std::uint64_t at) { return whole(at, 1); }
    [[nodiscard]] std::uint32_t u16(std::uint64_t at) { return whole(at, 2); }
    [[nodiscard]] std::uint32_t u32(std::uint64_t at) { return whole(at, 4); }
    [[nodiscard]] std::uint64_t u64(std::uint64_t at);
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] std::string_view all() const { return m_bytes; }

private:
    std::uint32_t whole(std::uint64_t at, unsigned size);
    std::string_view m_bytes;
    bool m_big, m_failed = false;
};

/// The format's name by its signature ("jpeg", "png" ... and "gif", "heif", "psd" ... which can't be decoded); empty: not an image.
[[nodiscard]] std::string_view sniff(std::string_view bytes);
/// Why a sniffed format can't be decoded; empty when it can.
[[nodiscard]] std::string_view whyUnsupported(std::string_view format);

// Each gets the whole file, or its beginning when `whole` is false: then "cut off" may only mean that more is needed.
// Width and height are as stored (before orientation).
[[nodiscard]] Result<ImageInfo> jpegHeader(std::string_view bytes);
[[nodiscard]] Result<ImageInfo> pngHeader(std::string_view bytes);
[[nodiscard]] Result<ImageInfo> webpHeader(std::string_view bytes, bool whole);
[[nodiscard]] Result<ImageInfo> bmpHeader(std::string_view bytes, bool whole);
[[nodiscard]] Result<ImageInfo> pnmHeader(std::string_view bytes, bool whole);
[[nodiscard]] Result<ImageInfo> hdrHeader(std::string_view bytes);
[[nodiscard]] Result<ImageInfo> sunHeader(std::string_view bytes);
[[nodiscard]] Result<ImageInfo> jp2Header(std::string_view bytes);

struct TiffHeader {
    ImageInfo info;
    std::uint64_t orientationAt = 0;  ///< offset of the orientation's value; 0: none
    bool bigEndian = false;
};
[[nodiscard]] Result<TiffHeader> tiffHeader(std::string_view bytes, bool whole);
/// EXIF orientation 1...8 out of a TIFF block; 1 when there is none or it makes no sense.
[[nodiscard]] int exifOrientation(std::string_view tiff);

/// Stored size and orientation, by format.
[[nodiscard]] Result<ImageInfo> header(std::string_view bytes, bool whole);
/// The error for a header or body that ends too early.
[[nodiscard]] Error cutOff(std::string_view what);

}  // namespace lathe::image
