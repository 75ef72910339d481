#include "core/engine/train/finite_trace.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <optional>

#include "core/engine/train/layer_watch.h"

namespace lathe::engine::train {
namespace {

/// The first row with a value that isn't finite; nothing: all are.
std::optional<std::int64_t> badRow(const torch::Tensor& values, std::int64_t rows) {
    if (torch::isfinite(values).all().item<bool>()) return {};
    if (values.dim() == 0 || values.size(0) != rows) return -1;
    const auto bad = torch::isfinite(values).reshape({rows, -1}).all(1).logical_not().nonzero();
    return bad.numel() == rows && rows > 1 ? -1 : bad[0].item<std::int64_t>();
}

}  // namespace

std::string NotFinite::text(const std::function<std::string(std::int64_t)>& name) const {
    const std::string of = picture >= 0 ? " of " + name(picture) : " of every picture of the batch";
    switch (where) {
        case Where::Input: return "the input" + of + " (preprocessing.mean, preprocessing.std)";
        case Where::Weights: return "the weights " + layer + ", since a step before this one";
        case Where::Layer: return "the output of layer " + layer + of;
        case Where::Loss: return "the loss itself" + (picture >= 0 ? of : "");
        case Where::Nowhere: break;
    }
    return "the loss, but not when it is taken once more";
}

std::string notFiniteWeights(const nn::Model& model) {
    const torch::NoGradGuard still;
    for (const auto& item : model.named_parameters())
        if (!torch::isfinite(item.value()).all().item<bool>()) return item.key();
    return {};
}

NotFinite firstNotFinite(nn::Model& model, const torch::Tensor& x,
                         const std::function<torch::Tensor(const torch::Tensor&, std::int64_t, std::int64_t)>& lossOf) {
    const torch::NoGradGuard still;
    const std::int64_t rows = x.size(0);
    if (const auto weights = notFiniteWeights(model); !weights.empty()) return {NotFinite::Where::Weights, weights, -1};
    if (const auto row = badRow(x, rows)) return {NotFinite::Where::Input, {}, *row};
    NotFinite found;
    torch::Tensor output;
    LayerWatch watch(x.device());
    watch.setModel(model);
    watch.onOutput([&](const Layer& layer, const std::string& op, const torch::Tensor& values) {
        const auto row = badRow(values, rows);
        if (!row) return true;
        const bool own = layer.then.empty();
        found = {NotFinite::Where::Layer, fmt::format("{} ({})", layer.name, own ? layer.kind : op), *row};
        return false;
    });
    watch.forward([&] { output = model.forward(x).to(torch::kFloat32); });
    if (found.where != NotFinite::Where::Nowhere) return found;
    if (torch::isfinite(lossOf(output, 0, rows)).all().item<bool>()) return {};
    for (std::int64_t row = 0; row < rows; ++row)
        if (!torch::isfinite(lossOf(output.slice(0, row, row + 1), row, row + 1)).all().item<bool>())
            return {NotFinite::Where::Loss, {}, row};
    return {NotFinite::Where::Loss, {}, -1};
}

}  // namespace lathe::engine::train
