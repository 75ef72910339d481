// Stochastic depth of a residual branch (Huang et al. 2016, arXiv 1603.09382), a sample at a time.
#pragma once
#include <torch/torch.h>

namespace lathe::engine::nn {

/// `branch` (N x …) with whole samples set to 0 at the rate, the others scaled so that the mean stays; as it is when not training.
[[nodiscard]] inline torch::Tensor dropPath(const torch::Tensor& branch, double rate, bool training) {
    if (!training || rate <= 0) return branch;
    std::vector<std::int64_t> shape(std::size_t(branch.dim()), 1);
    shape[0] = branch.size(0);
    return branch * torch::empty(shape, branch.options()).bernoulli_(1 - rate).div_(1 - rate);
}

}  // namespace lathe::engine::nn
