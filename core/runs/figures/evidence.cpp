#include "core/runs/figures/evidence.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace lathe::runs::figures {
namespace {

double logChoose(std::int64_t n, std::int64_t k) {
    return std::lgamma(double(n) + 1) - std::lgamma(double(k) + 1) - std::lgamma(double(n - k) + 1);
}

}  // namespace

double fisherExact(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
    const std::int64_t row = a + b, column = a + c, n = a + b + c + d;
    if (row == 0 || column == 0 || row == n || column == n) return 1;
    const auto probability = [&](std::int64_t k) {
        return std::exp(logChoose(column, k) + logChoose(n - column, row - k) - logChoose(n, row));
    };
    const double own = probability(a) * (1 + 1e-7);
    double sum = 0;
    for (std::int64_t k = std::max<std::int64_t>(0, row + column - n); k <= std::min(row, column); ++k)
        if (const double p = probability(k); p <= own) sum += p;
    return std::min(1.0, sum);
}

double permutationP(std::size_t n, std::size_t part, double observed, double whole,
                    const std::function<double(std::span<const std::uint32_t>)>& figure, int draws, std::uint64_t seed) {
    if (part == 0 || part >= n) return 1;
    std::mt19937_64 random(seed);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::vector<std::uint32_t> weights(n);
    const double least = std::abs(observed - whole) * (1 - 1e-9);
    int beyond = 0;
    for (int draw = 0; draw < draws; ++draw) {
        std::fill(weights.begin(), weights.end(), 0);
        for (std::size_t i = 0; i < part; ++i) {
            std::swap(order[i], order[i + std::size_t(random() % (n - i))]);
            weights[order[i]] = 1;
        }
        const double drawn = figure(weights);
        beyond += drawn < 0 || std::abs(drawn - whole) >= least;
    }
    return double(beyond + 1) / double(draws + 1);
}

std::vector<double> discoveryAdjusted(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return p[x] < p[y]; });
    std::vector<double> out(p.size());
    double least = 1;
    for (std::size_t i = order.size(); i-- > 0;) {
        least = std::min(least, p[order[i]] * double(p.size()) / double(i + 1));
        out[order[i]] = least;
    }
    return out;
}

}  // namespace lathe::runs::figures
