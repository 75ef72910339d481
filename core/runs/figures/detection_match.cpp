#include "core/runs/figures/detection_match.h"

#include <algorithm>
#include <cmath>

namespace lathe::runs::figures {
namespace {

double overlap(const DetectionBox& d, const DetectionTruth& g) {
    const double w = std::fmin(d.w + d.x, g.box.w + g.box.x) - std::fmax(d.x, g.box.x);
    if (w <= 0) return 0;
    const double h = std::fmin(d.h + d.y, g.box.h + g.box.y) - std::fmax(d.y, g.box.y);
    if (h <= 0) return 0;
    const double common = w * h;
    return common / (g.crowd ? d.w * d.h : d.w * d.h + g.box.w * g.box.h - common);
}

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

/// The run of `image` at or behind `at`; moves `at` behind it.
template <class Item>
std::span<const int> runOf(std::span<const Item> items, const std::vector<int>& places, std::size_t& at, int image) {
    while (at < places.size() && items[std::size_t(places[at])].image < image) ++at;
    const std::size_t first = at;
    while (at < places.size() && items[std::size_t(places[at])].image == image) ++at;
    return std::span(places).subspan(first, at - first);
}

}  // namespace

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
        OfClass::Wanted wanted{image, {}};
        for (const int g : here) {
            const auto& truth = lists.truths[std::size_t(g)];
            if (truth.crowd) continue;
            for (int size = 0; size < kSizes; ++size) wanted.shapes[std::size_t(size)] += !isOutside(truth.area, size);
        }
        for (std::size_t size = 0; size < kSizes; ++size) out.wanted[size] += wanted.shapes[size];
        if (wanted.shapes[0] > 0) out.wantedIn.push_back(wanted);
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

}  // namespace lathe::runs::figures
