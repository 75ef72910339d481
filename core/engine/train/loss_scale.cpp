#include "core/engine/train/loss_scale.h"

#include <torch/torch.h>

namespace lathe::engine::train {
namespace {

constexpr double kScaleGrowth = 2, kScaleBackoff = 0.5;
constexpr std::int64_t kScaleInterval = 2000;

}  // namespace

LossScale::LossScale(torch::Device device, double start)
    : m_scale(torch::full({1}, start, torch::TensorOptions(torch::kFloat32).device(device))),
      m_growth(torch::zeros({1}, torch::TensorOptions(torch::kInt32).device(device))) {}

bool LossScale::unscale(const std::vector<torch::Tensor>& gradients) {
    const torch::NoGradGuard still;
    auto found = torch::zeros({1}, m_scale.options());
    if (!gradients.empty()) at::_amp_foreach_non_finite_check_and_unscale_(gradients, found, m_scale.reciprocal());
    at::_amp_update_scale_(m_scale, m_growth, found, kScaleGrowth, kScaleBackoff, kScaleInterval);
    return found.item<float>() == 0;
}

Json LossScale::save() const {
    return {{"scale", m_scale.item<float>()}, {"growth", m_growth.item<int>()}};
}

void LossScale::load(const Json& json) {
    if (!json.is_object()) return;
    m_scale.fill_(json.value("scale", 65536.0));
    m_growth.fill_(json.value("growth", 0));
}

}  // namespace lathe::engine::train
