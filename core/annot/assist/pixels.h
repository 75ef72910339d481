// What the assistants share: checked pictures, crops, masks of crops, shapes as pixels. Private to this folder.
#pragma once
#include <opencv2/core.hpp>
#include <stop_token>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

/// Not empty, 8-bit, one channel or three.
[[nodiscard]] Result<> checkPicture(const cv::Mat& picture);
[[nodiscard]] Result<> checkStop(const std::stop_token& stop);
/// Whole pixels that the rectangle touches, inside the picture; empty where there are none.
[[nodiscard]] cv::Rect pixelsOf(const Rect& rect, cv::Size picture);
[[nodiscard]] inline Rect rectOf(const cv::Rect& r) {
    return {double(r.x), double(r.y), double(r.width), double(r.height)};
}
[[nodiscard]] double overlap(const Rect& a, const Rect& b);  ///< intersection over union

/// Factor (at most 1) that brings `size` down to about `pixels` pixels.
[[nodiscard]] double reduction(cv::Size size, double pixels);
/// The window of the picture, reduced by `factor`; a view into the picture when it is 1.
[[nodiscard]] cv::Mat reduced(const cv::Mat& picture, const cv::Rect& window, double factor);
/// A 0/255 raster brought to `size`, with smooth borders.
[[nodiscard]] cv::Mat enlarged(const cv::Mat& raster, cv::Size size);
[[nodiscard]] cv::Mat greyOf(const cv::Mat& picture);

/// The nonzero pixels of `crop`, whose first pixel is at `at`, as a mask of the size `whole`.
[[nodiscard]] Mask maskOfCrop(const cv::Mat& crop, cv::Point at, cv::Size whole);
/// The pixels that are set, in whole pixels; empty when none is.
[[nodiscard]] cv::Rect pixelBounds(const Mask& mask);
/// A window of the mask as a raster of 0 and 255; outside of the mask it is 0.
[[nodiscard]] cv::Mat rasterOf(const Mask& mask, const cv::Rect& window);
/// The same of any shape; lines and points are drawn with `radius` px around them.
[[nodiscard]] cv::Mat rasterOf(const Shape& shape, const cv::Rect& window, double radius);

/// Runs `f`; an exception of OpenCV becomes an error in words.
template <class F>
[[nodiscard]] auto guarded(F&& f) -> decltype(f()) {
    try {
        return f();
    } catch (const cv::Exception& e) {
        if (e.code == cv::Error::StsNoMem) return fail(ErrorCode::Unsupported, "not enough memory for a picture of this size");
        return fail(ErrorCode::Internal, "OpenCV: " + e.err, e.func);
    }
}

}  // namespace lathe::annot::assist
