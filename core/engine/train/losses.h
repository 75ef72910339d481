// The losses that a run spec can name (runs::Seam::Loss; makers in losses.cpp), with class weights and label smoothing.
#pragma once
#include <torch/types.h>
#include <functional>
#include <vector>

#include "core/base/result.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// logits N x C float, labels N int64 on the same device -> the mean over the samples, a scalar on that device.
using Loss = std::function<torch::Tensor(const torch::Tensor& logits, const torch::Tensor& labels)>;

/// `counts`: training samples of each class.
[[nodiscard]] Result<Loss> makeLoss(const runs::RunSpec& spec, const std::vector<std::int64_t>& counts, torch::Device device);

/// Of each class by the declared rule (runs::Seam::ClassWeights); their mean over the training samples is 1. A class without
/// samples gets 0; empty for "none".
[[nodiscard]] std::vector<double> classWeights(const runs::Named& rule, const std::vector<std::int64_t>& counts);

}  // namespace lathe::engine::train
