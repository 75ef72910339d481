// The last step of the declared preprocessing, shared by training, evaluation and prediction so that they agree to the bit.
#pragma once
#include <torch/nn/module.h>
#include <torch/types.h>
#include <vector>

namespace lathe::engine::nn {

/// uint8 N x H x W x C -> float32 N x C x H x W (channels last in memory): (value / 255 - mean) / std per channel. Empty mean: 0,
/// empty std: 1. Works on the pictures' device.
[[nodiscard]] torch::Tensor normalised(const torch::Tensor& pictures, const std::vector<double>& mean,
                                       const std::vector<double>& std);
/// A few values of the processor's on the device, without waiting for a card.
[[nodiscard]] torch::Tensor sent(const torch::Tensor& values, torch::Device device);
/// Conv weights (4-D parameters and buffers) to channels last, before an optimiser is made over them.
void toChannelsLast(torch::nn::Module& module);

}  // namespace lathe::engine::nn
