#include "core/engine/eval/classification.h"

#include <torch/torch.h>
#include <algorithm>

#include "core/runs/figures/interval.h"
#include "core/runs/figures/judge.h"

namespace lathe::engine::eval {
namespace {

using runs::figures::middle95;

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

void addIntervals(ClassificationFigures& figures, std::vector<int> labels, std::vector<int> predicted, int resamples) {
    const std::size_t n = labels.size(), classes = figures.perClass.size();
    const auto judge = runs::figures::classJudge(std::move(labels), std::move(predicted), int(classes));
    auto values = runs::figures::resampled(n, {.draws = resamples}, [&](runs::figures::Weights weights) {
        auto drawn = judge->figures(weights);
        drawn.whole.insert(drawn.whole.end(), drawn.byClass.begin(), drawn.byClass.end());
        return drawn.whole;
    });
    if (!values || values->size() != 2 + 3 * classes) return;  // it can't be cancelled
    const auto take = [&](std::size_t at) { return middle95(std::move((*values)[at])); };
    figures.accuracyInterval = take(0), figures.macroF1Interval = take(1);
    for (std::size_t k = 0; k < classes; ++k) {  // in Judge::classMetrics()'s order
        ClassFigures& one = figures.perClass[k];
        one.f1Interval = take(2 + 3 * k), one.precisionInterval = take(3 + 3 * k), one.recallInterval = take(4 + 3 * k);
    }
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
    const auto top64 = top.exp().contiguous();
    const auto confidence = top64.accessor<double, 1>();
    std::vector<int> labelled, said;
    std::vector<runs::figures::Confidence> sure;
    std::int64_t hits = 0;
    for (std::int64_t i = 0; i < figures.samples; ++i) {
        labelled.push_back(int(t[i])), said.push_back(int(p[i]));
        sure.push_back({confidence[i], t[i] == p[i]});
        ++figures.confusion[std::size_t(t[i])][std::size_t(p[i])];
        hits += t[i] == p[i];
    }
    figures.accuracy = double(hits) / double(figures.samples);
    const auto best = std::get<1>(logProbabilities.topk(std::min<std::int64_t>(5, std::int64_t(classes)), 1));
    figures.top5 = best.eq(truth.unsqueeze(1)).any(1).to(torch::kFloat64).mean().item<double>();
    figures.loss = -logProbabilities.gather(1, truth.unsqueeze(1)).mean().item<double>();
    figures.reliability = runs::figures::reliability(sure);
    figures.ece = runs::figures::calibrationError(figures.reliability);
    figures.macroF1 = macroF1(figures.confusion, &figures.perClass);
    const auto probabilities = logProbabilities.exp().t().contiguous();
    for (std::size_t k = 0; k < classes; ++k) {
        const auto row = probabilities.accessor<double, 2>()[std::int64_t(k)];
        std::vector<runs::figures::Scored> scored;
        scored.reserve(labelled.size());
        for (std::size_t i = 0; i < labelled.size(); ++i) scored.push_back({row[std::int64_t(i)], labelled[i] == int(k)});
        const auto roc = runs::figures::rocCurve(scored);
        if (!roc.defined()) continue;
        figures.perClass[k].rocAuc = roc.area;
        figures.perClass[k].averagePrecision = runs::figures::precisionRecallCurve(std::move(scored)).area;
    }
    figures.rocAuc = meanDefined(figures.perClass, &ClassFigures::rocAuc);
    figures.averagePrecision = meanDefined(figures.perClass, &ClassFigures::averagePrecision);
    if (resamples > 0) addIntervals(figures, std::move(labelled), std::move(said), resamples);
    return figures;
}

Json toJson(const ClassificationFigures& figures, const std::vector<std::string>& classes) {
    const auto put = [](Json& to, const std::string& name, double value) {
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
        const std::pair<const char*, const std::array<double, 2>*> intervals[] = {
            {"precision", &one.precisionInterval}, {"recall", &one.recallInterval}, {"f1", &one.f1Interval}};
        for (const auto& [name, ends] : intervals)
            put(row, std::string(name) + "_low", (*ends)[0]), put(row, std::string(name) + "_high", (*ends)[1]);
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
