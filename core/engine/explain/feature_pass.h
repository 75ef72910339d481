// What the CAM methods share: forward in eval mode with a feature layer, the class asked for, its gradient at the layer.
#pragma once
#include "core/engine/explain/explainer.h"

namespace lathe::engine::explain {

struct FeaturePass {
    torch::Tensor activation;  ///< 1 x K x h x w, detached
    torch::Tensor gradient;    ///< the same shape: of the class's logit
    Explanation explanation;   ///< class, score and probabilities filled
    std::string layer;
};
/// Leaves the model's mode and its parameters' gradients as they were. InvalidArgument names the layers or classes that there are.
[[nodiscard]] Result<FeaturePass> featurePass(nn::Model& model, const Request& request);

/// A map of the layer's size (h x w) at the input's size, bilinear with half-pixel centres as OpenCV and torch do it.
[[nodiscard]] torch::Tensor resizedTo(const torch::Tensor& map, const torch::Tensor& input);

}  // namespace lathe::engine::explain
