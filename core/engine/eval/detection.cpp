#include "core/engine/eval/detection.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "core/engine/eval/interval.h"

namespace lathe::engine::eval {
namespace {

constexpr int kThresholds = 10, kSizes = 4, kRecalls = 101, kMostDetections = 100;
constexpr std::array<int, 3> kLimits = {1, 10, kMostDetections};
constexpr std::array<std::array<double, 2>, kSizes> kAreas = {{{0, 1e10}, {0, 32. * 32}, {32. * 32, 96. * 96}, {96. * 96, 1e10}}};
constexpr double kSpacing = std::numeric_limits<double>::epsilon();  // numpy.spacing(1)
constexpr int kNothing = -1, kIgnored = -2;

/// numpy.linspace(first, last, count)[i]
double linspace(double first, double last, int count, int i) {
    return i == count - 1 ? last : first + i * ((last - first) / (count - 1));
}

double overlap(const DetectionBox& d, const DetectionTruth& g) {
    const double w = std::fmin(d.w + d.x, g.box.w + g.box.x) - std::fmax(d.x, g.box.x);
    if (w <= 0) return 0;
    const double h = std::fmin(d.h + d.y, g.box.h + g.box.y) - std::fmax(d.y, g.box.y);
    if (h <= 0) return 0;
    const double common = w * h;
    return common / (g.crowd ? d.w * d.h : d.w * d.h + g.box.w * g.box.h - common);
}

bool isOutside(double area, int size) {
    return area < kAreas[std::size_t(size)][0] || area > kAreas[std::size_t(size)][1];
}

/// One detection of a class, with a bit for every size and threshold: bit size * kThresholds + threshold.
struct Judged {
    double score;
    int image, place, rank;  ///< place: in the caller's list; rank: among those of its picture and class, best first
    std::uint64_t hit = 0, ignored = 0;
};

constexpr std::uint64_t bitOf(int size, int threshold) {
    return 1ull << (size * kThresholds + threshold);
}

/// All of one class: what was judged, best first over all pictures, and what was to be found.
struct OfClass {
    std::vector<Judged> judged;
    std::array<std::int64_t, kSizes> wanted{};
    std::vector<std::pair<int, int>> wantedIn;  ///< picture, shapes of any size to be found there
};

struct Lists {
    std::span<const DetectionTruth> truths;
    std::span<const Detection> detections;
    std::vector<int>& found;
};

/// The pairs of one picture and class: detections best first against the truths.
class Picture {
public:
    Picture(const Lists& lists, std::span<const int> truths, std::span<const int> detections)
        : m_lists(lists), m_truths(truths), m_detections(detections), m_overlaps(truths.size() * detections.size()) {
        for (std::size_t d = 0; d < detections.size(); ++d)
            for (std::size_t g = 0; g < truths.size(); ++g) m_overlaps[d * truths.size() + g] = overlap(box(d), truth(g));
    }

    void judge(std::span<Judged> judged) {
        for (int size = 0; size < kSizes; ++size) {
            order(size);
            for (int t = 0; t < kThresholds; ++t) match(size, t, judged);
        }
    }

private:
    [[nodiscard]] const DetectionBox& box(std::size_t d) const { return m_lists.detections[std::size_t(m_detections[d])].box; }
    [[nodiscard]] const DetectionTruth& truth(std::size_t g) const { return m_lists.truths[std::size_t(m_truths[g])]; }

    // What is to be found first, then what is ignored; each in the caller's order.
    void order(int size) {
        m_order.clear();
        m_ignored.assign(m_truths.size(), false);
        for (std::size_t g = 0; g < m_truths.size(); ++g) m_ignored[g] = truth(g).crowd || isOutside(truth(g).area, size);
        for (const bool ignored : {false, true})
            for (std::size_t g = 0; g < m_truths.size(); ++g)
                if (m_ignored[g] == ignored) m_order.push_back(g);
    }

    void match(int size, int t, std::span<Judged> judged) {
        const double least = std::min(linspace(0.5, 0.95, kThresholds, t), 1 - 1e-10);
        m_taken.assign(m_truths.size(), false);
        for (std::size_t d = 0; d < judged.size(); ++d) {
            const int g = best(d, least);
            if (g >= 0) {
                m_taken[std::size_t(g)] = true;
                judged[d].hit |= m_ignored[std::size_t(g)] ? 0 : bitOf(size, t);
                judged[d].ignored |= m_ignored[std::size_t(g)] ? bitOf(size, t) : 0;
            } else if (isOutside(box(d).w * box(d).h, size)) {
                judged[d].ignored |= bitOf(size, t);
            }
            if (size == 0 && t == 0)
                m_lists.found[std::size_t(judged[d].place)] = judged[d].ignored & 1 ? kIgnored
                                                              : g >= 0              ? m_truths[std::size_t(g)]
                                                                                    : kNothing;
        }
    }

    // The last of the best ones, as pycocotools takes it; one that is ignored only where no other is there.
    [[nodiscard]] int best(std::size_t d, double least) const {
        int at = -1;
        for (const std::size_t g : m_order) {
            if (m_taken[g] && !truth(g).crowd) continue;
            if (at >= 0 && !m_ignored[std::size_t(at)] && m_ignored[g]) break;
            const double o = m_overlaps[d * m_truths.size() + g];
            if (o < least) continue;
            least = o;
            at = int(g);
        }
        return at;
    }

