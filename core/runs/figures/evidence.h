// Is a part of the samples really different from the whole? Exact and permutation tests. Any thread.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace lathe::runs::figures {

/// Two-sided exact test of Fisher of the table {{a, b}, {c, d}}: the sum of the hypergeometric probabilities that are no greater
/// than the table's own; as scipy.stats.fisher_exact.
[[nodiscard]] double fisherExact(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d);

/// Of `part` samples drawn from n without replacement: how often |figure(drawn) - whole| is at least |observed - whole|,
/// (k + 1) / (draws + 1). What is drawn comes as weights of 0 and 1; a draw whose figure is undefined (-1) counts as such a one.
[[nodiscard]] double permutationP(std::size_t n, std::size_t part, double observed, double whole,
                                  const std::function<double(std::span<const std::uint32_t>)>& figure, int draws = 999,
                                  std::uint64_t seed = 1);

/// The p values of several tests held against the false discovery rate (Benjamini and Hochberg 1995), in their order; as
/// scipy.stats.false_discovery_control.
[[nodiscard]] std::vector<double> discoveryAdjusted(const std::vector<double>& p);

}  // namespace lathe::runs::figures
