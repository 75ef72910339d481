#include "core/engine/eval/classification.h"

#include <torch/torch.h>
#include <algorithm>
#include <random>

#include "core/engine/eval/interval.h"

namespace lathe::engine::eval {
namespace {

constexpr int kBins = 15;

std::vector<ReliabilityBin> reliabilityOf(const torch::Tensor& confidence, const torch::Tensor& right) {
    std::vector<ReliabilityBin> bins(kBins);
    const auto c = confidence.accessor<double, 1>();
    const auto r = right.accessor<bool, 1>();
    for (std::int64_t i = 0; i < confidence.size(0); ++i) {
        auto& bin = bins[std::size_t(std::clamp(int(std::ceil(c[i] * kBins)) - 1, 0, kBins - 1))];
        bin.confidence += c[i];
        bin.accuracy += r[i] ? 1 : 0;
        ++bin.samples;
    }
    for (auto& bin : bins)
        if (bin.samples > 0) bin.confidence /= double(bin.samples), bin.accuracy /= double(bin.samples);
    return bins;
}

double calibrationError(const std::vector<ReliabilityBin>& bins, std::int64_t samples) {
    double sum = 0;
    for (const auto& bin : bins) sum += std::abs(bin.confidence - bin.accuracy) * double(bin.samples);
    return sum / double(samples);
}

/// As scikit-learn's roc_auc_score and average_precision_score: samples of the same score count as one threshold.
void addRanks(ClassFigures& figures, std::vector<std::pair<double, bool>> scored) {
    std::sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    const auto positives = double(std::count_if(scored.begin(), scored.end(), [](const auto& s) { return s.second; }));
    const double negatives = double(scored.size()) - positives;
    if (positives == 0 || negatives == 0) return;
    double hits = 0, misses = 0, area = 0, precision = 0;
    for (std::size_t i = 0; i < scored.size();) {
        const double hitsBefore = hits, missesBefore = misses, score = scored[i].first;
        for (; i < scored.size() && scored[i].first == score; ++i) (scored[i].second ? hits : misses) += 1;
        area += (misses - missesBefore) * (hits + hitsBefore) / 2;
        precision += (hits - hitsBefore) / positives * hits / (hits + misses);
    }
    figures.rocAuc = area / (positives * negatives);
    figures.averagePrecision = precision;
}

ClassFigures classFigures(const std::vector<std::vector<std::int64_t>>& confusion, std::size_t k) {
    ClassFigures figures;
    std::int64_t predicted = 0;
    for (std::size_t i = 0; i < confusion.size(); ++i) figures.support += confusion[k][i], predicted += confusion[i][k];
    const auto hits = double(confusion[k][k]);
    if (predicted > 0) figures.precision = hits / double(predicted);
    if (figures.support > 0) figures.recall = hits / double(figures.support);
    if (predicted + figures.support > 0) figures.f1 = 2 * hits / double(predicted + figures.support);
    return figures;
}

using Confusion = std::vector<std::vector<std::int64_t>>;

/// Of the classes that occur among labels or predictions.
double macroF1(const Confusion& confusion, std::vector<ClassFigures>* perClass) {
    int counted = 0;
    double sum = 0;
    for (std::size_t k = 0; k < confusion.size(); ++k) {
        const ClassFigures one = classFigures(confusion, k);
        std::int64_t predicted = 0;
        for (const auto& row : confusion) predicted += row[k];
        if (one.support + predicted > 0) sum += one.f1, ++counted;
        if (perClass) perClass->push_back(one);
    }
    return counted > 0 ? sum / counted : 0;
}

void addIntervals(ClassificationFigures& figures, const std::vector<std::pair<std::size_t, std::size_t>>& outcomes, int resamples) {
    std::mt19937_64 random(1);
    std::vector<double> accuracies, f1s;
    for (int n = 0; n < resamples; ++n) {
        Confusion drawn(figures.confusion.size(), std::vector<std::int64_t>(figures.confusion.size(), 0));
        std::int64_t hits = 0;
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            const auto& [label, predicted] = outcomes[random() % outcomes.size()];
            ++drawn[label][predicted];
            hits += label == predicted;
        }
        accuracies.push_back(double(hits) / double(outcomes.size()));
        f1s.push_back(macroF1(drawn, nullptr));
    }
    figures.accuracyInterval = middle95(std::move(accuracies));
    figures.macroF1Interval = middle95(std::move(f1s));
}

double meanDefined(const std::vector<ClassFigures>& classes, double ClassFigures::*figure) {
    double sum = 0;
    int defined = 0;
    for (const auto& one : classes)
        if (one.*figure >= 0) sum += one.*figure, ++defined;
    return defined > 0 ? sum / defined : -1;
}

}  // namespace

