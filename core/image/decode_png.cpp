// libspng, a whole file at once.
#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include "core/image/codecs.h"
#include "core/image/headers.h"
#include "core/image/png_context.h"

namespace lathe::image {
namespace {

constexpr std::size_t kLargestChunk = 64u << 20, kChunkCache = 128u << 20;

using Target = PngTarget;

Target formOf(const spng_ihdr& header, bool transparent) {
    const bool wide = header.bit_depth == 16;
    switch (header.color_type) {
        case SPNG_COLOR_TYPE_GRAYSCALE:
            if (transparent) return wide ? Target{SPNG_FMT_GA16, CV_16UC2} : Target{SPNG_FMT_GA8, CV_8UC2};
            return wide ? Target{SPNG_FMT_PNG, CV_16UC1} : Target{SPNG_FMT_G8, CV_8UC1};
        case SPNG_COLOR_TYPE_GRAYSCALE_ALPHA: return {SPNG_FMT_PNG, wide ? CV_16UC2 : CV_8UC2};
        case SPNG_COLOR_TYPE_INDEXED: return transparent ? Target{SPNG_FMT_RGBA8, CV_8UC4} : Target{SPNG_FMT_RGB8, CV_8UC3};
        case SPNG_COLOR_TYPE_TRUECOLOR:
            if (transparent) return wide ? Target{SPNG_FMT_RGBA16, CV_16UC4} : Target{SPNG_FMT_RGBA8, CV_8UC4};
            return wide ? Target{SPNG_FMT_PNG, CV_16UC3} : Target{SPNG_FMT_RGB8, CV_8UC3};
        default: return wide ? Target{SPNG_FMT_RGBA16, CV_16UC4} : Target{SPNG_FMT_RGBA8, CV_8UC4};
    }
}

}  // namespace

PngContext::PngContext() : std::unique_ptr<spng_ctx, FreePng>(spng_ctx_new(0)) {
    spng_set_chunk_limits(get(), kLargestChunk, kChunkCache);
    spng_set_crc_action(get(), SPNG_CRC_ERROR, SPNG_CRC_DISCARD);
}

PngTarget pngTarget(spng_ctx* context, const spng_ihdr& header) {
    spng_trns transparency{};
    const bool transparent = spng_get_trns(context, &transparency) == 0;
    PngTarget target = formOf(header, transparent);
    target.transparent = transparent;
    return target;
}

tl::unexpected<Error> pngError(int code) {
    if (code == SPNG_IO_EOF || code == SPNG_EOI) return fail(cutOff("its PNG data ends too early"));
    return fail(ErrorCode::InvalidData, fmt::format("the PNG is damaged: {}", spng_strerror(code)));
}

void swapRedAndBlue(cv::Mat& pixels) {
    if (pixels.channels() == 3) cv::cvtColor(pixels, pixels, cv::COLOR_RGB2BGR);
    if (pixels.channels() == 4) cv::cvtColor(pixels, pixels, cv::COLOR_RGBA2BGRA);
}

Result<StoredPixels> decodePng(std::string_view bytes, const DecodeOptions& options, std::vector<std::uint8_t>* memory) {
    const PngContext context;
    if (const int code = spng_set_png_buffer(context.get(), bytes.data(), bytes.size())) return pngError(code);
    spng_ihdr header{};
    if (const int code = spng_get_ihdr(context.get(), &header)) return pngError(code);
    const PngTarget target = pngTarget(context.get(), header);
    std::size_t size = 0;
    if (const int code = spng_decoded_image_size(context.get(), target.format, &size)) return pngError(code);
    cv::Mat pixels = placeIn(memory, int(header.height), int(header.width), target.type);
    if (size != pixels.total() * pixels.elemSize())
        return fail(ErrorCode::Internal, "the PNG decodes to another size than expected");
    const int flags = target.transparent ? SPNG_DECODE_TRNS : 0;
    if (const int code = spng_decode_image(context.get(), pixels.data, size, target.format, flags)) return pngError(code);
    const bool rgb = options.colour == Colour::Rgb8 && target.type == CV_8UC3;
    if (!rgb) swapRedAndBlue(pixels);
    return StoredPixels{pixels, rgb};
}

}  // namespace lathe::image
