#include "core/data/bins.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace lathe::data {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();
constexpr std::size_t kFewValues = 12;

/// The value below which `share` of the images lie.
double quantile(const ValueCounts& values, double share) {
    std::int64_t all = 0, below = 0;
    const auto imagesOf = [](const std::vector<std::int64_t>& counts) {
        std::int64_t n = 0;
        for (const auto count : counts) n += count;
        return n;
    };
    for (const auto& [value, counts] : values) all += imagesOf(counts);
    for (const auto& [value, counts] : values)
        if (below += imagesOf(counts); double(below) >= share * double(all)) return value;
    return values.empty() ? 0 : values.rbegin()->first;
}

Bars singles(const std::string& field, const ValueCounts& values, std::size_t splits) {
    Bars bars;
    bars.single = true;
    for (const auto& [value, counts] : values)
        bars.bins.push_back({value, value + 1, numberText(value), field + "=" + numberText(value), std::vector<Count>(splits)});
    return bars;
}

}  // namespace

double roundStep(double span, int most) {
    const double wanted = std::max(span, 1e-300) / most;
    const double decade = std::pow(10, std::floor(std::log10(wanted)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (decade * factor >= wanted * (1 - 1e-12)) return decade * factor;
    return decade * 10;
}

double roundEdge(double step, std::int64_t n) {
    return std::strtod(fmt::format("{:.12g}", step * double(n)).c_str(), nullptr);
}

std::string numberText(double value) {
    return fmt::format("{}", value);
}

std::string rangeQuery(const std::string& field, double from, double to) {
    if (std::isinf(from)) return std::isinf(to) ? "" : field + "<" + numberText(to);
    if (std::isinf(to)) return field + ">=" + numberText(from);
    return field + ":" + numberText(from) + ".." + numberText(to);
}

std::string rangeLabel(double from, double to, bool whole) {
    if (std::isinf(from)) return "< " + numberText(to);
    if (std::isinf(to)) return "≥ " + numberText(from);
    const double last = whole ? to - 1 : to;
    return whole && last == from ? numberText(from) : numberText(from) + "–" + numberText(last);
}

Bars binsBetween(const std::string& field, const std::vector<double>& edges, std::size_t splits, bool whole) {
    Bars bars;
    for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
        const double from = edges[k], to = edges[k + 1];
        bars.bins.push_back({from, to, rangeLabel(from, to, whole), rangeQuery(field, from, to), std::vector<Count>(splits)});
    }
    return bars;
}

int binOf(const Bars& bars, double value) {
    const auto& bins = bars.bins;
    const auto after = std::upper_bound(bins.begin(), bins.end(), value, [](double v, const Bin& bin) { return v < bin.from; });
    if (after == bins.begin() || value >= (after - 1)->to) return -1;
    return int(after - bins.begin()) - 1;
}

Bars wholeBins(const std::string& field, const ValueCounts& values, std::size_t splits, int most) {
    Bars bars;
    if (values.empty()) return bars;
    if (values.size() <= kFewValues) {
        bars = singles(field, values, splits);
    } else {
        const double low = quantile(values, 0.01), high = quantile(values, 0.99);
        const double step = std::max(1.0, roundStep(high - low + 1, most));
        const auto first = std::int64_t(std::floor(low / step)), last = std::int64_t(std::floor(high / step)) + 1;
        std::vector<double> edges;
        if (values.begin()->first < roundEdge(step, first)) edges.push_back(-kEndless);
        for (std::int64_t n = first; n <= last; ++n) edges.push_back(roundEdge(step, n));
        if (values.rbegin()->first >= edges.back()) edges.push_back(kEndless);
        // What isn't known is 0 in the index: an open end downwards must not find it.
        if (edges.front() < 1 && values.begin()->first >= 1) edges.front() = 1;
        bars = binsBetween(field, edges, splits, true);
    }
    fill(bars, values);
    return bars;
}

void fill(Bars& bars, const ValueCounts& values) {
    for (const auto& [value, counts] : values) {
        const int bin = binOf(bars, value);
        if (bin < 0) continue;
        for (std::size_t split = 0; split < counts.size(); ++split)
            bars.bins[std::size_t(bin)].bySplit[split].images += counts[split];
    }
}

void trim(Bars& bars) {
    const auto nothing = [](const Bin& bin) { return bin.all() == Count(); };
    auto& bins = bars.bins;
    while (!bins.empty() && nothing(bins.back())) bins.pop_back();
    bins.erase(bins.begin(), std::find_if_not(bins.begin(), bins.end(), nothing));
}

}  // namespace lathe::data
