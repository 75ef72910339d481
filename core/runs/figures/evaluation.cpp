#include "core/runs/figures/evaluation.h"

#include <algorithm>

#include "core/runs/figures/judge.h"
#include "core/runs/figures/said.h"

namespace lathe::runs::figures {
namespace {

constexpr std::array<const char*, 3> kThirds{"small", "medium", "large"};

/// Rows of the whole and of the classes, with intervals.
Result<> addFigures(const Judge& judge, const Resampling& resampling, Evaluation& out) {
    const std::vector<std::uint32_t> ones(judge.size(), 1);
    const Judge::Figures now = judge.figures(ones);
    std::vector<std::vector<double>> drawn(now.whole.size() + now.byClass.size());
    if (resampling.draws > 0) {
        LATHE_TRY(drawn, resampled(judge.size(), resampling, [&](Weights weights) {
                      auto figures = judge.figures(weights);
                      figures.whole.insert(figures.whole.end(), figures.byClass.begin(), figures.byClass.end());
                      return std::move(figures.whole);
                  }));
    }
    out.whole = {"all", std::int64_t(judge.size()), {}};
    const auto& metrics = judge.metrics();
    for (std::size_t m = 0; m < metrics.size(); ++m)
        out.whole.figures.emplace_back(metrics[m], estimateOf(metrics[m], now.whole[m], std::move(drawn[m])));
    const auto& names = judge.classMetrics();
    const auto support = judge.support();
    for (std::size_t k = 0; k < out.classes.size(); ++k) {
        FigureRow row{out.classes[k], support[k], {}};
        for (std::size_t m = 0; m < names.size(); ++m) {
            const std::size_t at = k * names.size() + m;
            row.figures.emplace_back(names[m], estimateOf(names[m], now.byClass[at], std::move(drawn[now.whole.size() + at])));
        }
        out.byClass.push_back(std::move(row));
    }
    return {};
}

/// AP of small, medium and large objects.
Result<> addObjectSizes(const Kept& kept, const Resampling& resampling, Evaluation& out) {
    LATHE_TRY(const auto matches, DetectionMatches::of(kept.truths, kept.detections, int(kept.samples.size()),
                                                       int(kept.classes.size()), resampling.stop));
    const auto flat = [&](Weights weights) {
        const auto draw = matches.draw(weights);
        return std::vector<double>(draw.apOfSize.begin(), draw.apOfSize.end());
    };
    const std::vector<std::uint32_t> ones(kept.samples.size(), 1);
    const auto now = flat(ones);
    std::vector<std::vector<double>> drawn(3);
    if (resampling.draws > 0) {
        LATHE_TRY(drawn, resampled(kept.samples.size(), resampling, flat));
    }
    for (std::size_t s = 0; s < 3; ++s)
        out.bySize.push_back({kThirds[s],
                              std::int64_t(imagesOfSize(kept, out, int(s)).size()),
                              {{"ap", estimateOf("ap", now[s], std::move(drawn[s]))}}});
    return {};
}

/// The whole's figures over the thirds of the images.
Result<> addImageSizes(const Kept& kept, const Judge& judge, const Resampling& resampling, Evaluation& out) {
    std::vector<std::int64_t> pixels;
    for (const KeptSample& s : kept.samples) pixels.push_back(std::int64_t(s.width) * s.height);
    std::vector<std::int64_t> sorted = pixels;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.front() == 0 || sorted.front() == sorted.back()) return {};
    out.sizeEnds = {sorted[(sorted.size() - 1) / 3], sorted[(sorted.size() - 1) * 2 / 3]};
    for (int size = 0; size < 3; ++size) {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < pixels.size(); ++i)
            if (sizeOf(pixels[i], out.sizeEnds) == size) places.push_back(i);
        if (places.empty()) continue;
        LATHE_TRY(auto figures, figuresOf(judge, places, resampling));
        out.bySize.push_back({kThirds[std::size_t(size)], std::int64_t(places.size()), std::move(figures)});
    }
    return {};
}

void addClassCurves(const Kept& kept, Evaluation& out) {
    std::vector<Scored> scored(kept.samples.size());
    for (std::size_t k = 0; k < out.classes.size(); ++k) {
        for (std::size_t i = 0; i < scored.size(); ++i) {
            const KeptSample& s = kept.samples[i];
            scored[i] = {k < s.probabilities.size() ? double(s.probabilities[k]) : 0, s.label == int(k)};
        }
        out.roc.byClass.push_back(rocCurve(scored));
        out.precisionRecall.byClass.push_back(precisionRecallCurve(scored));
        // Of a class that all samples have there is nothing to tell apart.
        if (!out.roc.byClass.back().defined()) out.precisionRecall.byClass.back() = {};
    }
    out.roc.mean = macroRoc(out.roc.byClass);
    out.precisionRecall.mean = macroPrecisionRecall(out.precisionRecall.byClass);
}

Result<> addBoxCurves(const Kept& kept, const std::stop_token& stop, Evaluation& out) {
    LATHE_TRY(const auto matches,
              DetectionMatches::of(kept.truths, kept.detections, int(kept.samples.size()), int(kept.classes.size()), stop));
    for (std::size_t k = 0; k < out.classes.size(); ++k) {
        std::vector<Scored> scored;
        for (const auto& one : matches.ranked(int(k))) scored.push_back({one.score, one.hit});
        out.precisionRecall.byClass.push_back(precisionRecallCurve(std::move(scored), matches.wanted(int(k))));
        if (const Estimate* ap = out.byClass[k].find("ap50")) out.precisionRecall.byClass.back().area = ap->value;
    }
    out.precisionRecall.mean = macroPrecisionRecall(out.precisionRecall.byClass);
    return {};
}

void addConfidence(const Kept& kept, Evaluation& out) {
    std::vector<Confidence> all;
    std::vector<std::vector<Confidence>> byClass(out.classes.size());
    for (const Said& said : everythingSaid(kept)) {
        all.push_back(said.confidence);
        if (said.category >= 0) byClass[std::size_t(said.category)].push_back(said.confidence);
    }
    out.reliability = reliability(all);
    out.ece = calibrationError(out.reliability);
    out.scores = scoreHistogram(all);
    for (const auto& one : byClass) out.scoresByClass.push_back(scoreHistogram(one));
}

}  // namespace

const Estimate* FigureRow::find(std::string_view metric) const {
    for (const auto& [name, estimate] : figures)
        if (name == metric) return &estimate;
    return nullptr;
}

Result<Evaluation> evaluationOf(const Kept& kept, int resamples, const std::stop_token& stop) {
    Evaluation out;
    out.task = kept.task, out.split = kept.split, out.classes = kept.classes;
    out.hasTruths = kept.task != Task::Detect || kept.hasTruths;
    LATHE_TRY(const auto judge, judgeOf(kept, stop));
    const Resampling resampling{resamples > 0 ? affordable(resamples, judge->work()) : 0, 1, stop};
    LATHE_CHECK(addFigures(*judge, resampling, out));
    if (kept.task != Task::Detect) LATHE_CHECK(addImageSizes(kept, *judge, resampling, out));
    if (kept.task == Task::Detect && kept.hasTruths) {
        LATHE_CHECK(addObjectSizes(kept, resampling, out));
        LATHE_CHECK(addBoxCurves(kept, stop, out));
    }
    if (kept.task == Task::Classify) addClassCurves(kept, out);
    if (kept.task != Task::Segment && out.hasTruths) addConfidence(kept, out);
    return out;
}

}  // namespace lathe::runs::figures
