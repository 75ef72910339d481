// A shape carried to the next picture.
#pragma once
#include <opencv2/core/mat.hpp>
#include <stop_token>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

struct Tracked {
    Shape shape;
    double confidence = 0;  ///< 0 to 1; below about 0.3 it was lost
};

/// Where the shape of `picture` is on `next`: a coarse search by correlation within one and a half times its size, then feature
/// flow (pyramidal Lucas-Kanade, median shift and scale: Kalal's median flow) checked forth and back. A shape without area is
/// followed by the 12 px around it. The whole-image class and a shape outside of the picture: InvalidData.
[[nodiscard]] Result<Tracked> tracked(const cv::Mat& picture, const cv::Mat& next, const Shape& shape, std::stop_token stop = {});

}  // namespace lathe::annot::assist
