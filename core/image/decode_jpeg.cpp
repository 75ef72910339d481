// libjpeg-turbo, a whole file at once.
#include <algorithm>
#include <cstring>

#include "core/image/codecs.h"
#include "core/image/jpeg_job.h"

namespace lathe::image {
namespace {

constexpr unsigned kRowsAtOnce = 2;  // as many as libjpeg-turbo has ready

// Steps of one file. False: the reason is in job.errors. `pixels` is made between the steps by `make`.
template <class Make>
bool decodeInto(JpegJob& job, std::string_view bytes, const DecodeOptions& options, bool turned, Make make) {
    if (setjmp(job.errors.back)) return false;
    job.prepare();
    jpeg_mem_src(&job.jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&job.jpeg, TRUE);
    job.tooBig = job.tooManyCoefficients();
    if (job.tooBig) return false;
    job.chooseOutput(options, turned);
    jpeg_start_decompress(&job.jpeg);
    unsigned char* first = nullptr;
    std::size_t step = 0;
    make(job.jpeg, first, step);
    if (!first) return false;
    while (job.jpeg.output_scanline < job.jpeg.output_height && !job.errors.cut) {
        JSAMPROW rows[kRowsAtOnce];
        for (unsigned k = 0; k < kRowsAtOnce; ++k) rows[k] = first + step * (job.jpeg.output_scanline + k);
        jpeg_read_scanlines(&job.jpeg, rows, std::min(kRowsAtOnce, job.jpeg.output_height - job.jpeg.output_scanline));
    }
    job.judgeEnd();
    return true;
}

}  // namespace

Result<StoredPixels> decodeJpeg(std::string_view bytes, const ImageInfo& info, const DecodeOptions& options,
                                std::vector<std::uint8_t>* memory) {
    JpegJob job;
    std::memset(static_cast<void*>(&job), 0, sizeof job);
    cv::Mat pixels;
    const bool read = decodeInto(job, bytes, options, info.orientation >= 5,
                                 [&](const jpeg_decompress_struct& jpeg, unsigned char*& first, std::size_t& step) {
                                     try {
                                         pixels = placeIn(memory, int(jpeg.output_height), int(jpeg.output_width),
                                                          CV_8UC(jpeg.output_components));
                                         first = pixels.data, step = pixels.step;
                                     } catch (const std::exception&) {
                                         std::snprintf(job.errors.text, JMSG_LENGTH_MAX, "not enough memory");
                                     }
                                 });
    const bool rgb = job.jpeg.out_color_space == JCS_EXT_RGB;
    jpeg_destroy_decompress(&job.jpeg);
    if (job.failed(read)) return fail(job.error());
    if (pixels.channels() == 4) return StoredPixels{bgrFromCmyk(pixels, job.inverted), false};
    return StoredPixels{pixels, rgb};
}

}  // namespace lathe::image
