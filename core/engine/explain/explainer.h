// Explanation methods: one file each, one line in the registry.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/engine/nn/model.h"

namespace lathe::engine::explain {

struct Explanation {
    torch::Tensor map;  ///< h x w float32 at the network's input size, >= 0 for CAMs, not normalised
    int classIndex = -1;
    double score = 0;             ///< softmax probability of the class
    torch::Tensor probabilities;  ///< classes
    Json checks;                  ///< e.g. {"map_sum":…, "randomisation":…}
};
struct Request {
    torch::Tensor input;  ///< 1 x C x H x W, preprocessed
    int classIndex = -1;  ///< -1: the predicted one
    std::string layer;    ///< empty: the model's last feature layer
};
struct Method {
    std::string_view name, about;  ///< "gradcam"
    std::function<Result<Explanation>(nn::Model&, const Request&)> run;
};
[[nodiscard]] std::span<const Method> methods();
[[nodiscard]] Result<Explanation> explain(nn::Model& model, const std::string& method, const Request& request);

}  // namespace lathe::engine::explain
