#include "core/runs/figures/detection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/runs/figures/detection_match.h"
#include "core/runs/figures/interval.h"

namespace lathe::runs::figures {
namespace {

/// Places of each class, by picture, then in the caller's order.
template <class Item>
std::vector<std::vector<int>> grouped(std::span<const Item> items, int categories) {
    std::vector<std::vector<int>> out(static_cast<std::size_t>(categories));
    for (std::size_t i = 0; i < items.size(); ++i) out[std::size_t(items[i].category)].push_back(int(i));
    for (auto& places : out)
        std::stable_sort(places.begin(), places.end(),
                         [&](int a, int b) { return items[std::size_t(a)].image < items[std::size_t(b)].image; });
    return out;
}

/// One detection of a class with how often its picture was drawn.
struct Drawn {
    std::uint64_t hit, ignored;
    double weight;
};

template <class Weight>
void drawnOf(const OfClass& c, Weight weight, std::vector<Drawn>& out) {
    out.clear();
    for (const Judged& j : c.judged)
        if (const auto w = weight(j.image); w > 0) out.push_back({j.hit, j.ignored, double(w)});
}

/// The mean over the 101 recalls of the precision's envelope.
class AveragePrecision {
public:
    [[nodiscard]] double of(const std::vector<Drawn>& drawn, int size, int threshold, double wanted) {
        m_recalls.clear(), m_precisions.clear();
        double hits = 0, misses = 0;
        const std::uint64_t bit = bitOf(size, threshold);
        for (const Drawn& d : drawn) {
            if (d.ignored & bit) continue;
            const bool hit = d.hit & bit;
            (hit ? hits : misses) += d.weight;
            // Only a hit moves recall, and between two hits precision falls: the rest never is the envelope's.
            if (!hit) continue;
            m_recalls.push_back(hits / wanted);
            m_precisions.push_back(hits / (misses + hits + kSpacing));
        }
        return underEnvelope();
    }

private:
    [[nodiscard]] double underEnvelope() {
        for (std::size_t i = m_precisions.size(); i-- > 1;) m_precisions[i - 1] = std::max(m_precisions[i - 1], m_precisions[i]);
        double sum = 0;
        std::size_t at = 0;
        for (int r = 0; r < kRecalls; ++r) {
            while (at < m_recalls.size() && m_recalls[at] < linspace(0, 1, kRecalls, r)) ++at;
            if (at == m_recalls.size()) break;
            sum += m_precisions[at];
        }
        return sum / kRecalls;
    }
    std::vector<double> m_recalls, m_precisions;
};

double recallOf(const OfClass& c, int size, int threshold, int limit) {
    const std::uint64_t bit = bitOf(size, threshold);
    std::int64_t hits = 0;
    for (const Judged& j : c.judged) hits += j.rank < limit && (j.hit & bit);
    return double(hits) / double(c.wanted[std::size_t(size)]);
}

/// Sums with how many there are; -1 where there is none.
struct Mean {
    double sum = 0;
    std::int64_t n = 0;
    void add(double v) { sum += v, ++n; }
    [[nodiscard]] double value() const { return n > 0 ? sum / double(n) : -1; }
};

class Summary {
public:
    explicit Summary(std::span<const OfClass> classes) : m_classes(classes) {}

