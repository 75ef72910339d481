// GrabCut: Rother, Kolmogorov and Blake (2004), from a box with strokes or from four extreme points.
#pragma once
#include <opencv2/core/mat.hpp>
#include <stop_token>
#include <vector>

#include "core/annot/assist/effort.h"
#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

/// Sure foreground or background, `radius` px wide.
struct Stroke {
    std::vector<Point> points;
    double radius = 4;
    bool foreground = true;
};

/// What is inside the box and the strokes say. Nothing outside the box unless a foreground stroke leads there. Specks and small
/// holes are tidied away. The same input gives the same mask.
[[nodiscard]] Result<Mask> grabCut(const cv::Mat& picture, const Rect& box, const std::vector<Stroke>& strokes, Effort effort,
                                   std::stop_token stop = {});
/// From the four extreme points of an object (left, top, right, bottom in any order): GrabCut whose sure pixels are the points.
[[nodiscard]] Result<Mask> fromExtremes(const cv::Mat& picture, const std::vector<Point>& points, Effort effort,
                                        std::stop_token stop = {});

}  // namespace lathe::annot::assist
