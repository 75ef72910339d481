#include "core/engine/nn/normalise.h"

namespace lathe::engine::nn {

torch::Tensor normalised(const torch::Tensor& pictures, const std::vector<double>& mean, const std::vector<double>& std) {
    const auto channels = std::size_t(pictures.size(3));
    std::vector<float> scale(channels), offset(channels);
    for (std::size_t c = 0; c < channels; ++c) {
        const double deviation = c < std.size() ? std[c] : 1.0;
        scale[c] = float(1.0 / (255.0 * deviation));
        offset[c] = float(-(c < mean.size() ? mean[c] : 0.0) / deviation);
    }
    const auto onDevice = [&](const std::vector<float>& values) { return torch::tensor(values).to(pictures.device()); };
    return pictures.to(torch::kFloat32).mul_(onDevice(scale)).add_(onDevice(offset)).permute({0, 3, 1, 2});
}

void toChannelsLast(torch::nn::Module& module) {
    const torch::NoGradGuard noGrad;
    for (auto& parameter : module.parameters())
        if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
}

}  // namespace lathe::engine::nn
