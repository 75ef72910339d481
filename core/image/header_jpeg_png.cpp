#include <fmt/format.h>

#include "core/image/headers.h"

namespace lathe::image {
namespace {

bool isFrame(std::uint32_t marker) {  // SOF0...SOF15 without DHT, JPG and DAC (ITU T.81, table B.1)
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

bool standsAlone(std::uint32_t marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

struct JpegWalk {
    ImageInfo info;
    int adobeTransform = -1;
    bool haveExif = false;

    void application(std::uint32_t marker, std::string_view payload) {
        using namespace std::string_view_literals;
        if (marker == 0xe1 && !haveExif && payload.starts_with("Exif\0\0"sv)) {
            haveExif = true;
            info.orientation = exifOrientation(payload.substr(6));
        }
        if (marker == 0xee && payload.size() >= 12 && payload.starts_with("Adobe")) adobeTransform = std::uint8_t(payload[11]);
    }

    Result<ImageInfo> frame(Bytes& in, std::uint64_t at) {
        info.depth = int(in.u8(at + 3));
        info.height = int(in.u16(at + 4));
        info.width = int(in.u16(at + 6));
        info.channels = int(in.u8(at + 8));
        if (in.failed()) return fail(cutOff("it ends within the JPEG header"));
        info.colour = info.channels == 1 ? "grey" : info.channels == 4 ? (adobeTransform == 2 ? "ycck" : "cmyk") : "rgb";
        if (info.width == 0 || info.height == 0) return fail(ErrorCode::InvalidData, "the JPEG header gives a size of zero");
        return info;
    }
};

}  // namespace

Result<ImageInfo> jpegHeader(std::string_view bytes) {
    Bytes in(bytes, true);
    JpegWalk walk;
    walk.info.format = "jpeg";
    for (std::uint64_t at = 2; !in.failed();) {
        while (at < bytes.size() && in.u8(at) != 0xff) ++at;  // garbage between segments is common
        while (at < bytes.size() && in.u8(at) == 0xff) ++at;
        const std::uint32_t marker = in.u8(at);
        if (in.failed()) break;
        if (marker == 0 || standsAlone(marker)) {
            ++at;
            continue;
        }
        const std::uint32_t length = in.u16(at + 1);
        if (isFrame(marker)) return walk.frame(in, at);
        if (marker == 0xd9 || marker == 0xda) return fail(ErrorCode::InvalidData, "the JPEG has no frame header before its data");
        if (at + 3 <= bytes.size() && length >= 2) walk.application(marker, bytes.substr(at + 3, length - 2));
        at += 1 + std::max(2u, length);
    }
    return fail(cutOff("it ends before the JPEG's frame header"));
}

namespace {

int pngChannels(std::uint32_t colourType) {
    switch (colourType) {
        case 0: return 1;
        case 2: return 3;
        case 3: return 3;
        case 4: return 2;
        case 6: return 4;
        default: return 0;
    }
}

const char* pngColour(std::uint32_t colourType) {
    switch (colourType) {
        case 3: return "palette";
        case 2: return "rgb";
        case 6: return "rgba";
        default: return "grey";
    }
}

// Chunks before the pixels that matter: transparency, orientation, frames of an animation.
void pngChunks(Bytes& in, ImageInfo& info, std::uint32_t colourType) {
    const std::string_view bytes = in.all();
    for (std::uint64_t at = 33; at + 12 <= bytes.size();) {
        const std::uint64_t length = in.u32(at);
        const std::string_view type = bytes.substr(at + 4, 4);
        if (type == "IDAT" || type == "IEND") return;
        if (type == "tRNS" && (colourType == 0 || colourType == 2 || colourType == 3)) ++info.channels;
        if (type == "eXIf") info.orientation = exifOrientation(bytes.substr(at + 8, length));
        if (type == "acTL" && at + 12 <= bytes.size()) info.frames = int(std::min(in.u32(at + 8), 1u << 20));
        at += 12 + length;
    }
}

}  // namespace

Result<ImageInfo> pngHeader(std::string_view bytes) {
    Bytes in(bytes, true);
    ImageInfo info;
    info.format = "png";
    const std::uint32_t width = in.u32(16), height = in.u32(20), depth = in.u8(24), colourType = in.u8(25);
    if (in.failed() || bytes.size() < 33) return fail(cutOff("it ends within the PNG header"));
    if (bytes.substr(12, 4) != "IHDR") return fail(ErrorCode::InvalidData, "the PNG doesn't begin with its header chunk (IHDR)");
    if (width == 0 || height == 0 || width > INT32_MAX || height > INT32_MAX)
        return fail(ErrorCode::InvalidData, fmt::format("the PNG header gives an impossible size, {} x {}", width, height));
    info.width = int(width), info.height = int(height), info.depth = int(depth);
    info.channels = pngChannels(colourType);
    info.colour = pngColour(colourType);
    if (info.channels == 0)
        return fail(ErrorCode::InvalidData, fmt::format("the PNG header has an unknown colour type, {}", colourType));
    pngChunks(in, info, colourType);
    return info;
}

}  // namespace lathe::image
