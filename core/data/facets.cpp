#include "core/data/facets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/time.h"
#include "core/data/parallel.h"
#include "core/data/query_eval.h"
#include "core/data/sorted.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

constexpr std::size_t kParts = 16;  // of the images, for the cores
constexpr double kWantedBins = 24;

constexpr std::array<std::string_view, kMeasures> kFields{"annotations",   "width",    "height",    "aspect",
                                                          "brightness",    "contrast", "sharpness", "entropy",
                                                          "colourfulness", "area",     "confidence"};

bool isOfObjects(Measure m) {
    return m == Measure::Area || m == Measure::Confidence;
}
bool isByPowers(Measure m) {
    return m == Measure::Area || m == Measure::Sharpness;
}

/// The values of a measure: of an image's rank, or of an object's place. Negative or NaN: not known.
class Values {
public:
    Values(const store::ColumnIndex& index, Measure of) : m_index(index), m_of(of) {
        switch (of) {
            case Measure::Brightness: m_floats = index.brightness(); break;
            case Measure::Contrast: m_floats = index.contrast(); break;
            case Measure::Sharpness: m_floats = index.sharpness(); break;
            case Measure::Entropy: m_floats = index.entropy(); break;
            case Measure::Colourfulness: m_floats = index.colourfulness(); break;
            case Measure::Area: m_floats = index.objectAreas(); break;
            case Measure::Confidence: m_floats = index.objectConfidences(); break;
            default: break;
        }
    }
    [[nodiscard]] double at(std::size_t k) const {
        switch (m_of) {
            case Measure::Annotations: return double(m_index.objectStart()[k + 1] - m_index.objectStart()[k]);
            case Measure::Width: return known(m_index.widths()[k]);
            case Measure::Height: return known(m_index.heights()[k]);
            case Measure::Aspect: return m_index.heights()[k] > 0 ? double(m_index.widths()[k]) / m_index.heights()[k] : -1;
            case Measure::Area: return m_floats[k] > 0 ? double(m_floats[k]) : -1;
            default: return double(m_floats[k]);
        }
    }
    [[nodiscard]] std::size_t size() const { return isOfObjects(m_of) ? m_index.objectClasses().size() : m_index.imageCount(); }

private:
    static double known(std::int32_t side) { return side > 0 ? side : -1; }
    const store::ColumnIndex& m_index;
    Measure m_of;
    std::span<const float> m_floats;
};

struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    void add(double value) {
        if (!(value >= 0)) return;
        low = std::min(low, value), high = std::max(high, value);
    }
    [[nodiscard]] bool isWide() const { return low < high; }
};

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
    double step = roundStep((range.high - range.low) / kWantedBins);
    if (measure == Measure::Annotations || measure == Measure::Width || measure == Measure::Height) step = std::max(step, 1.0);
    const double first = std::floor(range.low / step), last = std::floor(range.high / step) + 1;
    // Counted, not added up: 0.1 + 0.2 is not what a search term says.
    for (double k = first; k <= last; ++k) edges.push_back(step >= 1 ? k * step : k / std::round(1 / step));
    return edges;
}

/// Bin of a value by the edges; equal bins by division, corrected where rounding missed.
class Binning {
public:
    explicit Binning(const Histogram& histogram) : m_edges(histogram.edges), m_powers(isByPowers(histogram.of)) {
        if (!m_powers) m_scale = double(m_edges.size() - 1) / (m_edges.back() - m_edges.front());
    }
    [[nodiscard]] std::size_t of(double value) const {
        if (m_powers) return std::size_t(std::upper_bound(m_edges.begin(), m_edges.end(), value) - m_edges.begin()) - 1;
        auto k = std::min(std::size_t(std::max(0.0, (value - m_edges.front()) * m_scale)), m_edges.size() - 2);
        if (value < m_edges[k] && k > 0) --k;
        if (value >= m_edges[k + 1] && k + 2 < m_edges.size()) ++k;
        return k;
    }

private:
    const std::vector<double>& m_edges;
    bool m_powers;
    double m_scale = 1;
};

