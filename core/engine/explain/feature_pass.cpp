#include "core/engine/explain/feature_pass.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lathe::engine::explain {

namespace {

Result<std::string> chooseLayer(const nn::Model& model, const std::string& wanted) {
    const auto layers = model.featureLayers();
    if (layers.empty()) return fail(ErrorCode::Unsupported, "This model has no spatial feature layer.");
    if (wanted.empty()) return layers.back();
    if (std::find(layers.begin(), layers.end(), wanted) != layers.end()) return wanted;
    return fail(ErrorCode::InvalidArgument,
                fmt::format("The model has no feature layer \"{}\"; it has {}.", wanted, fmt::join(layers, ", ")));
}

Result<int> chooseClass(const torch::Tensor& logits, int wanted) {
    if (wanted < 0) return int(logits.argmax().item<std::int64_t>());
    if (wanted < logits.size(0)) return wanted;
    return fail(ErrorCode::InvalidArgument, fmt::format("Class index {} is outside 0 to {}.", wanted, logits.size(0) - 1));
}

/// Eval mode, gradients on; both put back.
class PassMode {
public:
    explicit PassMode(nn::Model& model) : m_model(model), m_training(model.is_training()), m_gradients(true) { model.eval(); }
    ~PassMode() { m_model.train(m_training); }
    PassMode(const PassMode&) = delete;
    PassMode& operator=(const PassMode&) = delete;

private:
    nn::Model& m_model;
    bool m_training;
    torch::AutoGradMode m_gradients;
};

Result<FeaturePass> run(nn::Model& model, const Request& request, const std::string& layer) {
    const PassMode mode(model);
    const auto input = request.input.detach().requires_grad_();
    FeaturePass pass;
    pass.layer = layer;
    torch::Tensor feature;
    const auto logits = model.forwardWithFeature(input, layer, feature).squeeze(0);
    LATHE_TRY(const int index, chooseClass(logits, request.classIndex));
    pass.gradient = torch::autograd::grad({logits[index]}, {feature})[0];
    pass.activation = feature.detach();
    pass.explanation.probabilities = logits.detach().softmax(0).cpu();
    pass.explanation.classIndex = index;
    pass.explanation.score = pass.explanation.probabilities[index].item<double>();
    return pass;
}

}  // namespace

Result<FeaturePass> featurePass(nn::Model& model, const Request& request) {
    LATHE_TRY(const auto layer, chooseLayer(model, request.layer));
    try {
        return run(model, request, layer);
    } catch (const std::exception& error) {
        return fail(ErrorCode::EngineFailed, fmt::format("The explanation failed: {}", error.what()), layer);
    }
}

torch::Tensor resizedTo(const torch::Tensor& map, const torch::Tensor& input) {
    namespace F = torch::nn::functional;
    const auto options = F::InterpolateFuncOptions()
                             .size(std::vector<std::int64_t>{input.size(2), input.size(3)})
                             .mode(torch::kBilinear)
                             .align_corners(false);
    return F::interpolate(map.reshape({1, 1, map.size(0), map.size(1)}), options).squeeze(0).squeeze(0);
}

}  // namespace lathe::engine::explain
