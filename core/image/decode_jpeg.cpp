// libjpeg-turbo. Its errors come by longjmp, so the function that calls it holds nothing that needs a destructor.
#include <fmt/format.h>
#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>

#include <jerror.h>

#include "core/image/codecs.h"
#include "core/image/headers.h"

namespace lathe::image {
namespace {

constexpr int kMostScans = 500;                           // real files have about ten; thousands are an attack on the clock
constexpr std::uint64_t kMostCoefficients = 1536u << 20;  // bytes kept at once for a file of several scans

struct Errors {
    jpeg_error_mgr base;
    std::jmp_buf back;
    char text[JMSG_LENGTH_MAX];
    bool ended;    // the bytes ran out; all pixels may have been there before
    bool cut;      // pixels are missing because they ran out, or because an end marker came too early
    bool damaged;  // pixels that can't be right: the first reason is in `text`
};

Errors& errorsOf(j_common_ptr common) {
    return *reinterpret_cast<Errors*>(common->err);
}

void onError(j_common_ptr common) {
    Errors& errors = errorsOf(common);
    errors.base.format_message(common, errors.text);
    errors.cut |= !errors.damaged && (errors.ended || errors.base.msg_code == JERR_INPUT_EMPTY);
    std::longjmp(errors.back, 1);
}

// Stray bytes before a marker and the like are common and cost no pixel. Data that stops at a restart marker is damage in the
// middle; data that stops at the end marker (libjpeg makes one up when the bytes run out) is a file that was cut. What comes first
// is the reason: after damage in the middle the data also ends too early.
void onWarning(j_common_ptr common, int level) {
    if (level >= 0) return;
    Errors& errors = errorsOf(common);
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

unsigned denominatorFor(unsigned width, unsigned height, int minSide) {
    if (minSide <= 0) return 1;
    for (unsigned by = 8; by > 1; by /= 2)
        if (width / by >= unsigned(minSide) && height / by >= unsigned(minSide)) return by;
    return 1;
}

bool tooManyCoefficients(const jpeg_decompress_struct& jpeg) {
    if (!jpeg.progressive_mode && jpeg.comps_in_scan == jpeg.num_components) return false;
    return std::uint64_t(jpeg.image_width) * jpeg.image_height * 2 * unsigned(jpeg.num_components) > kMostCoefficients;
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

struct Job {
    jpeg_decompress_struct jpeg;
    jpeg_progress_mgr progress;
    Errors errors;
    bool inverted, tooBig;
};

void start(Job& job, std::string_view bytes) {
    job.jpeg.err = jpeg_std_error(&job.errors.base);
    job.errors.base.error_exit = onError;
    job.errors.base.emit_message = onWarning;
    job.progress.progress_monitor = onProgress;
    jpeg_create_decompress(&job.jpeg);
    job.jpeg.progress = &job.progress;
    jpeg_mem_src(&job.jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
}

void chooseOutput(Job& job, int minSide) {
    jpeg_decompress_struct& jpeg = job.jpeg;
    jpeg.scale_num = 1;
    jpeg.scale_denom = denominatorFor(jpeg.image_width, jpeg.image_height, minSide);
    const bool cmyk = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
    jpeg.out_color_space = cmyk ? JCS_CMYK : jpeg.num_components == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR;
    job.inverted = jpeg.saw_Adobe_marker;
}

// Steps of one file. False: the reason is in job.errors. `pixels` is made between the steps by `make`.
template <class Make>
bool decodeInto(Job& job, std::string_view bytes, int minSide, Make make) {
    if (setjmp(job.errors.back)) return false;
    start(job, bytes);
    jpeg_read_header(&job.jpeg, TRUE);
    job.tooBig = tooManyCoefficients(job.jpeg);
    if (job.tooBig) return false;
    chooseOutput(job, minSide);
    jpeg_start_decompress(&job.jpeg);
    unsigned char* first = nullptr;
    std::size_t step = 0;
    make(job.jpeg, first, step);
    if (!first) return false;
    while (job.jpeg.output_scanline < job.jpeg.output_height && !job.errors.cut) {
        JSAMPROW row = first + step * job.jpeg.output_scanline;
        jpeg_read_scanlines(&job.jpeg, &row, 1);
    }
    // What comes behind the last line doesn't matter.
    job.errors.cut |= job.errors.ended && !job.errors.damaged && lacksScans(job.jpeg);
    return true;
}

// Adobe writes inks inverted: 255 is no ink.
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

}  // namespace

Result<cv::Mat> decodeJpeg(std::string_view bytes, int minSide) {
    Job job;
    std::memset(static_cast<void*>(&job), 0, sizeof job);
    cv::Mat pixels;
    const bool read =
        decodeInto(job, bytes, minSide, [&](const jpeg_decompress_struct& jpeg, unsigned char*& first, std::size_t& step) {
            try {
                pixels.create(int(jpeg.output_height), int(jpeg.output_width), CV_8UC(jpeg.output_components));
                first = pixels.data, step = pixels.step;
            } catch (const std::exception&) {
                std::snprintf(job.errors.text, JMSG_LENGTH_MAX, "not enough memory");
            }
        });
    jpeg_destroy_decompress(&job.jpeg);
    if (job.tooBig)
        return fail(ErrorCode::Unsupported,
                    "a progressive JPEG of this size would need more than 1.5 GB to decode; save it as a baseline JPEG");
    if (job.errors.cut) return fail(cutOff("its JPEG data ends too early"));
    if (!read || job.errors.damaged) return fail(ErrorCode::InvalidData, fmt::format("the JPEG is damaged: {}", job.errors.text));
    return pixels.channels() == 4 ? bgrFromCmyk(pixels, job.inverted) : pixels;
}

}  // namespace lathe::image
