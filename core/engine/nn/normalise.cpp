#include "core/engine/nn/normalise.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>
#include <algorithm>
#include <array>

namespace lathe::engine::nn {
namespace {

constexpr std::int64_t kBlock = 48;  ///< bytes at once: whole pixels of 1, 2, 3 or 4 channels, whole vectors
constexpr std::int64_t kGrain = 1 << 16;

/// value scale + offset in one pass; `scale` and `offset` are repeated over kBlock. The same rounding as two passes of torch's.
#ifdef __x86_64__
__attribute__((target_clones("avx2", "default"), optimize("O3")))
#endif
void normaliseBytes(const std::uint8_t* in, std::int64_t count, const float* scale, const float* offset, float* out) {
    std::int64_t i = 0;
    for (; i + kBlock <= count; i += kBlock)
        for (std::int64_t k = 0; k < kBlock; ++k) out[i + k] = float(in[i + k]) * scale[k] + offset[k];
    for (std::int64_t k = 0; i < count; ++i, ++k) out[i] = float(in[i]) * scale[k] + offset[k];
}

torch::Tensor normalisedHere(const torch::Tensor& pictures, const std::vector<float>& scale, const std::vector<float>& offset) {
    const auto from = pictures.contiguous();
    auto to = torch::empty(from.sizes(), torch::kFloat32);
    std::array<float, kBlock> scales{}, offsets{};
    for (std::size_t k = 0; k < scales.size(); ++k) scales[k] = scale[k % scale.size()], offsets[k] = offset[k % offset.size()];
    const auto* in = from.const_data_ptr<std::uint8_t>();
    auto* out = to.mutable_data_ptr<float>();
    const std::int64_t count = from.numel(), blocks = (count + kBlock - 1) / kBlock;
    at::parallel_for(0, blocks, kGrain / kBlock, [&](std::int64_t first, std::int64_t last) {
        const std::int64_t begin = first * kBlock, end = std::min(count, last * kBlock);
        normaliseBytes(in + begin, end - begin, scales.data(), offsets.data(), out + begin);
    });
    return to;
}

}  // namespace

torch::Tensor sent(const torch::Tensor& values, torch::Device device) {
    if (device.is_cpu()) return values;
    return values.pin_memory().to(device, true);
}

torch::Tensor normalised(const torch::Tensor& pictures, const std::vector<double>& mean, const std::vector<double>& std) {
    const auto channels = std::size_t(pictures.size(3));
    std::vector<float> scale(channels), offset(channels);
    for (std::size_t c = 0; c < channels; ++c) {
        const double deviation = c < std.size() ? std[c] : 1.0;
        scale[c] = float(1.0 / (255.0 * deviation));
        offset[c] = float(-(c < mean.size() ? mean[c] : 0.0) / deviation);
    }
    const bool bytesHere = pictures.is_cpu() && pictures.scalar_type() == torch::kUInt8 && channels > 0 && kBlock % channels == 0;
    if (bytesHere) return normalisedHere(pictures, scale, offset).permute({0, 3, 1, 2});
    const auto onDevice = [&](const std::vector<float>& values) { return sent(torch::tensor(values), pictures.device()); };
    return pictures.to(torch::kFloat32).mul_(onDevice(scale)).add_(onDevice(offset)).permute({0, 3, 1, 2});
}

void toChannelsLast(torch::nn::Module& module) {
    const torch::NoGradGuard noGrad;
    for (auto& parameter : module.parameters())
        if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
}

}  // namespace lathe::engine::nn
