#include "core/engine/train/ema.h"

#include <fmt/format.h>
#include <torch/torch.h>

namespace lathe::engine::train {

Ema::Ema(nn::Model& model, double decay) : m_decay(decay) {
    for (const auto& item : model.named_parameters()) {
        m_names.push_back(item.key());
        m_weights.push_back(item.value());
        m_averages.push_back(item.value().detach().clone());
    }
    for (const auto& item : model.named_buffers()) {
        if (!item.value().is_floating_point()) continue;
        m_names.push_back(item.key());
        m_weights.push_back(item.value());
        m_averages.push_back(item.value().detach().clone());
    }
}

void Ema::update() {
    const torch::NoGradGuard still;
    ++m_steps;
    const double decay = std::min(m_decay, double(1 + m_steps) / double(10 + m_steps));
    at::_foreach_lerp_(m_averages, m_weights, 1 - decay);
}

void Ema::swap() {
    const torch::NoGradGuard still;
    for (std::size_t i = 0; i < m_weights.size(); ++i) {
        const auto own = m_weights[i].detach().clone();
        m_weights[i].copy_(m_averages[i]);
        m_averages[i].copy_(own);
    }
}

void Ema::save(nn::NamedTensors& state) const {
    for (std::size_t i = 0; i < m_names.size(); ++i) state["ema/" + m_names[i]] = m_averages[i];
}

Result<> Ema::load(const nn::NamedTensors& state, std::int64_t steps) {
    m_steps = steps;
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        const auto found = state.find("ema/" + m_names[i]);
        if (found == state.end() || found->second.sizes() != m_averages[i].sizes())
            return fail(ErrorCode::InvalidData, fmt::format("the checkpoint has no fitting \"ema/{}\"", m_names[i]));
        m_averages[i].copy_(found->second);
    }
    return {};
}

}  // namespace lathe::engine::train
