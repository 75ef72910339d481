// Non-maximum suppression, one for the processor (nms.cpp) and a card (core/engine/cuda/plugin/nms.cu): torch's dispatcher chooses
// by where the boxes are.
#pragma once
#include <torch/types.h>
#include <limits>

namespace lathe::engine::nn {

/// Greedy, best first, as torchvision.ops.batched_nms: boxes N x 4 (x0, y0, x1, y1), scores N, groups N (int64; boxes of different
/// groups don't touch each other) -> the places of those that stay, best first (int64, on their device), `most` at the most. A box
/// goes when a better one that stays has an IoU above `overlap` with it.
[[nodiscard]] torch::Tensor nms(const torch::Tensor& boxes, const torch::Tensor& scores, const torch::Tensor& groups,
                                double overlap, std::int64_t most = std::numeric_limits<std::int64_t>::max());

}  // namespace lathe::engine::nn
