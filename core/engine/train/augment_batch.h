// The plans of a batch carried out at once where the batch lies: the kernels of a card (cuda/plugin.h), a few launches for all
// pictures. The same numbers as Augmenter::carryOut.
#pragma once
#include <torch/types.h>
#include <vector>

#include "core/engine/cuda/plugin.h"
#include "core/engine/train/augment.h"

namespace lathe::engine::train {

/// `pictures` uint8 N x H x W x C, `masks` uint8 N x H x W or undefined; both may be replaced. One plan a picture. On torch's
/// current stream; nothing is waited for. A kernel that can't be started is an exception.
void carryOutBatch(const cuda::PixelKernels& kernels, const std::vector<PicturePlan>& plans, torch::Tensor& pictures,
                   torch::Tensor& masks, std::uint8_t outside = 255);

}  // namespace lathe::engine::train
