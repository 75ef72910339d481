// Percentile intervals of bootstrap resamples (Efron 1979).
#pragma once
#include <array>
#include <vector>

namespace lathe::engine::eval {

/// The 2.5th and 97.5th percentile by numpy.quantile's linear rule; values of -1 are left out, {-1, -1} where none is left.
[[nodiscard]] std::array<double, 2> middle95(std::vector<double> values);

}  // namespace lathe::engine::eval
