#include "core/engine/eval/classification.h"

#include <torch/torch.h>

namespace lathe::engine::eval {
namespace {

constexpr int kBins = 15;

double calibrationError(const torch::Tensor& confidence, const torch::Tensor& right) {
    const std::int64_t n = confidence.size(0);
    std::array<double, kBins> confidences{}, rights{};
    const auto c = confidence.accessor<double, 1>();
    const auto r = right.accessor<bool, 1>();
    for (std::int64_t i = 0; i < n; ++i) {
        const int bin = std::clamp(int(std::ceil(c[i] * kBins)) - 1, 0, kBins - 1);
        confidences[std::size_t(bin)] += c[i];
        rights[std::size_t(bin)] += r[i] ? 1 : 0;
    }
    double sum = 0;
    for (int bin = 0; bin < kBins; ++bin) sum += std::abs(confidences[std::size_t(bin)] - rights[std::size_t(bin)]);
    return sum / double(n);
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

void addClasses(ClassificationFigures& figures) {
    int counted = 0;
    for (std::size_t k = 0; k < figures.confusion.size(); ++k) {
        const ClassFigures one = classFigures(figures.confusion, k);
        std::int64_t predicted = 0;
        for (const auto& row : figures.confusion) predicted += row[k];
        if (one.support + predicted > 0) figures.macroF1 += one.f1, ++counted;
        figures.perClass.push_back(one);
    }
    if (counted > 0) figures.macroF1 /= counted;
}

}  // namespace

ClassificationFigures classificationFigures(const torch::Tensor& logits, const torch::Tensor& labels) {
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
    std::int64_t hits = 0;
    for (std::int64_t i = 0; i < figures.samples; ++i) {
        ++figures.confusion[std::size_t(t[i])][std::size_t(p[i])];
        hits += t[i] == p[i];
    }
    figures.accuracy = double(hits) / double(figures.samples);
    figures.loss = -logProbabilities.gather(1, truth.unsqueeze(1)).mean().item<double>();
    figures.ece = calibrationError(top.exp().contiguous(), predicted.eq(truth));
    addClasses(figures);
    return figures;
}

Json toJson(const ClassificationFigures& figures, const std::vector<std::string>& classes) {
    Json perClass = Json::array();
    for (std::size_t k = 0; k < figures.perClass.size(); ++k) {
        const ClassFigures& one = figures.perClass[k];
        perClass.push_back({{"class", k < classes.size() ? classes[k] : std::to_string(k)},
                            {"precision", one.precision},
                            {"recall", one.recall},
                            {"f1", one.f1},
                            {"support", one.support}});
    }
    return {{"metrics",
             {{"accuracy", figures.accuracy},
              {"macro_f1", figures.macroF1},
              {"loss", figures.loss},
              {"ece", figures.ece},
              {"samples", figures.samples}}},
            {"per_class", perClass},
            {"confusion", figures.confusion}};
}

}  // namespace lathe::engine::eval
