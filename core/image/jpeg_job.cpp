#include "core/image/jpeg_job.h"

#include <fmt/format.h>

#include <jerror.h>

#include "core/image/headers.h"

namespace lathe::image {
namespace {

constexpr int kMostScans = 500;                           // real files have about ten; thousands are an attack on the clock
constexpr std::uint64_t kMostCoefficients = 1536u << 20;  // bytes kept at once for a file of several scans

JpegErrors& errorsOf(j_common_ptr common) {
    return *reinterpret_cast<JpegErrors*>(common->err);
}

void onError(j_common_ptr common) {
    JpegErrors& errors = errorsOf(common);
    errors.base.format_message(common, errors.text);
    errors.cut |= !errors.damaged && (errors.ended || errors.base.msg_code == JERR_INPUT_EMPTY);
    std::longjmp(errors.back, 1);
}

// Stray bytes before a marker and the like are common and cost no pixel. Data that stops at a restart marker is damage in the
// middle; data that stops at the end marker (libjpeg makes one up when the bytes run out) is a file that was cut. What comes first
// is the reason: after damage in the middle the data also ends too early.
void onWarning(j_common_ptr common, int level) {
    if (level >= 0) return;
    JpegErrors& errors = errorsOf(common);
    const int code = errors.base.msg_code;
    errors.ended |= code == JWRN_JPEG_EOF;
    if (errors.cut || errors.damaged) return;
    const bool stopped = code == JWRN_HIT_MARKER || code == JWRN_MUST_RESYNC;
    errors.cut = stopped && reinterpret_cast<j_decompress_ptr>(common)->unread_marker == JPEG_EOI;
    errors.damaged = !errors.cut && (stopped || code == JWRN_HUFF_BAD_CODE || code == JWRN_ARITH_BAD_CODE);
    if (errors.damaged) errors.base.format_message(common, errors.text);
}

void onProgress(j_common_ptr common) {
    if (reinterpret_cast<j_decompress_ptr>(common)->input_scan_number <= kMostScans) return;
    std::snprintf(errorsOf(common).text, JMSG_LENGTH_MAX, "more than %d scans", kMostScans);
    std::longjmp(errorsOf(common).back, 1);
}

// libjpeg-turbo has vector code for these; N = 3, 5, 6 and 7 are made by plain C and cost more than the next of these.
constexpr unsigned kEighths[] = {1, 2, 4, 8};

bool covers(unsigned width, unsigned height, unsigned eighths, const Cover& cover) {
    const bool wide = std::uint64_t(width) * eighths >= std::uint64_t(cover.width) * 8,
               high = std::uint64_t(height) * eighths >= std::uint64_t(cover.height) * 8;
    return cover.oneSide ? wide || high : wide && high;
}

unsigned eighthsFor(unsigned width, unsigned height, int minSide, const Cover& cover) {
    for (const unsigned eighths : kEighths) {
        const unsigned by = 8 / eighths;
        if (minSide > 0 && width / by >= unsigned(minSide) && height / by >= unsigned(minSide)) return eighths;
        if (cover.width > 0 && cover.height > 0 && covers(width, height, eighths, cover)) return eighths;
    }
    return 8;
}

// Of a progressive file whose bytes ran out: did every coefficient get its last bit? Of other files of several scans and of
// arithmetic coding nobody knows, so they count as cut.
bool lacksScans(const jpeg_decompress_struct& jpeg) {
    if (jpeg.arith_code) return true;
    if (!jpeg.progressive_mode) return jpeg.comps_in_scan != jpeg.num_components;
    for (int c = 0; jpeg.coef_bits && c < jpeg.num_components; ++c)
        for (const int bits : jpeg.coef_bits[c])
            if (bits != 0) return true;
    return !jpeg.coef_bits;
}

}  // namespace

void JpegJob::prepare() {
    jpeg.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = onError;
    errors.base.emit_message = onWarning;
    progress.progress_monitor = onProgress;
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &progress;
}

void JpegJob::chooseOutput(const DecodeOptions& options, bool turned) {
    Cover cover = options.cover;
    if (turned) std::swap(cover.width, cover.height);
    jpeg.scale_num = eighthsFor(jpeg.image_width, jpeg.image_height, options.minSide, cover);
    jpeg.scale_denom = 8;
    const bool cmyk = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
    const bool grey = jpeg.num_components == 1 || (options.colour == Colour::Luma8 && jpeg.jpeg_color_space == JCS_YCbCr);
    const J_COLOR_SPACE colours = options.colour == Colour::Rgb8 ? JCS_EXT_RGB : JCS_EXT_BGR;
    jpeg.out_color_space = cmyk ? JCS_CMYK : grey ? JCS_GRAYSCALE : colours;
    inverted = jpeg.saw_Adobe_marker;
}

bool JpegJob::tooManyCoefficients() const {
    if (!jpeg.progressive_mode && jpeg.comps_in_scan == jpeg.num_components) return false;
    return std::uint64_t(jpeg.image_width) * jpeg.image_height * 2 * unsigned(jpeg.num_components) > kMostCoefficients;
}

void JpegJob::judgeEnd() {
    errors.cut |= errors.ended && !errors.damaged && lacksScans(jpeg);
}

Error JpegJob::error() const {
    if (tooBig)
        return {ErrorCode::Unsupported,
                "a progressive JPEG of this size would need more than 1.5 GB to decode; save it as a baseline JPEG",
                {}};
    if (errors.cut) return cutOff("its JPEG data ends too early");
    return {ErrorCode::InvalidData, fmt::format("the JPEG is damaged: {}", errors.text), {}};
}

cv::Mat bgrFromCmyk(const cv::Mat& cmyk, bool inverted) {
    cv::Mat bgr(cmyk.size(), CV_8UC3);
    const auto light = [inverted](int v) { return inverted ? v : 255 - v; };
    for (int y = 0; y < cmyk.rows; ++y) {
        const auto* in = cmyk.ptr<cv::Vec4b>(y);
        auto* out = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < cmyk.cols; ++x) {
            const int k = light(in[x][3]);
            for (int c = 0; c < 3; ++c) out[x][2 - c] = std::uint8_t((light(in[x][c]) * k + 127) / 255);
        }
    }
    return bgr;
}

}  // namespace lathe::image