    void fill(DetectionFigures& f) {
        for (std::size_t k = 0; k < m_classes.size(); ++k) addClass(m_classes[k], f.perClass[k]);
        f.ap = m_ap[0].value(), f.apSmall = m_ap[1].value(), f.apMedium = m_ap[2].value(), f.apLarge = m_ap[3].value();
        f.ap50 = m_ap50.value(), f.ap75 = m_ap75.value();
        f.ar1 = m_limited[0].value(), f.ar10 = m_limited[1].value(), f.ar100 = m_limited[2].value();
        f.arSmall = m_ar[1].value(), f.arMedium = m_ar[2].value(), f.arLarge = m_ar[3].value();
    }

private:
    void addClass(const OfClass& c, DetectionFigures::PerClass& figures) {
        Mean ap, ar;
        drawnOf(
            c, [](int) { return 1u; }, m_drawn);
        for (int size = 0; size < kSizes; ++size) {
            const auto wanted = double(c.wanted[std::size_t(size)]);
            if (wanted == 0) continue;
            Mean ofSize;
            for (int t = 0; t < kThresholds; ++t) {
                const double p = m_precision.of(m_drawn, size, t, wanted);
                const double r = recallOf(c, size, t, kMostDetections);
                m_ap[std::size_t(size)].add(p);
                m_ar[std::size_t(size)].add(r);
                ofSize.add(p);
                if (size > 0) continue;
                ap.add(p), ar.add(r);
                for (std::size_t l = 0; l < kLimits.size(); ++l) m_limited[l].add(recallOf(c, 0, t, kLimits[l]));
                if (t == 0) m_ap50.add(figures.ap50 = p);
                if (t == 5) m_ap75.add(p);
            }
            if (size > 0) figures.apOfSize[std::size_t(size - 1)] = ofSize.value();
        }
        figures.ap = ap.value(), figures.ar100 = ar.value();
        figures.truths = c.wanted[0], figures.detections = std::int64_t(c.judged.size());
    }
    std::span<const OfClass> m_classes;
    std::array<Mean, kSizes> m_ap, m_ar;
    std::array<Mean, kLimits.size()> m_limited;
    Mean m_ap50, m_ap75;
    std::vector<Drawn> m_drawn;
    AveragePrecision m_precision;
};

/// One after the other in the order that intervals() and their places have: ap, ap50, of sizes, ap of classes, ap50 of classes.
std::vector<double> flat(DetectionMatches::Draw draw) {
    std::vector<double> values{draw.ap, draw.ap50};
    values.insert(values.end(), draw.apOfSize.begin(), draw.apOfSize.end());
    values.insert(values.end(), draw.apOfClass.begin(), draw.apOfClass.end());
    values.insert(values.end(), draw.ap50OfClass.begin(), draw.ap50OfClass.end());
    return values;
}

Result<> addIntervals(const DetectionMatches& matches, int images, const DetectionOptions& options, DetectionFigures& f) {
    LATHE_TRY(auto values, resampled(std::size_t(images), {options.resamples, options.seed, options.stop},
                                     [&](Weights weights) { return flat(matches.draw(weights)); }));
    f.apInterval = middleAbout(f.ap, std::move(values[0]));
    f.ap50Interval = middleAbout(f.ap50, std::move(values[1]));
    const double ofSize[] = {f.apSmall, f.apMedium, f.apLarge};
    for (std::size_t k = 0; k < 3; ++k) f.apOfSizeInterval[k] = middleAbout(ofSize[k], std::move(values[2 + k]));
    const std::size_t classes = f.perClass.size();
    for (std::size_t k = 0; k < classes; ++k) {
        f.perClass[k].apInterval = middleAbout(f.perClass[k].ap, std::move(values[5 + k]));
        f.perClass[k].ap50Interval = middleAbout(f.perClass[k].ap50, std::move(values[5 + classes + k]));
    }
    return {};
}

template <class Item>
Result<> check(std::span<const Item> items, int images, int categories, const char* what) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].image < 0 || items[i].image >= images)
            return fail(ErrorCode::InvalidArgument, fmt::format("picture {} of {} is not there", items[i].image, images),
                        fmt::format("{} {}", what, i));
        if (items[i].category < 0 || items[i].category >= categories)
            return fail(ErrorCode::InvalidArgument, fmt::format("class {} of {} is not there", items[i].category, categories),
                        fmt::format("{} {}", what, i));
        const DetectionBox& b = items[i].box;
        if (!std::isfinite(b.x + b.y + b.w + b.h))
            return fail(ErrorCode::InvalidArgument, "the box is not finite", fmt::format("{} {}", what, i));
    }
    return {};
}

}  // namespace

struct DetectionMatches::Data {
    std::vector<OfClass> classes;
    std::vector<int> found;
};

