#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstring>

#include "core/image/headers.h"

namespace lathe::image {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t at;
    std::string_view bytes, format;
};

constexpr std::array kSignatures{
    Signature{0, "\xff\xd8\xff"sv, "jpeg"},
    Signature{0, "\x89PNG\r\n\x1a\n"sv, "png"},
    Signature{0, "II\x2a\0"sv, "tiff"},
    Signature{0, "MM\0\x2a"sv, "tiff"},
    Signature{0, "II\x2b\0"sv, "tiff"},
    Signature{0, "MM\0\x2b"sv, "tiff"},
    Signature{0, "BM"sv, "bmp"},
    Signature{0, "GIF87a"sv, "gif"},
    Signature{0, "GIF89a"sv, "gif"},
    Signature{8, "WEBP"sv, "webp"},
    Signature{0, "\0\0\0\x0cjP  \r\n\x87\n"sv, "jp2"},
    Signature{0, "\xff\x4f\xff\x51"sv, "jp2"},
    Signature{0, "#?RADIANCE"sv, "hdr"},
    Signature{0, "#?RGBE"sv, "hdr"},
    Signature{0, "\x59\xa6\x6a\x95"sv, "sun"},
    Signature{0, "\x76\x2f\x31\x01"sv, "exr"},
    Signature{0, "8BPS"sv, "psd"},
    Signature{0, "\0\0\1\0"sv, "ico"},
    Signature{0, "\0\0\2\0"sv, "cur"},
    Signature{0, "\xff\x0a"sv, "jxl"},
    Signature{0, "\0\0\0\x0cJXL \r\n\x87\n"sv, "jxl"},
    Signature{4, "ftypavif"sv, "avif"},
    Signature{4, "ftyphei"sv, "heif"},
    Signature{4, "ftypmif1"sv, "heif"},
    Signature{4, "ftypmsf1"sv, "heif"},
    Signature{4, "ftypcrx"sv, "camera raw"},
    Signature{0, "FUJIFILMCCD-RAW"sv, "camera raw"},
    Signature{0, "IIRO"sv, "camera raw"},
    Signature{0, "IIU\0"sv, "camera raw"},
    Signature{0, "\xd7\xcd\xc6\x9a"sv, "wmf"},
    Signature{0, "%PDF-"sv, "pdf"},
    Signature{0, "%!PS"sv, "eps"},
    Signature{0, "qoif"sv, "qoi"},
    Signature{0, "DDS "sv, "dds"},
    Signature{0, "<svg"sv, "svg"},
    Signature{0, "\x0a\x05\x01"sv, "pcx"},
    Signature{128, "DICM"sv, "dicom"},
};

bool isPnm(std::string_view bytes) {
    return bytes.size() > 2 && bytes[0] == 'P' && std::strchr("1234567fF", bytes[1]) && bytes[1] &&
           std::strchr(" \t\r\n#", bytes[2]) && bytes[2];
}

constexpr std::array kDecodable{"jpeg"sv, "png"sv, "tiff"sv, "bmp"sv, "webp"sv, "jp2"sv, "pnm"sv, "hdr"sv, "sun"sv};

}  // namespace

std::uint32_t Bytes::whole(std::uint64_t at, unsigned size) {
    if (at > m_bytes.size() || m_bytes.size() - at < size) return m_failed = true, 0;
    std::uint32_t value = 0;
    for (unsigned k = 0; k < size; ++k) {
        const auto byte = std::uint32_t(std::uint8_t(m_bytes[at + k]));
        value |= byte << 8 * (m_big ? size - 1 - k : k);
    }
    return value;
}

std::uint64_t Bytes::u64(std::uint64_t at) {
    const std::uint64_t first = u32(at), second = u32(at + 4);
    return m_big ? first << 32 | second : second << 32 | first;
}

std::string_view sniff(std::string_view bytes) {
    for (const auto& s : kSignatures)
        if (bytes.size() >= s.at && bytes.substr(s.at).starts_with(s.bytes)) return s.format;
    return isPnm(bytes) ? "pnm" : "";
}

std::string_view whyUnsupported(std::string_view format) {
    return std::ranges::find(kDecodable, format) != kDecodable.end()
               ? ""
               : "this kind of file isn't read; convert it to PNG, JPEG, TIFF or WebP and add it again";
}

Error cutOff(std::string_view what) {
    return {ErrorCode::InvalidData, fmt::format("the file is cut off: {}; get a whole copy of it", what), {}};
}

Result<ImageInfo> header(std::string_view bytes, bool whole) {
    const std::string_view format = sniff(bytes);
    if (format.empty()) return fail(ErrorCode::InvalidData, "not an image: its first bytes belong to no known image format");
    if (const auto why = whyUnsupported(format); !why.empty())
        return fail(ErrorCode::Unsupported, fmt::format("a {} file: {}", format, why));
    if (format == "jpeg") return jpegHeader(bytes);
    if (format == "png") return pngHeader(bytes);
    if (format == "webp") return webpHeader(bytes, whole);
    if (format == "bmp") return bmpHeader(bytes, whole);
    if (format == "pnm") return pnmHeader(bytes, whole);
    if (format == "hdr") return hdrHeader(bytes);
    if (format == "sun") return sunHeader(bytes);
    if (format == "jp2") return jp2Header(bytes);
    return tiffHeader(bytes, whole).map([](const TiffHeader& tiff) { return tiff.info; });
}

}  // namespace lathe::image
