// Is a difference real? Exact McNemar for right/wrong pairs, a paired percentile bootstrap for any figure of samples.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace lathe::runs {

/// Two-sided exact McNemar: min(1, 2 * BinomCDF(min(b, c); b + c, 1/2)) of the discordant counts b (a right, b wrong) and c.
[[nodiscard]] double mcnemarExact(std::int64_t b, std::int64_t c);

struct Interval {
    double low = 0, high = 0;
    double p = 1;  ///< two-sided: twice the smaller share of draws on either side of 0, (k + 1) / (draws + 1)
};
/// `figure` gets how often each of the n samples was drawn and returns the figure of that draw (a difference of two runs).
/// Percentile interval of 95 %. The same seed gives the same numbers on every machine.
using Figure = std::function<double(std::span<const std::uint32_t> weights)>;
[[nodiscard]] Interval pairedBootstrap(std::size_t n, const Figure& figure, int draws = 2000, std::uint64_t seed = 20261121);

/// Mean over the classes that occur (in labels or predictions) of F1, weighted samples; as scikit-learn's average="macro".
[[nodiscard]] double macroF1(std::span<const int> labels, std::span<const int> predicted, std::span<const std::uint32_t> weights);

}  // namespace lathe::runs
