#include "core/engine/train/norms.h"

#include <torch/torch.h>
#include <algorithm>
#include <array>

namespace lathe::engine::train {
namespace {

constexpr std::array kNormSeries = {"grad_norm", "weight_norm", "update_ratio"};
constexpr std::int64_t kLeastBetween = 20;  ///< steps: a measurement costs about a tenth of a small net's step

torch::Tensor commonNorm(const std::vector<torch::Tensor>& tensors) {
    return torch::linalg_vector_norm(torch::stack(at::_foreach_norm(tensors)));
}

}  // namespace

std::int64_t Norms::everyFor(std::int64_t stepsPerEpoch) {
    return std::max(kLeastBetween, stepsPerEpoch / 10);
}

void Norms::before(const Optimizer& optimizer, std::int64_t step) {
    m_start.clear();
    if (step % m_every != 0) return;
    const torch::NoGradGuard still;
    m_weights.clear();
    std::vector<torch::Tensor> gradients;
    for (const ParameterGroup& group : optimizer.groups())
        for (const auto& parameter : group.parameters) {
            m_weights.push_back(parameter);
            if (parameter.grad().defined()) gradients.push_back(parameter.grad());
        }
    if (gradients.empty()) return;
    m_gradientNorm = commonNorm(gradients);
    for (const auto& weight : m_weights) m_start.push_back(weight.detach().clone());
}

void Norms::after(std::int64_t step, double epoch) {
    if (m_start.empty()) return;
    const torch::NoGradGuard still;
    const auto weights = commonNorm(m_start);
    at::_foreach_sub_(m_start, m_weights);
    const auto update = commonNorm(m_start) / weights.clamp_min(1e-12);
    m_start.clear();
    std::int64_t which = 0;
    for (const auto& value : {m_gradientNorm, weights, update}) m_window.add({step + 1, which++, epoch, 0, 0}, value);
}

void Norms::report(Journal& journal, bool all) {
    for (const LossWindow::Point& point : m_window.take(all))
        journal.metric(kNormSeries[std::size_t(point.images)], point.step, point.epoch, point.loss);
}

}  // namespace lathe::engine::train
