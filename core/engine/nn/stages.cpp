#include "core/engine/nn/stages.h"

#include <algorithm>

namespace lathe::engine::nn {
namespace {

/// Modules whose children are stages of their own; how many names deep a stage lies below them.
int depthOf(const std::string& first) {
    if (first == "backbone") return 3;
    return first == "features" || first == "blocks" || first == "encoder" ? 2 : 1;
}

std::string prefixOf(const std::string& name) {
    std::size_t dot = name.find('.');
    for (int depth = depthOf(name.substr(0, dot)); depth > 1 && dot != std::string::npos; --depth) dot = name.find('.', dot + 1);
    return name.substr(0, dot);
}

std::size_t frozenStages(const std::vector<std::string>& stages, int count) {
    return std::min(std::size_t(std::max(count, 0)), stages.empty() ? 0 : stages.size() - 1);
}

}  // namespace

std::vector<std::string> stagesOf(const torch::nn::Module& model) {
    std::vector<std::string> stages;
    for (const auto& item : model.named_parameters()) {
        const std::string prefix = prefixOf(item.key());
        if (std::ranges::find(stages, prefix) == stages.end()) stages.push_back(prefix);
    }
    return stages;
}

std::size_t stageOf(const std::vector<std::string>& stages, const std::string& name) {
    return std::size_t(std::ranges::find(stages, prefixOf(name)) - stages.begin());
}

void freeze(torch::nn::Module& model, int count) {
    const auto stages = stagesOf(model);
    const std::size_t frozen = frozenStages(stages, count);
    for (const auto& item : model.named_parameters())
        if (stageOf(stages, item.key()) < frozen) item.value().set_requires_grad(false);
}

void trainUnfrozen(torch::nn::Module& model, int count) {
    model.train();
    const auto stages = stagesOf(model);
    const std::size_t frozen = frozenStages(stages, count);
    if (frozen == 0) return;
    for (const auto& item : model.named_modules("", false))
        if (item.value()->as<torch::nn::BatchNorm2dImpl>() && stageOf(stages, item.key() + ".weight") < frozen)
            item.value()->eval();
}

}  // namespace lathe::engine::nn