DetectionMatches::DetectionMatches(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
DetectionMatches::DetectionMatches(DetectionMatches&&) noexcept = default;
DetectionMatches& DetectionMatches::operator=(DetectionMatches&&) noexcept = default;
DetectionMatches::~DetectionMatches() = default;

Result<DetectionMatches> DetectionMatches::of(std::span<const DetectionTruth> truths, std::span<const Detection> detections,
                                              int images, int categories, const std::stop_token& stop) {
    LATHE_CHECK(check(truths, images, categories, "truth"));
    LATHE_CHECK(check(detections, images, categories, "detection"));
    for (std::size_t i = 0; i < detections.size(); ++i)
        if (std::isnan(detections[i].score))
            return fail(ErrorCode::InvalidArgument, "the score is not a number", fmt::format("detection {}", i));
    auto data = std::make_unique<Data>();
    data->found.assign(detections.size(), kIgnored);
    const Lists lists{truths, detections, data->found};
    const auto truthsOf = grouped(truths, categories), detectionsOf = grouped(detections, categories);
    data->classes.reserve(std::size_t(categories));
    for (std::size_t k = 0; k < std::size_t(categories); ++k) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "Cancelled");
        data->classes.push_back(judgeClass(lists, truthsOf[k], detectionsOf[k]));
    }
    return DetectionMatches(std::move(data));
}

DetectionFigures DetectionMatches::figures() const {
    DetectionFigures figures;
    figures.perClass.resize(m_data->classes.size());
    figures.found = m_data->found;
    Summary(m_data->classes).fill(figures);
    return figures;
}

DetectionMatches::Draw DetectionMatches::draw(std::span<const std::uint32_t> weights, bool sizes) const {
    Draw out;
    Mean ap, ap50;
    std::array<Mean, kSizes> ofSize;
    std::vector<Drawn> drawn;
    AveragePrecision precision;
    for (const OfClass& c : m_data->classes) {
        std::array<double, kSizes> wanted{};
        for (const auto& [image, shapes] : c.wantedIn)
            for (std::size_t s = 0; s < kSizes; ++s) wanted[s] += double(weights[std::size_t(image)]) * shapes[s];
        drawnOf(
            c, [&](int image) { return weights[std::size_t(image)]; }, drawn);
        Mean mine;
        double at50 = -1;
        for (int size = 0; size < (sizes ? kSizes : 1); ++size) {
            if (wanted[std::size_t(size)] == 0) continue;
            for (int t = 0; t < kThresholds; ++t) {
                const double p = precision.of(drawn, size, t, wanted[std::size_t(size)]);
                (size == 0 ? ap : ofSize[std::size_t(size)]).add(p);
                if (size == 0) mine.add(p);
                if (size == 0 && t == 0) ap50.add(at50 = p);
            }
        }
        out.apOfClass.push_back(mine.value()), out.ap50OfClass.push_back(at50);
    }
    out.ap = ap.value(), out.ap50 = ap50.value();
    for (std::size_t s = 1; s < kSizes; ++s) out.apOfSize[s - 1] = ofSize[s].value();
    return out;
}

std::vector<DetectionMatches::Ranked> DetectionMatches::ranked(int category) const {
    std::vector<Ranked> out;
    for (const Judged& j : m_data->classes[std::size_t(category)].judged)
        if (!(j.ignored & bitOf(0, 0))) out.push_back({j.score, j.image, (j.hit & bitOf(0, 0)) != 0});
    return out;
}

std::int64_t DetectionMatches::wanted(int category) const {
    return m_data->classes[std::size_t(category)].wanted[0];
}

std::int64_t DetectionMatches::judged() const {
    std::int64_t all = 0;
    for (const OfClass& c : m_data->classes) all += std::int64_t(c.judged.size());
    return all;
}

Result<DetectionFigures> detectionFigures(std::span<const DetectionTruth> truths, std::span<const Detection> detections, int images,
                                          int categories, const DetectionOptions& options) {
    LATHE_TRY(const DetectionMatches matches, DetectionMatches::of(truths, detections, images, categories, options.stop));
    DetectionFigures figures = matches.figures();
    if (options.resamples > 0 && images > 0) LATHE_CHECK(addIntervals(matches, images, options, figures));
    return figures;
}

}  // namespace lathe::runs::figures
