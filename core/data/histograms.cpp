#include "core/data/histograms.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "core/data/parallel.h"

namespace lathe::data {
namespace {

constexpr std::size_t kRangeParts = 16;  // of the images, for the cores
constexpr double kWantedBins = 24;

bool isOfObjects(Measure m) {
    return m == Measure::Area || m == Measure::Confidence;
}
bool isByPowers(Measure m) {
    return m == Measure::Area || m == Measure::Sharpness;
}

/// Calls work(value) with a function from an image's rank, or an object's place, to what it has of the measure. Negative or NaN:
/// not known. Each kind of function is a type of its own, so that the loops over ten million objects hold no choice.
template <class Work>
auto withValues(const store::ColumnIndex& index, Measure of, const Work& work) {
    const auto floats = [&](std::span<const float> values) { return work([values](std::size_t k) { return values[k]; }); };
    const auto sides = [&](std::span<const std::int32_t> values) {
        return work([values](std::size_t k) { return values[k] > 0 ? float(values[k]) : -1.0f; });
    };
    switch (of) {
        case Measure::Annotations:
            return work([start = index.objectStart()](std::size_t k) { return float(start[k + 1] - start[k]); });
        case Measure::Width: return sides(index.widths());
        case Measure::Height: return sides(index.heights());
        case Measure::Aspect:
            return work([w = index.widths(), h = index.heights()](std::size_t k) { return h[k] > 0 ? double(w[k]) / h[k] : -1.0; });
        case Measure::Brightness: return floats(index.brightness());
        case Measure::Contrast: return floats(index.contrast());
        case Measure::Sharpness: return floats(index.sharpness());
        case Measure::Entropy: return floats(index.entropy());
        case Measure::Colourfulness: return floats(index.colourfulness());
        case Measure::Confidence: return floats(index.objectConfidences());
        case Measure::Area: break;
    }
    return work([areas = index.objectAreas()](std::size_t k) { return areas[k] > 0 ? areas[k] : -1.0f; });
}

struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    void add(double value) {
        if (!(value >= 0)) return;
        low = std::min(low, value), high = std::max(high, value);
    }
    [[nodiscard]] bool isWide() const { return low < high; }
};

template <class Value>
Range rangeOf(const Value& valueAt, std::size_t from, std::size_t to) {
    using Number = decltype(valueAt(from));
    Number low = std::numeric_limits<Number>::infinity(), high = -std::numeric_limits<Number>::infinity();
    for (std::size_t k = from; k < to; ++k) {
        const Number value = valueAt(k);
        low = value >= 0 && value < low ? value : low;
        high = value >= 0 && value > high ? value : high;
    }
    return {low, high};
}

double roundStep(double rough) {
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double step : {1.0, 2.0, 5.0})
        if (step * power >= rough) return step * power;
    return 10 * power;
}

std::vector<double> edgesOf(Measure measure, const Range& range) {
    std::vector<double> edges;
    if (isByPowers(measure)) {
        double edge = std::exp2(std::floor(std::log2(std::max(range.low, 1.0))));
        if (range.low < edge) edges.push_back(0);
        for (; edge <= range.high; edge *= 2) edges.push_back(edge);
        edges.push_back(edge);
        return edges;
    }
    const bool whole = measure == Measure::Annotations || measure == Measure::Width || measure == Measure::Height;
    return roundEdges(range.low, range.high, whole ? 1 : 0);
}

/// Equal bins by division, corrected where rounding missed.
class EqualBins {
public:
    explicit EqualBins(const std::vector<double>& edges)
        : m_edges(edges), m_scale(double(edges.size() - 1) / (edges.back() - edges.front())) {}
    [[nodiscard]] std::size_t of(double value) const {
        auto k = std::min(std::size_t(std::max(0.0, (value - m_edges.front()) * m_scale)), m_edges.size() - 2);
        if (value < m_edges[k] && k > 0) --k;
        if (value >= m_edges[k + 1] && k + 2 < m_edges.size()) ++k;
        return k;
    }

private:
    const std::vector<double>& m_edges;
    double m_scale;
};

/// Powers of two, below them perhaps a bin from 0: by the exponent.
class PowerBins {
public:
    explicit PowerBins(const std::vector<double>& edges)
        : m_zero(edges.front() == 0), m_first(exponentOf(float(edges[m_zero ? 1 : 0]))) {}
    [[nodiscard]] std::size_t of(double value) const {
        return std::size_t(std::max(exponentOf(float(value)) - m_first + int(m_zero), 0));
    }

private:
    static int exponentOf(float value) { return int(std::bit_cast<std::uint32_t>(value) >> 23) - 127; }
    bool m_zero;
    int m_first;
};

template <class Value, class Bins>
void addBins(std::vector<std::int64_t>& counts, const Value& valueAt, const Bins& bins, std::size_t from, std::size_t to) {
    for (std::size_t k = from; k < to; ++k)
        if (const auto value = valueAt(k); value >= 0) ++counts[bins.of(value)];
}

}  // namespace

std::vector<double> roundEdges(double low, double high, double leastStep) {
    std::vector<double> edges;
    const double step = std::max(roundStep((high - low) / kWantedBins), leastStep);
    const double first = std::floor(low / step), last = std::floor(high / step) + 1;
    // Counted, not added up: 0.1 + 0.2 is not what a search term says.
    for (double k = first; k <= last; ++k) edges.push_back(step >= 1 ? k * step : k / std::round(1 / step));
    return edges;
}

std::vector<Histogram> emptyHistograms(const store::ColumnIndex& index) {
    std::array<std::array<Range, kRangeParts>, kMeasures> ranges;
    parallelFor(kMeasures * kRangeParts, [&](std::size_t job) {
        const auto measure = Measure(job / kRangeParts);
        const std::size_t part = job % kRangeParts, n = isOfObjects(measure) ? index.objectClasses().size() : index.imageCount();
        ranges[job / kRangeParts][part] = withValues(index, measure, [&](const auto& valueAt) {
            return rangeOf(valueAt, n * part / kRangeParts, n * (part + 1) / kRangeParts);
        });
    });
    std::vector<Histogram> histograms;
    for (std::size_t m = 0; m < kMeasures; ++m) {
        Range whole;
        for (const Range& range : ranges[m])
            if (range.low <= range.high) whole.add(range.low), whole.add(range.high);
        if (!whole.isWide()) continue;
        auto edges = edgesOf(Measure(m), whole);
        const std::size_t bins = edges.size() - 1;
        histograms.push_back({Measure(m), std::move(edges), std::vector<std::int64_t>(bins, 0)});
    }
    return histograms;
}

std::vector<std::int64_t> binned(const store::ColumnIndex& index, const Histogram& histogram, const Bits& bits, std::size_t from,
                                 std::size_t to) {
    std::vector<std::int64_t> counts(histogram.counts.size());
    const auto start = index.objectStart();
    const auto count = [&](const auto& valueAt, const auto& bins) {
        for (std::size_t r = from; r < to; ++r) {
            if (!bits.has(r)) continue;
            const std::size_t first = isOfObjects(histogram.of) ? start[r] : r;
            addBins(counts, valueAt, bins, first, isOfObjects(histogram.of) ? start[r + 1] : r + 1);
        }
    };
    withValues(index, histogram.of, [&](const auto& valueAt) {
        if (isByPowers(histogram.of))
            count(valueAt, PowerBins(histogram.edges));
        else
            count(valueAt, EqualBins(histogram.edges));
    });
    return counts;
}

}  // namespace lathe::data
