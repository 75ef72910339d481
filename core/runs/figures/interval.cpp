#include "core/runs/figures/interval.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace lathe::runs::figures {

std::array<double, 2> middle95(std::vector<double> values) {
    std::erase(values, -1);
    if (values.empty()) return {-1, -1};
    std::sort(values.begin(), values.end());
    const auto at = [&](double q) {
        const double place = q * double(values.size() - 1);
        const auto low = std::size_t(place);
        const double next = values[std::min(low + 1, values.size() - 1)];
        return values[low] + (place - double(low)) * (next - values[low]);
    };
    return {at(0.025), at(0.975)};
}

std::array<double, 2> middleAbout(double figure, std::vector<double> values) {
    std::erase(values, -1);
    if (values.empty() || figure < 0) return {-1, -1};
    const double bias = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size()) - figure;
    const auto [low, high] = middle95(std::move(values));
    return {std::clamp(low - bias, 0.0, figure), std::clamp(high - bias, figure, 1.0)};
}

Result<std::vector<std::vector<double>>> resampled(std::size_t n, const Resampling& resampling,
                                                   const std::function<std::vector<double>(Weights)>& figures) {
    std::mt19937_64 random(resampling.seed);
    std::vector<std::uint32_t> weights(n);
    std::vector<std::vector<double>> values;
    for (int draw = 0; draw < resampling.draws; ++draw) {
        if (resampling.stop.stop_requested()) return fail(ErrorCode::Cancelled, "Cancelled");
        std::fill(weights.begin(), weights.end(), 0);
        for (std::size_t i = 0; i < n; ++i) ++weights[std::size_t(random() % n)];
        const std::vector<double> one = figures(weights);
        values.resize(one.size());
        for (std::size_t k = 0; k < one.size(); ++k) values[k].push_back(one[k]);
    }
    return values;
}

}  // namespace lathe::runs::figures
