// Superpixels: SLIC, Achanta and others (2012).
#pragma once
#include <memory>
#include <opencv2/core/mat.hpp>
#include <stop_token>
#include <vector>

#include "core/annot/assist/effort.h"
#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot::assist {

/// Patches of about `side` px that keep to edges, over a window of the picture. Immutable; any thread.
class Superpixels {
public:
    [[nodiscard]] static Result<std::shared_ptr<const Superpixels>> make(const cv::Mat& picture, const Rect& window, int side,
                                                                         Effort effort, std::stop_token stop = {});
    virtual ~Superpixels() = default;
    [[nodiscard]] virtual Rect window() const = 0;  ///< whole pixels of the picture
    [[nodiscard]] virtual int count() const = 0;
    [[nodiscard]] virtual int at(Point p) const = 0;  ///< 0 to count() - 1; -1: outside of the window
    /// The patches that a brush of this radius touches on its way; each once.
    [[nodiscard]] virtual std::vector<int> along(Point from, Point to, double radius) const = 0;
    /// Those that lie in a mask by more than half.
    [[nodiscard]] virtual std::vector<int> within(const Mask& mask) const = 0;
    /// The pixels of these, as a mask of the picture's size.
    [[nodiscard]] virtual Mask maskOf(const std::vector<int>& labels) const = 0;
    /// 255 where a patch ends, for display; covers the window, perhaps with fewer pixels.
    [[nodiscard]] virtual cv::Mat borders() const = 0;
};

}  // namespace lathe::annot::assist