/// Ranges over the whole workspace, so that the bins stay as they are while a search is narrowed.
std::vector<Histogram> emptyHistograms(const store::ColumnIndex& index) {
    std::array<std::array<Range, kParts>, kMeasures> ranges;
    parallelFor(kMeasures * kParts, [&](std::size_t job) {
        const Values values(index, Measure(job / kParts));
        const std::size_t part = job % kParts, n = values.size();
        Range& range = ranges[job / kParts][part];
        for (std::size_t k = n * part / kParts, end = n * (part + 1) / kParts; k < end; ++k) range.add(values.at(k));
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

/// Counts of one part of the images. Class ids are small and dense.
struct Part {
    std::vector<std::int64_t> classImages, classObjects, classLast, authors, kinds;
    std::array<std::int64_t, 256> splits{}, states{};
    std::vector<std::vector<std::int64_t>> bins;

    void countClass(std::int32_t id, std::int64_t rank) {
        const auto k = std::size_t(std::max(id, 0));
        if (k >= classImages.size()) classImages.resize(k + 1), classObjects.resize(k + 1), classLast.resize(k + 1, -1);
        ++classObjects[k];
        if (classLast[k] != rank) classLast[k] = rank, ++classImages[k];
    }
};

class Counter {
public:
    Counter(const store::ColumnIndex& index, const Bits& bits)
        : m_index(index), m_bits(bits), m_histograms(emptyHistograms(index)) {}

    Facets run() {
        std::vector<Part> parts(kParts);
        parallelFor(kParts, [&](std::size_t k) { count(parts[k], m_bits.size() * k / kParts, m_bits.size() * (k + 1) / kParts); });
        Facets out;
        Part whole = std::move(parts.front());
        for (std::size_t k = 1; k < kParts; ++k) add(whole, parts[k]);
        for (std::size_t k = 0; k < whole.classObjects.size(); ++k) {
            if (whole.classObjects[k] == 0) continue;
            out.imagesByClass.emplace_back(ClassId(std::int64_t(k)), whole.classImages[k]);
            out.objectsByClass.emplace_back(ClassId(std::int64_t(k)), whole.classObjects[k]);
        }
        out.bySplit = named(whole.splits, m_index.splitNames());
        out.byState = named(whole.states, m_index.stateNames());
        out.byAuthor = named(whole.authors, m_index.authorNames());
        out.byKind = named(whole.kinds, annot::kKindNames);
        for (std::size_t h = 0; h < m_histograms.size(); ++h) m_histograms[h].counts = whole.bins[h];
        out.histograms = std::move(m_histograms);
        return out;
    }

private:
    template <class Counts, class Names>
    static std::vector<std::pair<std::string, std::int64_t>> named(const Counts& counts, const Names& names) {
        std::vector<std::pair<std::string, std::int64_t>> out;
        for (std::size_t k = 0; k < names.size(); ++k)
            if (counts[k] > 0) out.emplace_back(names[k], counts[k]);
        std::sort(out.begin(), out.end());
        return out;
    }

    static void addTo(std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& other) {
        sum.resize(std::max(sum.size(), other.size()));
        for (std::size_t k = 0; k < other.size(); ++k) sum[k] += other[k];
    }

    static void add(Part& sum, const Part& other) {
        addTo(sum.classImages, other.classImages), addTo(sum.classObjects, other.classObjects);
        addTo(sum.authors, other.authors), addTo(sum.kinds, other.kinds);
        for (std::size_t k = 0; k < 256; ++k) sum.splits[k] += other.splits[k], sum.states[k] += other.states[k];
        for (std::size_t h = 0; h < sum.bins.size(); ++h) addTo(sum.bins[h], other.bins[h]);
    }

    void count(Part& part, std::size_t from, std::size_t to) const {
        part.authors.resize(m_index.authorNames().size()), part.kinds.resize(annot::kKindNames.size());
        const auto start = m_index.objectStart();
        const auto classes = m_index.objectClasses();
        const auto authors = m_index.objectAuthors();
        const auto kinds = m_index.objectKinds();
        const auto splits = m_index.splitCodes(), states = m_index.stateCodes();
        for (std::size_t r = from; r < to; ++r) {
            if (!m_bits.has(r)) continue;
            ++part.splits[splits[r]], ++part.states[states[r]];
            for (std::size_t k = start[r]; k < start[r + 1]; ++k)
                part.countClass(classes[k], std::int64_t(r)), ++part.authors[authors[k]], ++part.kinds[kinds[k]];
        }
        for (const Histogram& histogram : m_histograms) part.bins.push_back(binned(histogram, from, to));
    }

    [[nodiscard]] std::vector<std::int64_t> binned(const Histogram& histogram, std::size_t from, std::size_t to) const {
        std::vector<std::int64_t> bins(histogram.counts.size());
        const Values values(m_index, histogram.of);
        const Binning binning(histogram);
        const auto add = [&](std::size_t k) {
            if (const double value = values.at(k); value >= 0) ++bins[binning.of(value)];
        };
        const auto start = m_index.objectStart();
        for (std::size_t r = from; r < to; ++r) {
            if (!m_bits.has(r)) continue;
            if (!isOfObjects(histogram.of)) {
                add(r);
                continue;
            }
            for (std::size_t k = start[r]; k < start[r + 1]; ++k) add(k);
        }
        return bins;
    }

    const store::ColumnIndex& m_index;
    const Bits& m_bits;
    std::vector<Histogram> m_histograms;
};

void countTags(const store::Workspace& workspace, const store::ColumnIndex& index, const Bits& bits, Facets& out) {
    (void)workspace.read([&](soci::session& sql) -> Result<> {
        std::string tag;
        long long image = 0;
        soci::statement rows =
            (sql.prepare << "SELECT t.name, i.image_id FROM image_tag i JOIN tag t ON t.id = i.tag_id ORDER BY t.name",
             soci::into(tag), soci::into(image));
        for (rows.execute(); rows.fetch();) {
            const auto rank = index.rankOf(ImageId(image));
            if (rank < 0 || !bits.has(std::size_t(rank))) continue;
            if (out.byTag.empty() || out.byTag.back().first != tag) out.byTag.emplace_back(tag, 0);
            ++out.byTag.back().second;
        }
        return {};
    });
}

Facets counted(const store::Workspace& workspace, const store::ColumnIndex& index, const Bits& bits) {
    Facets out = Counter(index, bits).run();
    std::erase_if(out.byAuthor, [](const auto& author) { return author.first.empty(); });
    countTags(workspace, index, bits, out);
    return out;
}

}  // namespace

std::string_view fieldOf(Measure measure) {
    return kFields[std::size_t(measure)];
}

std::string Histogram::term(std::size_t first, std::size_t last) const {
    return fmt::format("{}:{}..{}", fieldOf(of), edges[first], edges[last + 1]);
}

Facets facets(const store::Workspace& workspace, const store::ColumnIndex& index, const std::vector<ImageId>& ids) {
    Bits bits(index.imageCount());
    for (const ImageId id : ids)
        if (const auto rank = index.rankOf(id); rank >= 0) bits.set(std::size_t(rank));
    return counted(workspace, index, bits);
}

Result<SearchResult> search(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& text, Sort sort,
                            bool descending) {
    const base::Stopwatch watch;
    LATHE_TRY(const Bits bits, matching(workspace, index, text));
    SearchResult found;
    found.ids = sortedIds(index, bits, sort, descending);
    found.seconds = watch.seconds();
    found.facets = counted(workspace, index, bits);
    return found;
}

}  // namespace lathe::data
