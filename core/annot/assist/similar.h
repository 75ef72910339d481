// Find similar: other places of the picture that look like one.
#pragma once
#include <opencv2/core/mat.hpp>
#include <stop_token>
#include <vector>

#include "core/annot/assist/effort.h"
#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

struct Similar {
    Rect box;
    double score = 0;  ///< normalised cross-correlation times the likeness of the mean colours, 0 to 1
};

/// Boxes that look like `box` (0.7 to 1.4 times its size, not turned), best first, not overlapping each other or `box` by more than
/// 0.3 IoU; at most 1000. Quick: fewer sizes, places and scores to a few pixels.
[[nodiscard]] Result<std::vector<Similar>> findSimilar(const cv::Mat& picture, const Rect& box, double atLeast, Effort effort,
                                                       std::stop_token stop = {});

}  // namespace lathe::annot::assist
