// COCO's figures of a detector from its boxes, defined as pycocotools does (cocoeval.py, maskApi.c) and checked against it.
// Includes no torch.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lathe::runs::figures {

/// x, y of the upper left corner, width and height in px of the original picture. No +1: a box of width 0 has no area.
struct DetectionBox {
    double x = 0, y = 0, w = 0, h = 0;
};
struct DetectionTruth {
    int image = 0, category = 0;  ///< 0 <= image < images, 0 <= category < categories
    DetectionBox box;
    double area = 0;     ///< px; of the shape where it is a mask or polygon, else of the box. It says what is small or large.
    bool crowd = false;  ///< neither found nor missed; what lies in it is ignored
};
struct Detection {
    int image = 0, category = 0;
    DetectionBox box;
    double score = 0;
};

/// The twelve figures; -1 where nothing was to be found. Sizes by area: small < 32 x 32 <= medium < 96 x 96 <= large, both ends in.
struct DetectionFigures {
    double ap = -1, ap50 = -1, ap75 = -1, apSmall = -1, apMedium = -1, apLarge = -1;
    double ar1 = -1, ar10 = -1, ar100 = -1, arSmall = -1, arMedium = -1, arLarge = -1;
    /// 95 % over resampled pictures, less the bias of their mean; both -1 where not asked for or nothing was to be found.
    using Ends = std::array<double, 2>;
    Ends apInterval{-1, -1}, ap50Interval{-1, -1};
    std::array<Ends, 3> apOfSizeInterval{{{-1, -1}, {-1, -1}, {-1, -1}}};  ///< small, medium, large
    struct PerClass {
        double ap = -1, ap50 = -1, ar100 = -1;
        std::array<double, 3> apOfSize{-1, -1, -1};  ///< small, medium, large
        std::int64_t truths = 0, detections = 0;     ///< without crowds
        Ends apInterval{-1, -1}, ap50Interval{-1, -1};
    };
    std::vector<PerClass> perClass;
    /// Of every detection in its order: the place in `truths` of what it found at IoU 0.5; -1: nothing; -2: it counts neither way
    /// (a crowd's, or beyond the 100 best of its picture and class).
    std::vector<int> found;
};
struct DetectionOptions {
    int resamples = 0;  ///< of the pictures with replacement, for the 95 % intervals (percentiles); 0: none
    std::uint64_t seed = 1;
    std::stop_token stop = {};
};
/// What was matched with what, found once: figures of the whole and of any draw of the pictures come from it. Any thread.
class DetectionMatches {
public:
    /// Fails on an index out of range or a score that is not a number, naming its place; Cancelled.
    [[nodiscard]] static Result<DetectionMatches> of(std::span<const DetectionTruth> truths, std::span<const Detection> detections,
                                                     int images, int categories, const std::stop_token& stop = {});
    DetectionMatches(DetectionMatches&&) noexcept;
    DetectionMatches& operator=(DetectionMatches&&) noexcept;
    ~DetectionMatches();
    [[nodiscard]] DetectionFigures figures() const;  ///< without intervals
    /// As DetectionFigures has them; what is not asked for stays -1.
    struct Draw {
        double ap = -1, ap50 = -1;
        std::array<double, 3> apOfSize{-1, -1, -1};
        std::vector<double> apOfClass, ap50OfClass;
    };
    /// `weights`: how often each picture was drawn; the same as if it were there so often.
    [[nodiscard]] Draw draw(std::span<const std::uint32_t> weights, bool sizes = true) const;
    /// Of each class its detections at IoU 0.5, best first, without those that count neither way; and how many were to be found.
    struct Ranked {
        double score;
        int image;
        bool hit;
    };
    [[nodiscard]] std::vector<Ranked> ranked(int category) const;
    [[nodiscard]] std::int64_t wanted(int category) const;
    [[nodiscard]] std::int64_t judged() const;  ///< detections

private:
    struct Data;
    explicit DetectionMatches(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

/// Any thread. Fails as DetectionMatches::of does; Cancelled.
[[nodiscard]] Result<DetectionFigures> detectionFigures(std::span<const DetectionTruth> truths,
                                                        std::span<const Detection> detections, int images, int categories,
                                                        const DetectionOptions& options = {});
/// {"metrics":{ap, ap50, …, ar_large, ap_low, ap_high, ap_small_low, …}, "per_class":[{class, ap, ap_low, ap_high, ap50, …,
/// ap_small, …, ar100, truths, detections}]}; a figure that is -1 is left out.
[[nodiscard]] Json toJson(const DetectionFigures& figures, const std::vector<std::string>& classes);

}  // namespace lathe::runs::figures
