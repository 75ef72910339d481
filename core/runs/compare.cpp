#include <fmt/format.h>
#include <fmt/ranges.h>

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
    std::vector<SampleOutcome> a, b;
    [[nodiscard]] std::vector<int> column(std::vector<SampleOutcome> Paired::*of, int SampleOutcome::*value) const {
        std::vector<int> out;
        for (const SampleOutcome& sample : this->*of) out.push_back(sample.*value);
        return out;
    }
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
        result.a.push_back(*other->second);
        result.b.push_back(sample);
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

using Weights = std::span<const std::uint32_t>;

/// Over all objects of a draw.
double f1Of(const std::vector<SampleOutcome>& samples, Weights weights) {
    double found = 0, missed = 0, falsely = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        found += double(samples[i].found) * weights[i];
        missed += double(samples[i].missed) * weights[i], falsely += double(samples[i].falsely) * weights[i];
    }
    const double all = 2 * found + missed + falsely;
    return all > 0 ? 2 * found / all : 0;
}

/// Over all pixels of a draw, the mean of the classes that it has.
double miouOf(const std::vector<SampleOutcome>& samples, Weights weights) {
    std::vector<double> both, together;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto& one = samples[i];
        both.resize(std::max(both.size(), one.together.size())), together.resize(both.size());
        for (std::size_t k = 0; k < std::min(one.together.size(), one.intersection.size()); ++k)
            both[k] += double(one.intersection[k]) * weights[i], together[k] += double(one.together[k]) * weights[i];
    }
    double sum = 0, classes = 0;
    for (std::size_t k = 0; k < both.size(); ++k)
        if (together[k] > 0) sum += both[k] / together[k], ++classes;
    return classes > 0 ? sum / classes : 0;
}

/// What the outcomes have figures for.
std::vector<std::string> metricsOf(const SampleOutcome& sample) {
    if (!sample.probabilities.empty()) return {"accuracy", "macro_f1", "loss"};
    return {"accuracy", sample.together.empty() ? "f1" : "miou"};
}

/// b - a of the metric over a draw.
Result<Figure> figureOf(const Paired& pairs, const std::string& metric) {
    const auto known = metricsOf(pairs.a.front());
    if (std::find(known.begin(), known.end(), metric) == known.end())
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("these runs can be compared by {}, not by \"{}\"", fmt::join(known, " or "), metric));
    if (metric == "f1") return Figure([&pairs](Weights w) { return f1Of(pairs.b, w) - f1Of(pairs.a, w); });
    if (metric == "miou") return Figure([&pairs](Weights w) { return miouOf(pairs.b, w) - miouOf(pairs.a, w); });
    if (metric == "macro_f1")
        return Figure([labels = pairs.column(&Paired::a, &SampleOutcome::label),
                       a = pairs.column(&Paired::a, &SampleOutcome::predicted),
                       b = pairs.column(&Paired::b, &SampleOutcome::predicted)](Weights w) {
            return macroF1(labels, b, w) - macroF1(labels, a, w);
        });
    std::vector<double> d(pairs.images.size());
    for (std::size_t i = 0; i < d.size(); ++i)
        d[i] = metric == "loss" ? lossOf(pairs.b[i]) - lossOf(pairs.a[i]) : double(pairs.b[i].right) - double(pairs.a[i].right);
    return Figure([d = std::move(d)](Weights w) { return weightedMean(d, w); });
}

void listChanged(const Paired& pairs, PairVerdict& verdict) {
    for (std::size_t i = 0; i < pairs.images.size(); ++i) {
        if (!pairs.a[i].right && pairs.b[i].right) verdict.fixed.push_back(pairs.images[i]);
        if (pairs.a[i].right && !pairs.b[i].right) verdict.broken.push_back(pairs.images[i]);
    }
}

std::string verdictOf(const PairVerdict& v, const std::string& metric) {
    const bool sure = v.p < kSure && (v.low > 0 || v.high < 0);
    if (!sure) return "not enough evidence";
    return (v.difference > 0) != (metric == "loss") ? "better" : "worse";
}

}  // namespace

std::string comparedBy(const std::string& task) {
    return task == "detect" ? "f1" : task == "segment" ? "miou" : "accuracy";
}

Result<std::vector<SampleOutcome>> outcomes(const RunFolder& folder) {
    LATHE_TRY(const Json json, base::readJson(folder.predictions()));
    std::vector<SampleOutcome> result;
    try {
        for (const Json& item : json.at("samples")) {
            SampleOutcome sample;
            sample.image = ImageId(item.at("image").get<std::int64_t>());
            sample.split = item.at("split").get<std::string>();
            sample.label = item.at("label").get<int>();
            sample.predicted = item.value("predicted", -1);
            sample.right = item.value("right", sample.label == sample.predicted);
            sample.confidence = item.at("confidence").get<float>();
            sample.probabilities = item.value("probabilities", std::vector<float>());
            sample.found = item.value("found", std::int64_t(0)), sample.falsely = item.value("false", std::int64_t(0));
            sample.missed = item.value("truths", sample.found) - sample.found;
            sample.intersection = item.value("intersection", std::vector<std::int64_t>());
            sample.together = item.value("union", std::vector<std::int64_t>());
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
