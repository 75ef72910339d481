#include "core/engine/train/outcome.h"

namespace lathe::engine::train {

Result<Json> reportOf(const std::vector<SplitOutcome>& splits, const std::vector<std::string>& classes) {
    Json report = {{"metrics", Json::object()}, {"per_class", Json::array()}, {"confusion", Json::array()}, {"classes", classes}};
    Json bySplit = Json::object();
    for (const SplitOutcome& one : splits) {
        LATHE_TRY(const Json figures, one.evaluated.account->figures(true));
        bySplit[one.split] = figures;
        for (const auto& [key, value] : figures.items()) report[key] = value;
        report["split"] = one.split;
    }
    report["splits"] = bySplit;
    return report;
}

Json predictionsOf(const std::vector<SplitOutcome>& splits, const std::vector<std::string>& classes) {
    Json samples = Json::array();
    for (const SplitOutcome& one : splits)
        for (auto& sample : one.evaluated.account->samples()) samples.push_back(std::move(sample));
    return {{"classes", classes}, {"samples", std::move(samples)}};
}

}  // namespace lathe::engine::train