    const Lists& m_lists;
    std::span<const int> m_truths, m_detections;
    std::vector<double> m_overlaps;
    std::vector<std::size_t> m_order;
    std::vector<char> m_ignored, m_taken;
};

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

/// The run of `image` at or behind `at`; moves `at` behind it.
template <class Item>
std::span<const int> runOf(std::span<const Item> items, const std::vector<int>& places, std::size_t& at, int image) {
    while (at < places.size() && items[std::size_t(places[at])].image < image) ++at;
    const std::size_t first = at;
    while (at < places.size() && items[std::size_t(places[at])].image == image) ++at;
    return std::span(places).subspan(first, at - first);
}

OfClass judgeClass(const Lists& lists, const std::vector<int>& truths, const std::vector<int>& detections) {
    OfClass out;
    std::size_t t = 0, d = 0;
    std::vector<int> best;
    while (t < truths.size() || d < detections.size()) {
        const int ti = t < truths.size() ? lists.truths[std::size_t(truths[t])].image : std::numeric_limits<int>::max();
        const int di = d < detections.size() ? lists.detections[std::size_t(detections[d])].image : std::numeric_limits<int>::max();
        const int image = std::min(ti, di);
        const auto here = runOf(lists.truths, truths, t, image);
        const auto given = runOf(lists.detections, detections, d, image);
        int wanted = 0;
        for (const int g : here) {
            const auto& truth = lists.truths[std::size_t(g)];
            if (truth.crowd) continue;
            for (int size = 0; size < kSizes; ++size) out.wanted[std::size_t(size)] += !isOutside(truth.area, size);
            wanted += !isOutside(truth.area, 0);
        }
        if (wanted > 0) out.wantedIn.emplace_back(image, wanted);
        best.assign(given.begin(), given.end());
        std::stable_sort(best.begin(), best.end(), [&](int a, int b) {
            return lists.detections[std::size_t(a)].score > lists.detections[std::size_t(b)].score;
        });
        if (best.size() > kMostDetections) best.resize(kMostDetections);
        const std::size_t first = out.judged.size();
        for (std::size_t k = 0; k < best.size(); ++k)
            out.judged.push_back({lists.detections[std::size_t(best[k])].score, image, best[k], int(k)});
        Picture(lists, here, best).judge(std::span(out.judged).subspan(first));
    }
    std::stable_sort(out.judged.begin(), out.judged.end(), [](const Judged& a, const Judged& b) { return a.score > b.score; });
    return out;
}

/// The mean over the 101 recalls of the precision's envelope. `weight` of a picture: how often it was drawn.
template <class Weight>
double averagePrecision(const OfClass& c, int size, int threshold, double wanted, std::vector<double>& recalls,
                        std::vector<double>& precisions, Weight weight) {
    recalls.clear();
    precisions.clear();
    double hits = 0, misses = 0;
    const std::uint64_t bit = bitOf(size, threshold);
    for (const Judged& j : c.judged) {
        if (j.ignored & bit) continue;
        const double w = weight(j.image);
        if (w == 0) continue;
        const bool hit = j.hit & bit;
        (hit ? hits : misses) += w;
        // Only a hit moves recall, and between two hits precision falls: the rest never is the envelope's.
        if (!hit) continue;
        recalls.push_back(hits / wanted);
        precisions.push_back(hits / (misses + hits + kSpacing));
    }
    for (std::size_t i = precisions.size(); i-- > 1;) precisions[i - 1] = std::max(precisions[i - 1], precisions[i]);
    double sum = 0;
    std::size_t at = 0;
    for (int r = 0; r < kRecalls; ++r) {
        while (at < recalls.size() && recalls[at] < linspace(0, 1, kRecalls, r)) ++at;
        if (at == recalls.size()) break;
        sum += precisions[at];
    }
    return sum / kRecalls;
}

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
        for (int size = 0; size < kSizes; ++size) {
            const auto wanted = double(c.wanted[std::size_t(size)]);
            if (wanted == 0) continue;
            for (int t = 0; t < kThresholds; ++t) {
                const double p = averagePrecision(c, size, t, wanted, m_recalls, m_precisions, [](int) { return 1.; });
                const double r = recallOf(c, size, t, kMostDetections);
                m_ap[std::size_t(size)].add(p);
                m_ar[std::size_t(size)].add(r);
                if (size > 0) continue;
                ap.add(p), ar.add(r);
                for (std::size_t l = 0; l < kLimits.size(); ++l) m_limited[l].add(recallOf(c, 0, t, kLimits[l]));
                if (t == 0) m_ap50.add(figures.ap50 = p);
                if (t == 5) m_ap75.add(p);
            }
        }
        figures.ap = ap.value(), figures.ar100 = ar.value();
        figures.truths = c.wanted[0], figures.detections = std::int64_t(c.judged.size());
    }
    std::span<const OfClass> m_classes;
    std::array<Mean, kSizes> m_ap, m_ar;
    std::array<Mean, kLimits.size()> m_limited;
    Mean m_ap50, m_ap75;
    std::vector<double> m_recalls, m_precisions;
};

