#include "core/runs/statistics.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace lathe::runs {

double mcnemarExact(std::int64_t b, std::int64_t c) {
    const std::int64_t n = b + c, k = std::min(b, c);
    if (n == 0) return 1;
    double sum = 0;  // in the log domain term by term: 2^-n alone would underflow
    for (std::int64_t i = 0; i <= k; ++i)
        sum += std::exp(std::lgamma(double(n) + 1) - std::lgamma(double(i) + 1) - std::lgamma(double(n - i) + 1) -
                        double(n) * std::log(2.0));
    return std::min(1.0, 2 * sum);
}

namespace {

/// Linear interpolation between order statistics, as numpy's percentile.
double quantile(const std::vector<double>& sorted, double q) {
    const double at = q * double(sorted.size() - 1);
    const auto i = std::size_t(at);
    const double next = sorted[std::min(i + 1, sorted.size() - 1)];
    return sorted[i] + (next - sorted[i]) * (at - double(i));
}

}  // namespace

Interval pairedBootstrap(std::size_t n, const Figure& figure, int draws, std::uint64_t seed) {
    if (n == 0 || draws < 1) return {};
    std::mt19937_64 random(seed);
    std::vector<std::uint32_t> weights(n);
    std::vector<double> figures;
    std::int64_t below = 0, above = 0;
    for (int draw = 0; draw < draws; ++draw) {
        std::fill(weights.begin(), weights.end(), 0);
        for (std::size_t i = 0; i < n; ++i) ++weights[std::size_t(((random() >> 32) * n) >> 32)];
        figures.push_back(figure(weights));
        below += figures.back() <= 0;
        above += figures.back() >= 0;
    }
    std::sort(figures.begin(), figures.end());
    const double p = 2 * double(std::min(below, above) + 1) / double(draws + 1);
    return {quantile(figures, 0.025), quantile(figures, 0.975), std::min(1.0, p)};
}

double macroF1(std::span<const int> labels, std::span<const int> predicted, std::span<const std::uint32_t> weights) {
    int classes = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) classes = std::max({classes, labels[i] + 1, predicted[i] + 1});
    std::vector<double> hit(std::size_t(classes), 0), labelled(hit), guessed(hit);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double w = weights[i];
        if (labels[i] >= 0) labelled[std::size_t(labels[i])] += w;
        if (predicted[i] >= 0) guessed[std::size_t(predicted[i])] += w;
        if (labels[i] >= 0 && labels[i] == predicted[i]) hit[std::size_t(labels[i])] += w;
    }
    double sum = 0, present = 0;
    for (std::size_t k = 0; k < hit.size(); ++k) {
        if (labelled[k] + guessed[k] == 0) continue;
        sum += 2 * hit[k] / (labelled[k] + guessed[k]);
        ++present;
    }
    return present > 0 ? sum / present : 0;
}

}  // namespace lathe::runs
