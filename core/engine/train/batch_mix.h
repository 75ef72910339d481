// Augmentations of whole batches: pictures of a batch mixed with others of it, and their labels by the same share.
#pragma once
#include <torch/types.h>
#include <vector>

#include "core/engine/train/random.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

class BatchMix {
public:
    /// Takes "mixup" and "cutmix" from the list; where both are there, each batch gets one of them with even chance.
    explicit BatchMix(const std::vector<runs::Augmentation>& declared);
    struct Mixed {
        torch::Tensor labels;  ///< N, of what was mixed in; undefined: nothing was
        double share = 1;      ///< of the batch's own labels
    };
    /// Changes x (N x C x H x W, float) in place; labels N int64 on its device.
    Mixed apply(torch::Tensor& x, const torch::Tensor& labels, Random& random) const;

private:
    std::vector<runs::Named> m_kinds;
};

/// Beta(alpha, alpha), from Gammas (Marsaglia and Tsang 2000).
[[nodiscard]] double betaOf(double alpha, Random& random);

}  // namespace lathe::engine::train