/// The percentiles without the bias of the resamples' mean: over fewer different pictures precision's envelope is higher.
std::array<double, 2> middleAbout(double figure, std::vector<double> resampled) {
    std::erase(resampled, -1);
    if (resampled.empty() || figure < 0) return {-1, -1};
    const double bias = std::accumulate(resampled.begin(), resampled.end(), 0.0) / double(resampled.size()) - figure;
    const auto [low, high] = middle95(std::move(resampled));
    return {std::clamp(low - bias, 0.0, figure), std::clamp(high - bias, figure, 1.0)};
}

Result<> addIntervals(std::span<const OfClass> classes, int images, const DetectionOptions& options, DetectionFigures& f) {
    std::mt19937_64 random(options.seed);
    std::vector<double> drawn(static_cast<std::size_t>(images)), aps, ap50s, recalls, precisions;
    for (int n = 0; n < options.resamples; ++n) {
        if (options.stop.stop_requested()) return fail(ErrorCode::Cancelled, "Cancelled");
        std::fill(drawn.begin(), drawn.end(), 0);
        for (int i = 0; i < images; ++i) ++drawn[std::size_t(random() % std::uint64_t(images))];
        Mean ap, ap50;
        for (const OfClass& c : classes) {
            double wanted = 0;
            for (const auto& [image, count] : c.wantedIn) wanted += drawn[std::size_t(image)] * count;
            if (wanted == 0) continue;
            for (int t = 0; t < kThresholds; ++t) {
                const double p =
                    averagePrecision(c, 0, t, wanted, recalls, precisions, [&](int image) { return drawn[std::size_t(image)]; });
                ap.add(p);
                if (t == 0) ap50.add(p);
            }
        }
        aps.push_back(ap.value());
        ap50s.push_back(ap50.value());
    }
    f.apInterval = middleAbout(f.ap, std::move(aps));
    f.ap50Interval = middleAbout(f.ap50, std::move(ap50s));
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

Result<DetectionFigures> detectionFigures(std::span<const DetectionTruth> truths, std::span<const Detection> detections, int images,
                                          int categories, const DetectionOptions& options) {
    LATHE_CHECK(check(truths, images, categories, "truth"));
    LATHE_CHECK(check(detections, images, categories, "detection"));
    for (std::size_t i = 0; i < detections.size(); ++i)
        if (std::isnan(detections[i].score))
            return fail(ErrorCode::InvalidArgument, "the score is not a number", fmt::format("detection {}", i));
    DetectionFigures figures;
    figures.perClass.resize(std::size_t(categories));
    figures.found.assign(detections.size(), kIgnored);
    const Lists lists{truths, detections, figures.found};
    const auto truthsOf = grouped(truths, categories), detectionsOf = grouped(detections, categories);
    std::vector<OfClass> classes;
    classes.reserve(std::size_t(categories));
    for (std::size_t k = 0; k < std::size_t(categories); ++k) {
        if (options.stop.stop_requested()) return fail(ErrorCode::Cancelled, "Cancelled");
        classes.push_back(judgeClass(lists, truthsOf[k], detectionsOf[k]));
    }
    Summary(classes).fill(figures);
    if (options.resamples > 0 && images > 0) LATHE_CHECK(addIntervals(classes, images, options, figures));
    return figures;
}

Json toJson(const DetectionFigures& f, const std::vector<std::string>& classes) {
    Json metrics = Json::object(), perClass = Json::array();
    const auto put = [](Json& to, const char* name, double value) {
        if (value >= 0) to[name] = value;
    };
    const std::pair<const char*, double> named[] = {{"ap", f.ap},
                                                    {"ap50", f.ap50},
                                                    {"ap75", f.ap75},
                                                    {"ap_small", f.apSmall},
                                                    {"ap_medium", f.apMedium},
                                                    {"ap_large", f.apLarge},
                                                    {"ar1", f.ar1},
                                                    {"ar10", f.ar10},
                                                    {"ar100", f.ar100},
                                                    {"ar_small", f.arSmall},
                                                    {"ar_medium", f.arMedium},
                                                    {"ar_large", f.arLarge},
                                                    {"ap_low", f.apInterval[0]},
                                                    {"ap_high", f.apInterval[1]},
                                                    {"ap50_low", f.ap50Interval[0]},
                                                    {"ap50_high", f.ap50Interval[1]}};
    for (const auto& [name, value] : named) put(metrics, name, value);
    for (std::size_t k = 0; k < f.perClass.size() && k < classes.size(); ++k) {
        const auto& c = f.perClass[k];
        Json row = {{"class", classes[k]}, {"truths", c.truths}, {"detections", c.detections}};
        put(row, "ap", c.ap), put(row, "ap50", c.ap50), put(row, "ar100", c.ar100);
        perClass.push_back(std::move(row));
    }
    return {{"metrics", std::move(metrics)}, {"per_class", std::move(perClass)}};
}

}  // namespace lathe::engine::eval
