// Figures of a segmenter from its matrices of pixels. Definitions as torchvision's ConfusionMatrix and scikit-learn's; classes that
// occur neither in the truth nor in what was said are left out of means. Includes no torch.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace lathe::engine::eval {

constexpr std::uint8_t kNotAsked = 255;  ///< a pixel that is neither learnt nor judged

/// Pixels by what they are and what was said: counts[truth * classes + said].
struct PixelMatrix {
    explicit PixelMatrix(int of = 0) : classes(of), counts(std::size_t(of) * std::size_t(of), 0) {}
    int classes;
    std::vector<std::int64_t> counts;
    /// `truth` and `said` of the same length; a truth of `classes` or more is not counted.
    void add(std::span<const std::uint8_t> truth, std::span<const std::uint8_t> said);
    PixelMatrix& operator+=(const PixelMatrix& other);
};

struct SegmentationFigures {
    double miou = -1;           ///< mean of the intersection over union; -1: no pixel
    double pixelAccuracy = -1;  ///< right pixels / pixels
    double meanAccuracy = -1;   ///< mean of the classes' recall
    double meanDice = -1;
    std::array<double, 2> miouInterval{-1, -1};  ///< 95 %, over resampled pictures; -1: not asked for
    struct PerClass {
        double iou = -1, dice = -1, precision = -1, recall = -1;  ///< -1: undefined
        std::int64_t pixels = 0;                                  ///< of the truth
        std::array<double, 2> iouInterval{-1, -1};                ///< as miouInterval
    };
    std::vector<PerClass> perClass;
    std::vector<std::int64_t> confusion;  ///< the matrix of all pictures
};
/// One matrix over all pictures, never a mean of pictures. `resamples` of the pictures with replacement, a fixed seed.
[[nodiscard]] SegmentationFigures segmentationFigures(std::span<const PixelMatrix> pictures, int classes, int resamples = 0);
/// {"metrics":{miou, pixel_accuracy, mean_accuracy, mean_dice, miou_low, miou_high, samples}, "per_class":[{class, iou, iou_low,
/// iou_high, dice, precision, recall, pixels}], "confusion":[[…]]}; what is -1 is left out.
[[nodiscard]] Json toJson(const SegmentationFigures& figures, const std::vector<std::string>& classes);

}  // namespace lathe::engine::eval
