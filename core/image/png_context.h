// libspng: what reading whole and reading by rows share. Private to core/image.
#pragma once
#include <spng.h>
#include <memory>
#include <opencv2/core/mat.hpp>

#include "core/base/result.h"

namespace lathe::image {

struct FreePng {
    void operator()(spng_ctx* context) const { spng_ctx_free(context); }
};
/// With limits on what a chunk may take.
class PngContext : public std::unique_ptr<spng_ctx, FreePng> {
public:
    PngContext();
};

/// The form in which nothing of the file is lost, save a palette's indices.
struct PngTarget {
    int format = 0, type = 0;
    bool transparent = false;
};
[[nodiscard]] PngTarget pngTarget(spng_ctx* context, const spng_ihdr& header);
[[nodiscard]] tl::unexpected<Error> pngError(int code);
/// RGB to BGR, in place where it can be.
void swapRedAndBlue(cv::Mat& pixels);

}  // namespace lathe::image
