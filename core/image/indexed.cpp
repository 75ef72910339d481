#include "core/image/indexed.h"

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cstdlib>

#include "core/base/files.h"
#include "core/image/codecs.h"
#include "core/image/decode.h"
#include "core/image/png_context.h"

namespace lathe::image {
namespace {

constexpr std::uint64_t kLargestMask = 1ull << 30;  // bytes of a file

// Values of less than a byte lie packed, the leftmost in the highest bits.
cv::Mat unpacked(const std::string& rows, const spng_ihdr& header) {
    const unsigned bits = header.bit_depth, perByte = 8 / bits, last = (1u << bits) - 1;
    const std::size_t stride = (std::size_t(header.width) * bits + 7) / 8;
    cv::Mat values(int(header.height), int(header.width), CV_8UC1);
    for (int y = 0; y < values.rows; ++y) {
        const char* in = rows.data() + std::size_t(y) * stride;
        auto* out = values.ptr<std::uint8_t>(y);
        for (unsigned x = 0; x < header.width; ++x)
            out[x] = std::uint8_t(std::uint8_t(in[x / perByte]) >> bits * (perByte - 1 - x % perByte) & last);
    }
    return values;
}

Result<> decodePngInto(spng_ctx* context, int format, void* to, std::size_t size) {
    std::size_t needed = 0;
    if (const int code = spng_decoded_image_size(context, format, &needed)) return pngError(code);
    if (needed != size) return fail(ErrorCode::Internal, "the PNG decodes to another size than expected");
    if (const int code = spng_decode_image(context, to, size, format, 0)) return pngError(code);
    return {};
}

Result<cv::Mat> packedValues(spng_ctx* context, const spng_ihdr& header) {
    std::string rows((std::size_t(header.width) * header.bit_depth + 7) / 8 * header.height, '\0');
    LATHE_CHECK(decodePngInto(context, SPNG_FMT_RAW, rows.data(), rows.size()));
    return unpacked(rows, header);
}

Result<cv::Mat> wholeValues(spng_ctx* context, const spng_ihdr& header, int format, int type) {
    cv::Mat values(int(header.height), int(header.width), type);
    LATHE_CHECK(decodePngInto(context, format, values.data, values.total() * values.elemSize()));
    if (values.channels() == 2) cv::extractChannel(values, values, 0);
    if (values.channels() == 3) cv::cvtColor(values, values, cv::COLOR_RGB2BGR);
    return values;
}

std::vector<std::uint32_t> paletteOf(spng_ctx* context) {
    std::vector<std::uint32_t> palette;
    spng_plte plte{};
    if (spng_get_plte(context, &plte) != 0) return palette;
    for (std::uint32_t k = 0; k < plte.n_entries && k < 256; ++k) {
        const auto& e = plte.entries[k];
        palette.push_back(std::uint32_t(e.red) << 16 | std::uint32_t(e.green) << 8 | e.blue);
    }
    return palette;
}

Result<IndexImage> decodePngValues(std::string_view bytes) {
    const PngContext context;
    if (const int code = spng_set_png_buffer(context.get(), bytes.data(), bytes.size())) return pngError(code);
    spng_ihdr header{};
    if (const int code = spng_get_ihdr(context.get(), &header)) return pngError(code);
    const bool wide = header.bit_depth == 16, indexed = header.color_type == SPNG_COLOR_TYPE_INDEXED;
    Result<cv::Mat> values;
    if (indexed || (header.color_type == SPNG_COLOR_TYPE_GRAYSCALE && !wide))
        values = packedValues(context.get(), header);
    else if (header.color_type == SPNG_COLOR_TYPE_GRAYSCALE)
        values = wholeValues(context.get(), header, SPNG_FMT_PNG, CV_16UC1);
    else if (header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA)
        values = wholeValues(context.get(), header, SPNG_FMT_PNG, wide ? CV_16UC2 : CV_8UC2);
    else if (wide)
        return fail(ErrorCode::Unsupported, "is a mask of 16-bit colours; save it with 8 bit a channel, or as grey");
    else
        values = wholeValues(context.get(), header, SPNG_FMT_RGB8, CV_8UC3);
    if (!values) return fail(values.error());
    return IndexImage{std::move(*values), indexed ? paletteOf(context.get()) : std::vector<std::uint32_t>()};
}

bool isLossy(std::string_view bytes, const std::string& format) {
    return format == "jpeg" || (format == "webp" && bytes.substr(0, 64).find("VP8L") == std::string_view::npos);
}

Result<IndexImage> decodeOther(std::string_view bytes, const std::string& name) {
    LATHE_TRY(cv::Mat values, decodeBytes(bytes, name, {.colour = Colour::Native}));
    if (values.channels() == 2) cv::extractChannel(values, values, 0);
    if (values.channels() == 4) cv::cvtColor(values, values, cv::COLOR_BGRA2BGR);
    const bool good = values.channels() == 1 ? values.depth() == CV_8U || values.depth() == CV_16U : values.type() == CV_8UC3;
    if (!good) return fail(ErrorCode::Unsupported, "is no mask of 8 or 16 bit grey or 8-bit colours; save it as PNG", name);
    return IndexImage{std::move(values)};
}

}  // namespace

Result<IndexImage> decodeIndexedBytes(std::string_view bytes, const std::string& name) {
    LATHE_TRY(const ImageInfo info, probeBytes(bytes, name));
    if (isLossy(bytes, info.format))
        return fail(ErrorCode::Unsupported,
                    fmt::format("is a mask as {}, which changes values along edges; save the mask as PNG", info.format), name);
    if (info.format != "png") return decodeOther(bytes, name);
    try {
        auto picture = decodePngValues(bytes);
        if (!picture && picture.error().context.empty()) return fail(picture.error().code, picture.error().message, name);
        return picture;
    } catch (const std::exception& e) {
        return fail(ErrorCode::Unsupported, fmt::format("can't be decoded: {}", e.what()), name);
    }
}

Result<IndexImage> decodeIndexed(const std::filesystem::path& file) {
    LATHE_TRY(const std::string bytes, base::readFile(file, kLargestMask));
    return decodeIndexedBytes(bytes, file.string());
}

Result<std::string> encodeIndexedPng(const cv::Mat& indices, std::span<const std::uint32_t> palette) {
    if (indices.type() != CV_8UC1 || indices.empty() || palette.empty() || palette.size() > 256)
        return fail(ErrorCode::InvalidArgument, "a palette PNG holds 8-bit indices and 1 to 256 colours");
    const cv::Mat whole = indices.isContinuous() ? indices : indices.clone();
    const std::unique_ptr<spng_ctx, FreePng> context(spng_ctx_new(SPNG_CTX_ENCODER));
    spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
    spng_ihdr header{};
    header.width = std::uint32_t(indices.cols), header.height = std::uint32_t(indices.rows);
    header.bit_depth = 8, header.color_type = SPNG_COLOR_TYPE_INDEXED;
    spng_plte plte{};
    plte.n_entries = std::uint32_t(palette.size());
    for (std::size_t k = 0; k < palette.size(); ++k) {
        plte.entries[k].red = std::uint8_t(palette[k] >> 16), plte.entries[k].green = std::uint8_t(palette[k] >> 8);
        plte.entries[k].blue = std::uint8_t(palette[k]);
    }
    int code = spng_set_ihdr(context.get(), &header);
    if (!code) code = spng_set_plte(context.get(), &plte);
    if (!code) code = spng_encode_image(context.get(), whole.data, whole.total(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
    std::size_t size = 0;
    const std::unique_ptr<void, decltype(&std::free)> bytes(code ? nullptr : spng_get_png_buffer(context.get(), &size, &code),
                                                            &std::free);
    if (code || !bytes) return fail(ErrorCode::Internal, fmt::format("the mask can't be written: {}", spng_strerror(code)));
    return std::string(static_cast<const char*>(bytes.get()), size);
}

Result<> writeIndexedPng(const std::filesystem::path& file, const cv::Mat& indices, std::span<const std::uint32_t> palette) {
    LATHE_TRY(const std::string bytes, encodeIndexedPng(indices, palette));
    return base::writeFileAtomically(file, bytes);
}

Result<std::string> encodePng(const cv::Mat& picture) {
    keepOpenCvQuiet();
    std::vector<std::uint8_t> bytes;
    try {
        if (cv::imencode(".png", picture, bytes)) return std::string(bytes.begin(), bytes.end());
    } catch (const cv::Exception& e) {
        return fail(ErrorCode::Unsupported, fmt::format("can't be written as PNG: {}", e.err));
    }
    return fail(ErrorCode::Unsupported, "can't be written as PNG");
}

}  // namespace lathe::image
