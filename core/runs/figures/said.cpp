#include "core/runs/figures/said.h"

#include <algorithm>
#include <set>

#include "core/runs/figures/evaluation.h"

namespace lathe::runs::figures {
namespace {

using Images = std::vector<std::int64_t>;

template <class Wanted>
Images imagesWhere(const Kept& kept, Wanted wanted) {
    Images images;
    for (std::size_t i = 0; i < kept.samples.size(); ++i)
        if (wanted(i)) images.push_back(kept.samples[i].image);
    return images;
}

template <class Wanted>
Images imagesOfSaid(const Kept& kept, Wanted wanted) {
    std::vector<char> in(kept.samples.size(), 0);
    for (const Said& said : everythingSaid(kept))
        if (wanted(said)) in[said.sample] = 1;
    return imagesWhere(kept, [&](std::size_t i) { return in[i] != 0; });
}

/// COCO's sizes by area.
int objectSizeOf(double area) {
    return area < 32. * 32 ? 0 : area < 96. * 96 ? 1 : 2;
}

}  // namespace

std::vector<Said> everythingSaid(const Kept& kept) {
    std::vector<Said> all;
    if (kept.task == Task::Classify)
        for (std::size_t i = 0; i < kept.samples.size(); ++i) {
            const KeptSample& s = kept.samples[i];
            all.push_back({i, s.predicted, {s.confidence, s.right}});
        }
    if (kept.task != Task::Detect || !kept.hasTruths) return all;
    const auto matches = DetectionMatches::of(kept.truths, kept.detections, int(kept.samples.size()), int(kept.classes.size()));
    if (!matches) return all;
    for (std::size_t k = 0; k < kept.classes.size(); ++k)
        for (const auto& one : matches->ranked(int(k))) all.push_back({std::size_t(one.image), int(k), {one.score, one.hit}});
    return all;
}

int sizeOf(std::int64_t pixels, const std::array<std::int64_t, 2>& ends) {
    return pixels <= ends[0] ? 0 : pixels <= ends[1] ? 1 : 2;
}

Result<std::vector<std::pair<std::string, Estimate>>> figuresOf(const Judge& judge, const std::vector<std::size_t>& places,
                                                                const Resampling& resampling) {
    std::vector<std::uint32_t> weights(judge.size(), 0);
    for (const std::size_t place : places) weights[place] = 1;
    const auto now = judge.figures(weights).whole;
    std::vector<std::vector<double>> drawn(now.size());
    if (resampling.draws > 0 && !places.empty()) {
        LATHE_TRY(drawn, resampled(places.size(), resampling, [&](Weights some) {
                      for (std::size_t i = 0; i < places.size(); ++i) weights[places[i]] = some[i];
                      return judge.figures(weights).whole;
                  }));
    }
    std::vector<std::pair<std::string, Estimate>> out;
    for (std::size_t m = 0; m < now.size(); ++m)
        out.emplace_back(judge.metrics()[m], estimateOf(judge.metrics()[m], now[m], std::move(drawn[m])));
    return out;
}

Images imagesOfClass(const Kept& kept, int category) {
    if (kept.task == Task::Classify) return imagesWhere(kept, [&](std::size_t i) { return kept.samples[i].label == category; });
    std::set<int> with;
    for (const auto& truth : kept.truths)
        if (truth.category == category && !truth.crowd) with.insert(truth.image);
    const auto k = std::size_t(category);
    return imagesWhere(kept, [&](std::size_t i) {
        const KeptSample& s = kept.samples[i];
        return with.contains(int(i)) || (k < s.pixels.size() && s.pixels[k] > 0);
    });
}

Images imagesOfSize(const Kept& kept, const Evaluation& evaluation, int size) {
    if (kept.task != Task::Detect)
        return imagesWhere(kept, [&](std::size_t i) {
            return sizeOf(std::int64_t(kept.samples[i].width) * kept.samples[i].height, evaluation.sizeEnds) == size;
        });
    std::set<int> with;
    for (const auto& truth : kept.truths)
        if (!truth.crowd && objectSizeOf(truth.area) == size) with.insert(truth.image);
    return imagesWhere(kept, [&](std::size_t i) { return with.contains(int(i)); });
}

Images imagesInReliabilityBin(const Kept& kept, int bin) {
    return imagesOfSaid(kept, [&](const Said& said) { return reliabilityBinOf(said.confidence.confidence) == bin; });
}

Images imagesInScoreBin(const Kept& kept, int bin, bool right) {
    return imagesOfSaid(
        kept, [&](const Said& said) { return said.confidence.right == right && scoreBinOf(said.confidence.confidence) == bin; });
}

Images imagesWrongAt(const Kept& kept, int category, double threshold) {
    if (kept.task != Task::Classify)
        return imagesOfSaid(kept, [&](const Said& said) {
            const bool mine = category < 0 || said.category == category;
            return mine && said.confidence.right != (said.confidence.confidence >= threshold);
        });
    return imagesWhere(kept, [&](std::size_t i) {
        const KeptSample& s = kept.samples[i];
        for (std::size_t k = 0; k < s.probabilities.size(); ++k)
            if (category < 0 || int(k) == category)
                if ((double(s.probabilities[k]) >= threshold) != (s.label == int(k))) return true;
        return false;
    });
}

}  // namespace lathe::runs::figures