ClassificationFigures classificationFigures(const torch::Tensor& logits, const torch::Tensor& labels, int resamples) {
    ClassificationFigures figures;
    const auto classes = std::size_t(logits.size(1));
    figures.samples = logits.size(0);
    figures.confusion.assign(classes, std::vector<std::int64_t>(classes, 0));
    if (figures.samples == 0) {
        figures.perClass.resize(classes);
        return figures;
    }
    const auto logProbabilities = torch::log_softmax(logits.detach().to(torch::kCPU, torch::kFloat64), 1);
    const auto truth = labels.to(torch::kCPU, torch::kInt64).contiguous();
    const auto [top, predicted] = logProbabilities.max(1);
    const auto t = truth.accessor<std::int64_t, 1>();
    const auto p = predicted.accessor<std::int64_t, 1>();
    std::vector<std::pair<std::size_t, std::size_t>> outcomes;
    std::int64_t hits = 0;
    for (std::int64_t i = 0; i < figures.samples; ++i) {
        outcomes.emplace_back(t[i], p[i]);
        ++figures.confusion[std::size_t(t[i])][std::size_t(p[i])];
        hits += t[i] == p[i];
    }
    figures.accuracy = double(hits) / double(figures.samples);
    const auto best = std::get<1>(logProbabilities.topk(std::min<std::int64_t>(5, std::int64_t(classes)), 1));
    figures.top5 = best.eq(truth.unsqueeze(1)).any(1).to(torch::kFloat64).mean().item<double>();
    figures.loss = -logProbabilities.gather(1, truth.unsqueeze(1)).mean().item<double>();
    figures.reliability = reliabilityOf(top.exp().contiguous(), predicted.eq(truth));
    figures.ece = calibrationError(figures.reliability, figures.samples);
    figures.macroF1 = macroF1(figures.confusion, &figures.perClass);
    const auto probabilities = logProbabilities.exp().t().contiguous();
    for (std::size_t k = 0; k < classes; ++k) {
        const auto row = probabilities.accessor<double, 2>()[std::int64_t(k)];
        std::vector<std::pair<double, bool>> scored;
        scored.reserve(outcomes.size());
        for (std::size_t i = 0; i < outcomes.size(); ++i) scored.emplace_back(row[std::int64_t(i)], outcomes[i].first == k);
        addRanks(figures.perClass[k], std::move(scored));
    }
    figures.rocAuc = meanDefined(figures.perClass, &ClassFigures::rocAuc);
    figures.averagePrecision = meanDefined(figures.perClass, &ClassFigures::averagePrecision);
    if (resamples > 0) addIntervals(figures, outcomes, resamples);
    return figures;
}

Json toJson(const ClassificationFigures& figures, const std::vector<std::string>& classes) {
    const auto put = [](Json& to, const char* name, double value) {
        if (value >= 0) to[name] = value;
    };
    Json perClass = Json::array(), reliability = Json::array();
    for (std::size_t k = 0; k < figures.perClass.size(); ++k) {
        const ClassFigures& one = figures.perClass[k];
        Json row = {{"class", k < classes.size() ? classes[k] : std::to_string(k)},
                    {"precision", one.precision},
                    {"recall", one.recall},
                    {"f1", one.f1},
                    {"support", one.support}};
        put(row, "roc_auc", one.rocAuc), put(row, "average_precision", one.averagePrecision);
        perClass.push_back(std::move(row));
    }
    for (const auto& bin : figures.reliability)
        reliability.push_back({{"confidence", bin.confidence}, {"accuracy", bin.accuracy}, {"samples", bin.samples}});
    Json metrics = {{"accuracy", figures.accuracy}, {"top5", figures.top5}, {"macro_f1", figures.macroF1},
                    {"loss", figures.loss},         {"ece", figures.ece},   {"samples", figures.samples}};
    put(metrics, "roc_auc", figures.rocAuc), put(metrics, "average_precision", figures.averagePrecision);
    put(metrics, "accuracy_low", figures.accuracyInterval[0]), put(metrics, "accuracy_high", figures.accuracyInterval[1]);
    put(metrics, "macro_f1_low", figures.macroF1Interval[0]), put(metrics, "macro_f1_high", figures.macroF1Interval[1]);
    return {{"metrics", std::move(metrics)},
            {"per_class", std::move(perClass)},
            {"confusion", figures.confusion},
            {"reliability", std::move(reliability)}};
}

}  // namespace lathe::engine::eval
