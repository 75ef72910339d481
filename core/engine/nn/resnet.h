// The residual trunk with torchvision's names (conv1, bn1, layer1 … layer4), shared by classifiers, detectors and segmenters.
#pragma once
#include <torch/torch.h>
#include <array>

namespace lathe::engine::nn {

struct TrunkPlan {
    std::array<int, 4> blocks{2, 2, 2, 2}, widths{64, 128, 256, 512};
    bool bottleneck = false;        ///< blocks of 1x1, 3x3, 1x1; widths are those that come out
    int stem = 64, stemKernel = 7;  ///< the first convolution, stride 2
    bool pool = true;               ///< 3x3 maximum after the stem; else layer1 has the stride
};
[[nodiscard]] TrunkPlan resnet18Plan();
[[nodiscard]] TrunkPlan resnet34Plan();
[[nodiscard]] TrunkPlan resnet50Plan();
/// A trunk for processors: a tenth of ResNet-18's multiplications at the same picture size.
[[nodiscard]] TrunkPlan lightPlan();

struct ResnetTrunk {
    torch::nn::Conv2d conv1{nullptr};
    torch::nn::BatchNorm2d bn1{nullptr};
    std::array<torch::nn::Sequential, 4> layers{nullptr, nullptr, nullptr, nullptr};
    TrunkPlan plan;

    /// Registers the parts in `owner` under torchvision's names.
    ResnetTrunk(torch::nn::Module& owner, const TrunkPlan& plan, int channels);
    /// He et al. 2015 (arXiv 1502.01852), fan out, for every convolution below `owner`.
    static void initialise(torch::nn::Module& owner);
    [[nodiscard]] torch::Tensor stem(const torch::Tensor& x);  ///< stride 2
    /// After the stem: strides 4, 8, 16, 32.
    [[nodiscard]] torch::Tensor layer(std::size_t index, const torch::Tensor& x);
};

}  // namespace lathe::engine::nn
