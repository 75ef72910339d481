// Intelligent scissors: Mortensen and Barrett, Interactive segmentation with intelligent scissors (1998).
#pragma once
#include <memory>
#include <opencv2/core/mat.hpp>
#include <stop_token>
#include <vector>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

/// The live wire of one anchor: cheapest paths along edges to all places of a region. Immutable; any thread.
/// (Own search: OpenCV 4.6's takes 60 ms for 256 x 256, too long for a hand that moves on.)
class Scissors {
public:
    /// All paths from `anchor` inside `around` (clamped to the picture; reduced when it is large). Tens of milliseconds.
    [[nodiscard]] static Result<std::shared_ptr<const Scissors>> make(const cv::Mat& picture, Point anchor, const Rect& around,
                                                                      std::stop_token stop = {});
    virtual ~Scissors() = default;
    [[nodiscard]] virtual Point anchor() const = 0;
    [[nodiscard]] virtual Rect region() const = 0;  ///< where it knows the way
    /// From the anchor to `to` (both included), along edges, simplified to half a pixel. Outside the region the last piece is
    /// straight. Microseconds.
    [[nodiscard]] virtual std::vector<Point> pathTo(Point to) const = 0;
};

}  // namespace lathe::annot::assist
