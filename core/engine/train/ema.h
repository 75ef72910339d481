// The exponential moving average of a model's weights and batch statistics.
#pragma once
#include "core/base/result.h"
#include "core/engine/nn/model.h"
#include "core/engine/nn/safetensors.h"

namespace lathe::engine::train {

class Ema {
public:
    /// From the model's weights as they are; 0 < decay < 1. The first steps average over less: min(decay, (1 + n) / (10 + n)).
    Ema(nn::Model& model, double decay);
    void update();  ///< after each step; no read from a card
    /// The average stands in the model from now on and the model's own weights here; a second call turns it back.
    void swap();
    void save(nn::NamedTensors& state) const;  ///< under names "ema/…"
    [[nodiscard]] Result<> load(const nn::NamedTensors& state, std::int64_t steps);

private:
    std::vector<std::string> m_names;
    std::vector<torch::Tensor> m_weights, m_averages;
    double m_decay;
    std::int64_t m_steps = 0;
};

}  // namespace lathe::engine::train
