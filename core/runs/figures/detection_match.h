// What of a detector's boxes hits which truth, at every size and threshold. For core/runs/figures alone.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/runs/figures/detection.h"

namespace lathe::runs::figures {

inline constexpr int kThresholds = 10, kSizes = 4, kRecalls = 101, kMostDetections = 100;
inline constexpr std::array<int, 3> kLimits = {1, 10, kMostDetections};
inline constexpr std::array<std::array<double, 2>, kSizes> kAreas = {
    {{0, 1e10}, {0, 32. * 32}, {32. * 32, 96. * 96}, {96. * 96, 1e10}}};
inline constexpr double kSpacing = std::numeric_limits<double>::epsilon();  // numpy.spacing(1)
inline constexpr int kNothing = -1, kIgnored = -2;

/// numpy.linspace(first, last, count)[i]
inline double linspace(double first, double last, int count, int i) {
    return i == count - 1 ? last : first + i * ((last - first) / (count - 1));
}

inline bool isOutside(double area, int size) {
    return area < kAreas[std::size_t(size)][0] || area > kAreas[std::size_t(size)][1];
}

/// One detection of a class, with a bit for every size and threshold: bit size * kThresholds + threshold.
struct Judged {
    double score;
    int image, place, rank;  ///< place: in the caller's list; rank: among those of its picture and class, best first
    std::uint64_t hit = 0, ignored = 0;
};

constexpr std::uint64_t bitOf(int size, int threshold) {
    return 1ull << (size * kThresholds + threshold);
}

/// All of one class: what was judged, best first over all pictures, and what was to be found.
struct OfClass {
    std::vector<Judged> judged;
    std::array<std::int64_t, kSizes> wanted{};
    struct Wanted {
        int image;
        std::array<std::int32_t, kSizes> shapes;  ///< to be found there
    };
    std::vector<Wanted> wantedIn;  ///< pictures with some
};

struct Lists {
    std::span<const DetectionTruth> truths;
    std::span<const Detection> detections;
    std::vector<int>& found;
};

/// `truths` and `detections`: the class's places in the lists, by picture.
[[nodiscard]] OfClass judgeClass(const Lists& lists, const std::vector<int>& truths, const std::vector<int>& detections);

}  // namespace lathe::runs::figures
