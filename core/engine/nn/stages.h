// A model's parts from the picture to the head, for freezing and for rates that differ by depth.
#pragma once
#include <torch/torch.h>
#include <string>
#include <vector>

namespace lathe::engine::nn {

/// Dotted prefixes of parameter names, in the order of the model: its children, those of "features", "blocks"
/// and "encoder", and those two below "backbone".
/// The last is the head.
[[nodiscard]] std::vector<std::string> stagesOf(const torch::nn::Module& model);
/// The stage that a parameter or module belongs to; its place in `stages`.
[[nodiscard]] std::size_t stageOf(const std::vector<std::string>& stages, const std::string& name);
/// The first `count` stages learn nothing from now on: no gradients, batch statistics as they are also in train(). Never the head.
void freeze(torch::nn::Module& model, int count);
/// train() that leaves what freeze() froze in eval().
void trainUnfrozen(torch::nn::Module& model, int frozen);

}  // namespace lathe::engine::nn
