#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/runs/runs.h"
#include "core/runs/statistics.h"

namespace lathe::runs {

namespace {

constexpr double kSure = 0.05;

/// The same samples as both runs saw them.
struct Paired {
    std::vector<ImageId> images;
    std::vector<int> labels, a, b;
    std::vector<double> lossA, lossB;
};

double lossOf(const SampleOutcome& sample) {
    const auto label = std::size_t(sample.label);
    const double p = label < sample.probabilities.size() ? double(sample.probabilities[label]) : 0.0;
    return -std::log(std::max(p, 1e-12));
}

bool hasSplit(const std::vector<SampleOutcome>& samples, const std::string& split) {
    return std::any_of(samples.begin(), samples.end(), [&](const auto& s) { return s.split == split; });
}

Paired pair(const std::vector<SampleOutcome>& a, const std::vector<SampleOutcome>& b) {
    const std::string split = hasSplit(a, "test") && hasSplit(b, "test") ? "test" : "val";
    std::unordered_map<ImageId, const SampleOutcome*> byImage;
    for (const SampleOutcome& sample : a)
        if (sample.split == split && sample.label >= 0) byImage[sample.image] = &sample;
    Paired result;
    for (const SampleOutcome& sample : b) {
        const auto other = byImage.find(sample.image);
        if (sample.split != split || other == byImage.end() || other->second->label != sample.label) continue;
        result.images.push_back(sample.image);
        result.labels.push_back(sample.label);
        result.a.push_back(other->second->predicted);
        result.b.push_back(sample.predicted);
        result.lossA.push_back(lossOf(*other->second));
        result.lossB.push_back(lossOf(sample));
    }
    return result;
}

double weightedMean(const std::vector<double>& values, std::span<const std::uint32_t> weights) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i] * weights[i];
        count += weights[i];
    }
    return sum / count;
}

/// b - a of the metric over a draw.
Result<Figure> figureOf(const Paired& pairs, const std::string& metric) {
    std::vector<double> d(pairs.labels.size());
    if (metric == "accuracy") {
        for (std::size_t i = 0; i < d.size(); ++i)
            d[i] = double(pairs.b[i] == pairs.labels[i]) - double(pairs.a[i] == pairs.labels[i]);
    } else if (metric == "loss") {
        for (std::size_t i = 0; i < d.size(); ++i) d[i] = pairs.lossB[i] - pairs.lossA[i];
    } else if (metric == "macro_f1") {
        return Figure([&pairs](std::span<const std::uint32_t> w) {
            return macroF1(pairs.labels, pairs.b, w) - macroF1(pairs.labels, pairs.a, w);
        });
    } else {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("runs can be compared by accuracy, macro_f1 or loss, not by \"{}\"", metric));
    }
    return Figure([d = std::move(d)](std::span<const std::uint32_t> w) { return weightedMean(d, w); });
}

void listChanged(const Paired& pairs, PairVerdict& verdict) {
    for (std::size_t i = 0; i < pairs.images.size(); ++i) {
        const bool rightA = pairs.a[i] == pairs.labels[i], rightB = pairs.b[i] == pairs.labels[i];
        if (!rightA && rightB) verdict.fixed.push_back(pairs.images[i]);
        if (rightA && !rightB) verdict.broken.push_back(pairs.images[i]);
    }
}

std::string verdictOf(const PairVerdict& v, const std::string& metric) {
    const bool sure = v.p < kSure && (v.low > 0 || v.high < 0);
    if (!sure) return "not enough evidence";
    return (v.difference > 0) != (metric == "loss") ? "better" : "worse";
}

}  // namespace

Result<std::vector<SampleOutcome>> outcomes(const RunFolder& folder) {
    LATHE_TRY(const Json json, base::readJson(folder.predictions()));
    std::vector<SampleOutcome> result;
    try {
        for (const Json& item : json.at("samples")) {
            SampleOutcome sample;
            sample.image = ImageId(item.at("image").get<std::int64_t>());
            sample.split = item.at("split").get<std::string>();
            sample.label = item.at("label").get<int>();
            sample.predicted = item.at("predicted").get<int>();
            sample.confidence = item.at("confidence").get<float>();
            sample.probabilities = item.at("probabilities").get<std::vector<float>>();
            result.push_back(std::move(sample));
        }
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("sample {} can't be read: {}", result.size() + 1, error.what()),
                    folder.predictions().string());
    }
    return result;
}

Result<PairVerdict> comparePair(const RunRow& a, const RunRow& b, const std::string& metric) {
    std::vector<SampleOutcome> samples[2];
    for (int i = 0; i < 2; ++i) {
        auto read = outcomes(RunFolder((i ? b : a).folder));
        if (!read && read.error().code == ErrorCode::NotFound)
            return fail(ErrorCode::NotFound, "has no predictions to compare yet; let the run finish", (i ? b : a).id.value);
        if (!read) return fail(read.error());
        samples[i] = *std::move(read);
    }
    const Paired pairs = pair(samples[0], samples[1]);
    if (pairs.images.empty())
        return fail(ErrorCode::InvalidData,
                    fmt::format("runs {} and {} share no labelled test images, so they can't be compared", a.id.value, b.id.value));
    LATHE_TRY(const Figure figure, figureOf(pairs, metric));
    PairVerdict verdict;
    verdict.a = a.id;
    verdict.b = b.id;
    listChanged(pairs, verdict);
    verdict.difference = figure(std::vector<std::uint32_t>(pairs.images.size(), 1));
    const Interval interval = pairedBootstrap(pairs.images.size(), figure);
    verdict.low = interval.low;
    verdict.high = interval.high;
    const bool counts = metric == "accuracy";
    verdict.p = counts ? mcnemarExact(std::int64_t(verdict.broken.size()), std::int64_t(verdict.fixed.size())) : interval.p;
    verdict.test = counts ? "exact McNemar" : "paired bootstrap";
    verdict.verdict = verdictOf(verdict, metric);
    return verdict;
}

}  // namespace lathe::runs
