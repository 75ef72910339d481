// Loss scaling for fp16, whose small gradients would be none: the rule of torch.amp.GradScaler, on the device.
#pragma once
#include <torch/types.h>
#include <vector>

#include "core/base/json.h"

namespace lathe::engine::train {

/// Twice the scale after 2000 sound steps on end, half of it after one that isn't, which is left out.
class LossScale {
public:
    explicit LossScale(torch::Device device, double start = 65536);
    [[nodiscard]] torch::Tensor scaled(const torch::Tensor& loss) const { return loss * m_scale; }
    /// Divides the gradients of a step by the scale, in place, and adapts it. False: one of them isn't finite, leave the step out;
    /// the one read from a card that a step in fp16 needs.
    [[nodiscard]] bool unscale(const std::vector<torch::Tensor>& gradients);
    [[nodiscard]] Json save() const;  ///< {"scale", "growth"}
    void load(const Json& json);

private:
    torch::Tensor m_scale, m_growth;  ///< a factor; sound steps since it changed
};

}  // namespace lathe::engine::train
