// Percentile intervals of bootstrap resamples (Efron 1979).
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"

namespace lathe::runs::figures {

/// How often each sample was drawn.
using Weights = std::span<const std::uint32_t>;

/// A figure with its 95 % interval; -1: undefined, or no interval asked for.
struct Estimate {
    double value = -1, low = -1, high = -1;
};

/// The 2.5th and 97.5th percentile by numpy.quantile's linear rule; values of -1 are left out, {-1, -1} where none is left.
[[nodiscard]] std::array<double, 2> middle95(std::vector<double> values);
/// The same without the bias of the resamples' mean, for average precision: over fewer different pictures its envelope is higher.
/// Within 0…1, and `figure` within it.
[[nodiscard]] std::array<double, 2> middleAbout(double figure, std::vector<double> values);

struct Resampling {
    int draws = 1000;
    std::uint64_t seed = 1;
    std::stop_token stop = {};
};
/// `figures` of each draw of n samples with replacement, figure by figure: values[figure][draw]. It hands back as many every time.
/// The same seed gives the same draws on every machine. Cancelled.
[[nodiscard]] Result<std::vector<std::vector<double>>> resampled(std::size_t n, const Resampling& resampling,
                                                                 const std::function<std::vector<double>(Weights)>& figures);

}  // namespace lathe::runs::figures
