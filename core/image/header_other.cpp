// WebP (RIFF container), BMP, PBM/PGM/PPM/PAM/PFM, Radiance HDR, Sun raster, JPEG 2000.
#include <fmt/format.h>
#include <charconv>
#include <cstring>

#include "core/image/headers.h"

namespace lathe::image {
namespace {

Result<ImageInfo> checked(ImageInfo info) {
    if (info.width > 0 && info.height > 0) return info;
    return fail(ErrorCode::InvalidData,
                fmt::format("the {} header gives an impossible size, {} x {}", info.format, info.width, info.height));
}

void webpChunk(Bytes& in, std::string_view type, std::uint64_t at, std::uint64_t length, ImageInfo& info, int& animation) {
    if (type == "VP8X") {
        const std::uint32_t alpha = in.u8(at) & 0x10;
        info.width = int((in.u16(at + 4) | in.u8(at + 6) << 16) + 1);
        info.height = int((in.u16(at + 7) | in.u8(at + 9) << 16) + 1);
        info.channels = alpha ? 4 : 3;
    } else if (type == "VP8 " && info.width == 0) {
        info.width = int(in.u16(at + 6) & 0x3fff);
        info.height = int(in.u16(at + 8) & 0x3fff);
    } else if (type == "VP8L" && info.width == 0) {
        const std::uint32_t bits = in.u32(at + 1);
        info.width = int((bits & 0x3fff) + 1);
        info.height = int((bits >> 14 & 0x3fff) + 1);
        info.channels = bits >> 28 & 1 ? 4 : 3;
    } else if (type == "EXIF") {
        std::string_view block = in.all().substr(std::min<std::uint64_t>(at, in.all().size()), length);
        if (block.starts_with("Exif")) block.remove_prefix(std::min<std::size_t>(6, block.size()));
        info.orientation = exifOrientation(block);
    } else if (type == "ANMF") {
        ++animation;
    }
}

}  // namespace

Result<ImageInfo> webpHeader(std::string_view bytes, bool whole) {
    Bytes in(bytes, false);
    ImageInfo info;
    info.format = "webp", info.channels = 3;
    const std::uint64_t riff = std::uint64_t(in.u32(4)) + 8;
    if (whole && riff > bytes.size()) return fail(cutOff(fmt::format("{} of {} bytes are there", bytes.size(), riff)));
    int animation = 0;
    for (std::uint64_t at = 12; at + 8 <= bytes.size();) {
        const std::uint64_t length = in.u32(at + 4);
        webpChunk(in, bytes.substr(at, 4), at + 8, length, info, animation);
        at += 8 + length + (length & 1);
    }
    if (in.failed() || bytes.size() < 30 || (!whole && riff > bytes.size())) return fail(cutOff("it ends within the WebP header"));
    if (animation) return fail(ErrorCode::Unsupported, "an animated WebP isn't read; save its first frame as PNG and add that");
    info.colour = info.channels == 4 ? "rgba" : "rgb";
    return checked(info);
}

Result<ImageInfo> bmpHeader(std::string_view bytes, bool whole) {
    Bytes in(bytes, false);
    ImageInfo info;
    info.format = "bmp", info.depth = 8;
    const std::uint32_t start = in.u32(10), size = in.u32(14);
    const bool old = size == 12;
    const std::int64_t width = old ? in.u16(18) : std::int32_t(in.u32(18)), height = old ? in.u16(20) : std::int32_t(in.u32(22));
    const std::uint32_t bits = old ? in.u16(24) : in.u16(28), compression = old ? 0 : in.u32(30);
    if (in.failed()) return fail(cutOff("it ends within the BMP header"));
    info.width = int(width > 0 ? width : 0), info.height = int(std::min<std::int64_t>(std::abs(height), INT32_MAX));
    info.channels = bits == 32 ? 4 : 3;
    info.colour = bits <= 8 ? "palette" : bits == 32 ? "rgba" : "rgb";
    const std::uint64_t row = (std::uint64_t(info.width) * bits + 31) / 32 * 4;
    if (whole && (compression == 0 || compression == 3) && start + row * std::uint64_t(info.height) > bytes.size())
        return fail(cutOff("it has fewer rows than its header says"));
    return checked(info);
}

namespace {

// Header words of a PNM: separated by white space, '#' begins a comment that lasts to the end of the line.
class PnmWords {
public:
    explicit PnmWords(std::string_view bytes) : m_bytes(bytes) {}
    std::string_view next() {
        while (m_at < m_bytes.size() && (isSpace(m_bytes[m_at]) || m_bytes[m_at] == '#'))
            m_at = m_bytes[m_at] == '#' ? std::min(m_bytes.find('\n', m_at), m_bytes.size()) : m_at + 1;
        const std::size_t from = m_at;
        while (m_at < m_bytes.size() && !isSpace(m_bytes[m_at])) ++m_at;
        return m_bytes.substr(from, m_at - from);
    }
    int number() {
        const std::string_view word = next();
        int value = 0;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
        return read.ec == std::errc() && read.ptr == word.data() + word.size() ? value : -1;
    }
    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    static bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
    std::string_view m_bytes;
    std::size_t m_at = 2;
};

void pamWords(PnmWords& words, ImageInfo& info, int& largest) {
    for (std::string_view word = words.next(); !word.empty() && word != "ENDHDR"; word = words.next()) {
        if (word == "WIDTH") info.width = words.number();
        if (word == "HEIGHT") info.height = words.number();
        if (word == "DEPTH") info.channels = words.number();
        if (word == "MAXVAL") largest = words.number();
    }
}

}  // namespace

Result<ImageInfo> pnmHeader(std::string_view bytes, bool whole) {
    ImageInfo info;
    info.format = "pnm", info.channels = 1;
    const char kind = bytes[1];
    int largest = 1;
    PnmWords words(bytes);
    if (kind == '7') {
        pamWords(words, info, largest);
    } else {
        info.width = words.number(), info.height = words.number();
        if (std::strchr("2356", kind)) largest = words.number();
        if (std::strchr("36F", kind)) info.channels = 3;
    }
    if (words.at() >= bytes.size()) return fail(cutOff("it ends within the PNM header"));
    const bool real = kind == 'f' || kind == 'F', bitmap = kind == '1' || kind == '4';
    if (!real && (largest < 1 || largest > 65535))
        return fail(ErrorCode::InvalidData, "the PNM header's largest value isn't 1 to 65535");
    info.depth = real ? 32 : bitmap ? 1 : largest > 255 ? 16 : 8;
    info.colour = info.channels >= 3 ? "rgb" : "grey";
    if (info.width <= 0 || info.height <= 0 || info.channels < 1 || info.channels > 4) {
        info.width = 0;
        return checked(info);
    }
    const std::uint64_t row = (std::uint64_t(info.width) * unsigned(info.channels) * unsigned(info.depth) + 7) / 8;
    if (whole && std::strchr("4567fF", kind) && words.at() + 1 + row * std::uint64_t(info.height) > bytes.size())
        return fail(cutOff("it has fewer rows than its header says"));
    return info;
}

Result<ImageInfo> hdrHeader(std::string_view bytes) {
    const std::size_t end = bytes.substr(0, 1 << 16).find("\n\n");
    if (end == std::string_view::npos) return fail(cutOff("it ends within the HDR header"));
    ImageInfo info;
    info.format = "hdr", info.channels = 3, info.depth = 32, info.colour = "rgb";
    const std::string line(bytes.substr(end + 2, bytes.substr(end + 2, 64).find('\n')));
    if (std::sscanf(line.c_str(), "-Y %d +X %d", &info.height, &info.width) != 2)
        return fail(ErrorCode::Unsupported, "the HDR's rows are in an order that isn't read; save it with -Y +X");
    return checked(info);
}

Result<ImageInfo> sunHeader(std::string_view bytes) {
    Bytes in(bytes, true);
    ImageInfo info;
    info.format = "sun";
    info.width = int(std::min<std::uint32_t>(in.u32(4), INT32_MAX)),
    info.height = int(std::min<std::uint32_t>(in.u32(8), INT32_MAX));
    const std::uint32_t bits = in.u32(12);
    info.channels = bits <= 8 ? 1 : 3, info.colour = bits <= 8 ? "grey" : "rgb";
    if (in.failed() || bytes.size() < 32) return fail(cutOff("it ends within the Sun raster header"));
    return checked(info);
}

Result<ImageInfo> jp2Header(std::string_view bytes) {
    // The codestream's SIZ segment: FF4F FF51, length, capabilities, size and offset of the grid, components (ITU T.800, A.5.1).
    const std::size_t at = bytes.find(std::string_view("\xff\x4f\xff\x51", 4));
    Bytes in(bytes, true);
    if (at == std::string_view::npos) return fail(cutOff("it ends before the JPEG 2000 codestream"));
    ImageInfo info;
    info.format = "jp2";
    const std::uint64_t width = in.u32(at + 8) - std::uint64_t(in.u32(at + 16)),
                        height = in.u32(at + 12) - std::uint64_t(in.u32(at + 20));
    info.channels = int(in.u16(at + 40)), info.depth = int((in.u8(at + 42) & 0x7f) + 1);
    if (in.failed()) return fail(cutOff("it ends within the JPEG 2000 header"));
    info.width = width <= INT32_MAX ? int(width) : 0, info.height = height <= INT32_MAX ? int(height) : 0;
    info.colour = info.channels >= 4 ? "rgba" : info.channels == 3 ? "rgb" : "grey";
    return checked(info);
}

}  // namespace lathe::image
