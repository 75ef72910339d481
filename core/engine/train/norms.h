// How large gradients, weights and updates are: the series "grad_norm" (before clipping), "weight_norm" and "update_ratio" (norm of
// the update over that of the weights) of all parameters that learn, every few steps, in a few calls and with no wait for a card.
#pragma once
#include <torch/types.h>
#include <vector>

#include "core/engine/train/journal.h"
#include "core/engine/train/loss_window.h"
#include "core/engine/train/optimizer.h"

namespace lathe::engine::train {

class Norms {
public:
    /// Measures the first step and every `every`-th after it.
    explicit Norms(std::int64_t every) : m_every(every) {}
    /// With the gradients of the step, before they are clipped.
    void before(const Optimizer& optimizer, std::int64_t step);
    /// Once the weights have changed; `epoch` is a fraction.
    void after(std::int64_t step, double epoch);
    /// Into the log, those that have arrived; all: waits for the others.
    void report(Journal& journal, bool all);
    /// Of a run with so many steps an epoch: a handful a short epoch, never so often that it would cost.
    [[nodiscard]] static std::int64_t everyFor(std::int64_t stepsPerEpoch);

private:
    std::int64_t m_every;
    std::vector<torch::Tensor> m_weights, m_start;  ///< what learns; as it was before a step that is measured
    torch::Tensor m_gradientNorm;
    LossWindow m_window;  ///< three values a measured step; Point::images says which
};

}  // namespace lathe::engine::train
