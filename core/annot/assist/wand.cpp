#include "core/annot/assist/wand.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/annot/assist/pixels.h"

namespace lathe::annot::assist {

namespace {

constexpr int kFirstSide = 512;

struct Flood {
    cv::Mat raster;
    bool cutOff = false;  // it reaches the window's border within the picture
};

Flood flood(const cv::Mat& picture, const cv::Rect& window, cv::Point seed, double tolerance) {
    cv::Mat smooth, raster(window.height + 2, window.width + 2, CV_8U, cv::Scalar(0));
    cv::medianBlur(picture(window), smooth, 3);
    const cv::Scalar by = cv::Scalar::all(tolerance);
    cv::Rect r;
    cv::floodFill(smooth, raster, seed - window.tl(), {}, &r, by, by,
                  4 | cv::FLOODFILL_MASK_ONLY | cv::FLOODFILL_FIXED_RANGE | 255 << 8);
    r += window.tl();
    const bool cutOff = (r.x == window.x && r.x > 0) || (r.y == window.y && r.y > 0) ||
                        (r.br().x == window.br().x && r.br().x < picture.cols) ||
                        (r.br().y == window.br().y && r.br().y < picture.rows);
    return {raster(cv::Rect(1, 1, window.width, window.height)), cutOff};
}

}  // namespace

Result<Mask> wand(const cv::Mat& picture, Point seed, double tolerance, std::stop_token stop) {
    LATHE_CHECK(checkPicture(picture));
    if (!rectOf({{}, picture.size()}).contains(seed)) return fail(ErrorCode::InvalidData, "the point lies outside the picture");
    const cv::Point at(int(seed.x), int(seed.y));
    return guarded([&]() -> Result<Mask> {
        for (std::int64_t side = kFirstSide;; side *= 2) {
            LATHE_CHECK(checkStop(stop));
            const double half = double(side) / 2;
            const cv::Rect window = pixelsOf({at.x - half, at.y - half, double(side), double(side)}, picture.size());
            const Flood found = flood(picture, window, at, std::clamp(tolerance, 0.0, 255.0));
            if (!found.cutOff) return maskOfCrop(found.raster, window.tl(), picture.size());
        }
    });
}

}  // namespace lathe::annot::assist
