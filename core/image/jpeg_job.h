// libjpeg-turbo's errors as values: they come by longjmp, so the function that calls it holds nothing that needs a destructor.
// Private to core/image.
#pragma once
#include <csetjmp>
#include <cstdint>
#include <cstdio>

#include <jpeglib.h>

#include <opencv2/core/mat.hpp>

#include "core/base/result.h"
#include "core/image/decode.h"

namespace lathe::image {

struct JpegErrors {
    jpeg_error_mgr base;
    std::jmp_buf back;
    char text[JMSG_LENGTH_MAX];
    bool ended;    // the bytes ran out; all pixels may have been there before
    bool cut;      // pixels are missing because they ran out, or because an end marker came too early
    bool damaged;  // pixels that can't be right: the first reason is in `text`
};

/// One file under way. Set to zero bytes before; prepare() makes the decoder, the caller gives it a source and sets `errors.back`.
struct JpegJob {
    jpeg_decompress_struct jpeg;
    jpeg_progress_mgr progress;
    JpegErrors errors;
    bool inverted, tooBig;

    void prepare();
    void chooseOutput(const DecodeOptions& options, bool turned = false);  ///< after the header: colour space and reduction
    [[nodiscard]] bool tooManyCoefficients() const;
    /// After the last line: what comes behind it doesn't matter.
    void judgeEnd();
    [[nodiscard]] Error error() const;
    [[nodiscard]] bool failed(bool read) const { return tooBig || errors.cut || !read || errors.damaged; }
};

/// Adobe writes inks inverted: 255 is no ink.
[[nodiscard]] cv::Mat bgrFromCmyk(const cv::Mat& cmyk, bool inverted);

}  // namespace lathe::image
