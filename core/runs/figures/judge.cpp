#include "core/runs/figures/judge.h"

#include <algorithm>

namespace lathe::runs::figures {
namespace {

constexpr std::int64_t kMostWork = 1'500'000'000;
constexpr int kLeastDraws = 100;

double shareOf(double part, double whole) {
    return whole > 0 ? part / whole : -1;
}

class ClassJudge final : public Judge {
public:
    ClassJudge(std::vector<int> labels, std::vector<int> predicted, int classes)
        : m_labels(std::move(labels)), m_predicted(std::move(predicted)), m_classes(std::size_t(classes)) {}
    [[nodiscard]] std::size_t size() const override { return m_labels.size(); }
    [[nodiscard]] const std::vector<std::string>& metrics() const override {
        static const std::vector<std::string> names{"accuracy", "macro_f1"};
        return names;
    }
    [[nodiscard]] const std::vector<std::string>& classMetrics() const override {
        static const std::vector<std::string> names{"f1", "precision", "recall"};
        return names;
    }
    [[nodiscard]] Figures figures(Weights weights) const override {
        std::vector<double> labelled(m_classes, 0), said(m_classes, 0), hits(m_classes, 0);
        double right = 0, all = 0;
        for (std::size_t i = 0; i < m_labels.size(); ++i) {
            const double w = weights[i];
            labelled[std::size_t(m_labels[i])] += w, said[std::size_t(m_predicted[i])] += w, all += w;
            if (m_labels[i] == m_predicted[i]) hits[std::size_t(m_labels[i])] += w, right += w;
        }
        Figures out;
        double sum = 0, met = 0;
        for (std::size_t k = 0; k < m_classes; ++k) {
            const bool there = labelled[k] + said[k] > 0;
            const double f1 = there ? 2 * hits[k] / (labelled[k] + said[k]) : -1;
            if (there) sum += f1, ++met;
            out.byClass.insert(out.byClass.end(), {f1, shareOf(hits[k], said[k]), shareOf(hits[k], labelled[k])});
        }
        out.whole = {shareOf(right, all), shareOf(sum, met)};
        return out;
    }
    [[nodiscard]] double first(Weights weights) const override {
        double right = 0, all = 0;
        for (std::size_t i = 0; i < m_labels.size(); ++i)
            all += weights[i], right += m_labels[i] == m_predicted[i] ? weights[i] : 0;
        return shareOf(right, all);
    }
    [[nodiscard]] std::vector<std::int64_t> support() const override {
        std::vector<std::int64_t> counts(m_classes, 0);
        for (const int label : m_labels) ++counts[std::size_t(label)];
        return counts;
    }
    [[nodiscard]] std::int64_t work() const override { return std::int64_t(m_labels.size() + m_classes); }

private:
    std::vector<int> m_labels, m_predicted;
    std::size_t m_classes;
};

/// F1 of the objects at the run's own threshold; average precision where the labels' boxes were kept.
class BoxJudge final : public Judge {
public:
    BoxJudge(const Kept& kept, std::unique_ptr<DetectionMatches> matches) : m_kept(kept), m_matches(std::move(matches)) {}
    [[nodiscard]] std::size_t size() const override { return m_kept.samples.size(); }
    [[nodiscard]] const std::vector<std::string>& metrics() const override {
        static const std::vector<std::string> names{"f1", "ap50", "ap"}, few{"f1"};
        return m_matches ? names : few;
    }
    [[nodiscard]] const std::vector<std::string>& classMetrics() const override {
        static const std::vector<std::string> names{"ap50", "ap"}, none;
        return m_matches ? names : none;
    }
    [[nodiscard]] Figures figures(Weights weights) const override {
        Figures out{{first(weights)}, {}};
        if (!m_matches) return out;
        const auto draw = m_matches->draw(weights, false);
        out.whole.insert(out.whole.end(), {draw.ap50, draw.ap});
        for (std::size_t k = 0; k < draw.apOfClass.size(); ++k)
            out.byClass.insert(out.byClass.end(), {draw.ap50OfClass[k], draw.apOfClass[k]});
        return out;
    }
    [[nodiscard]] double first(Weights weights) const override {
        double found = 0, wrong = 0;
        for (std::size_t i = 0; i < m_kept.samples.size(); ++i) {
            const KeptSample& s = m_kept.samples[i];
            found += double(s.found) * weights[i], wrong += double(s.missed + s.falsely) * weights[i];
        }
        return shareOf(2 * found, 2 * found + wrong);
    }
    [[nodiscard]] std::vector<std::int64_t> support() const override {
        std::vector<std::int64_t> counts(m_kept.classes.size(), 0);
        for (const auto& truth : m_kept.truths) counts[std::size_t(truth.category)] += !truth.crowd;
        return counts;
    }
    [[nodiscard]] std::int64_t work() const override {
        return std::int64_t(m_kept.samples.size()) + (m_matches ? 10 * m_matches->judged() : 0);
    }

private:
    const Kept& m_kept;
    std::unique_ptr<DetectionMatches> m_matches;
};

class PixelJudge final : public Judge {
public:
    explicit PixelJudge(const Kept& kept) : m_kept(kept), m_classes(kept.classes.size()) {
        m_hasTruth = std::all_of(kept.samples.begin(), kept.samples.end(), [](const auto& s) { return !s.pixels.empty(); });
    }
    [[nodiscard]] std::size_t size() const override { return m_kept.samples.size(); }
    [[nodiscard]] const std::vector<std::string>& metrics() const override {
        static const std::vector<std::string> names{"miou", "pixel_accuracy"}, few{"miou"};
        return m_hasTruth ? names : few;
    }
    [[nodiscard]] const std::vector<std::string>& classMetrics() const override {
        static const std::vector<std::string> names{"iou", "dice"};
        return names;
    }
    [[nodiscard]] Figures figures(Weights weights) const override {
        std::vector<double> both(m_classes, 0), together(m_classes, 0);
        double right = 0, all = 0;
        for (std::size_t i = 0; i < m_kept.samples.size(); ++i) {
            const KeptSample& s = m_kept.samples[i];
            if (weights[i] == 0) continue;
            for (std::size_t k = 0; k < std::min(s.together.size(), s.intersection.size()); ++k) {
                both[k] += double(s.intersection[k]) * weights[i], together[k] += double(s.together[k]) * weights[i];
                right += double(s.intersection[k]) * weights[i];
            }
            for (const std::int64_t pixels : s.pixels) all += double(pixels) * weights[i];
        }
        Figures out;
        double sum = 0, met = 0;
        for (std::size_t k = 0; k < m_classes; ++k) {
            const double iou = shareOf(both[k], together[k]);
            if (iou >= 0) sum += iou, ++met;
            out.byClass.insert(out.byClass.end(), {iou, shareOf(2 * both[k], together[k] + both[k])});
        }
        out.whole = {shareOf(sum, met)};
        if (m_hasTruth) out.whole.push_back(shareOf(right, all));
        return out;
    }
    [[nodiscard]] double first(Weights weights) const override { return figures(weights).whole[0]; }
    [[nodiscard]] std::vector<std::int64_t> support() const override {
        std::vector<std::int64_t> counts(m_classes, 0);
        for (const KeptSample& s : m_kept.samples)
            for (std::size_t k = 0; k < m_classes; ++k)
                counts[k] += k < s.pixels.size() ? s.pixels[k] : k < s.intersection.size() ? s.intersection[k] : 0;
        return counts;
    }
    [[nodiscard]] std::int64_t work() const override { return std::int64_t(m_kept.samples.size() * (m_classes + 1)); }

private:
    const Kept& m_kept;
    std::size_t m_classes;
    bool m_hasTruth = false;
};

}  // namespace

std::unique_ptr<Judge> classJudge(std::vector<int> labels, std::vector<int> predicted, int classes) {
    return std::make_unique<ClassJudge>(std::move(labels), std::move(predicted), classes);
}

Result<std::unique_ptr<Judge>> judgeOf(const Kept& kept, const std::stop_token& stop) {
    if (kept.task == Task::Segment) return std::make_unique<PixelJudge>(kept);
    if (kept.task == Task::Detect) {
        std::unique_ptr<DetectionMatches> matches;
        if (kept.hasTruths) {
            LATHE_TRY(auto found,
                      DetectionMatches::of(kept.truths, kept.detections, int(kept.samples.size()), int(kept.classes.size()), stop));
            matches = std::make_unique<DetectionMatches>(std::move(found));
        }
        return std::make_unique<BoxJudge>(kept, std::move(matches));
    }
    std::vector<int> labels, predicted;
    for (const KeptSample& s : kept.samples) labels.push_back(s.label), predicted.push_back(std::max(s.predicted, 0));
    return classJudge(std::move(labels), std::move(predicted), int(kept.classes.size()));
}

Estimate estimateOf(const std::string& metric, double value, std::vector<double> resamples) {
    const bool precision = metric.starts_with("ap");
    const auto ends = precision ? middleAbout(value, std::move(resamples)) : middle95(std::move(resamples));
    return value < 0 ? Estimate{} : Estimate{value, ends[0], ends[1]};
}

int affordable(int wanted, std::int64_t work) {
    return std::clamp(int(std::min<std::int64_t>(wanted, kMostWork / std::max<std::int64_t>(1, work))),
                      std::min(wanted, kLeastDraws), wanted);
}

}  // namespace lathe::runs::figures
