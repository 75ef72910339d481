#include "core/engine/explain/feature_pass.h"
#include "core/engine/explain/methods.h"

namespace lathe::engine::explain {

Result<Explanation> gradCam(nn::Model& model, const Request& request) {
    LATHE_TRY(auto pass, featurePass(model, request));
    const auto weights = pass.gradient.mean({2, 3}, true);
    const auto signedMap = (weights * pass.activation).sum(1).squeeze(0);
    auto explanation = std::move(pass.explanation);
    explanation.map = resizedTo(signedMap.relu(), request.input).to(torch::kCPU, torch::kFloat32).contiguous();
    // A map that is nowhere positive is blank after the ReLU; the signed range says so where the picture can't.
    explanation.checks = {{"layer", pass.layer},
                          {"map_sum", explanation.map.sum().item<double>()},
                          {"signed_min", signedMap.min().item<double>()},
                          {"signed_max", signedMap.max().item<double>()}};
    return explanation;
}

}  // namespace lathe::engine::explain
