#include "core/engine/train/outcome.h"

#include <torch/torch.h>
#include <cmath>

#include "core/engine/eval/classification.h"

namespace lathe::engine::train {

namespace {
constexpr int kResamples = 1000;
}

Json reportOf(const std::vector<SplitOutcome>& splits, const std::vector<std::string>& classes) {
    Json report = {{"metrics", Json::object()}, {"per_class", Json::array()}, {"confusion", Json::array()}, {"classes", classes}};
    Json bySplit = Json::object();
    for (const SplitOutcome& one : splits) {
        const Json figures =
            eval::toJson(eval::classificationFigures(one.evaluated.logits, one.evaluated.labels, kResamples), classes);
        bySplit[one.split] = figures;
        for (const auto& [key, value] : figures.items()) report[key] = value;
        report["split"] = one.split;
    }
    report["splits"] = bySplit;
    return report;
}

Json predictionsOf(const std::vector<SplitOutcome>& splits, const std::vector<Item>& items,
                   const std::vector<std::string>& classes) {
    Json samples = Json::array();
    for (const SplitOutcome& one : splits) {
        if (one.evaluated.samples.empty()) continue;
        const auto probabilities = torch::softmax(one.evaluated.logits.to(torch::kFloat64), 1).contiguous();
        const auto p = probabilities.accessor<double, 2>();
        for (std::size_t row = 0; row < one.evaluated.samples.size(); ++row) {
            const Item& item = items[std::size_t(one.evaluated.samples[row])];
            std::vector<float> values;
            for (std::int64_t k = 0; k < p.size(1); ++k) values.push_back(float(p[std::int64_t(row)][k]));
            const auto top = std::max_element(values.begin(), values.end());
            Json rounded = Json::array();
            for (const float value : values) rounded.push_back(std::round(double(value) * 1e7) / 1e7);
            samples.push_back({{"image", item.image},
                               {"split", one.split},
                               {"label", item.label},
                               {"predicted", top - values.begin()},
                               {"confidence", std::round(double(*top) * 1e7) / 1e7},
                               {"probabilities", rounded}});
        }
    }
    return {{"classes", classes}, {"samples", samples}};
}

}  // namespace lathe::engine::train
