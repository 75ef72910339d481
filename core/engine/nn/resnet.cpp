// ResNet-18, -34 and -50 with torchvision's parameter names, shapes and initialisation (He et al. 2015, arXiv 1512.03385).
#include "core/engine/nn/families.h"

namespace lathe::engine::nn {
namespace {

namespace tn = torch::nn;

tn::Conv2d conv(int in, int out, int kernel, int stride, int padding) {
    return tn::Conv2d(tn::Conv2dOptions(in, out, kernel).stride(stride).padding(padding).bias(false));
}

struct BasicBlockImpl : tn::Module {
    tn::Conv2d conv1{nullptr}, conv2{nullptr};
    tn::BatchNorm2d bn1{nullptr}, bn2{nullptr};
    tn::Sequential downsample{nullptr};
    BasicBlockImpl(int in, int out, int stride) {
        conv1 = register_module("conv1", conv(in, out, 3, stride, 1));
        bn1 = register_module("bn1", tn::BatchNorm2d(out));
        conv2 = register_module("conv2", conv(out, out, 3, 1, 1));
        bn2 = register_module("bn2", tn::BatchNorm2d(out));
        if (stride != 1 || in != out)
            downsample = register_module("downsample", tn::Sequential(conv(in, out, 1, stride, 0), tn::BatchNorm2d(out)));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        const auto y = bn2(conv2(bn1(conv1(x)).relu_()));
        return (y + (downsample.is_empty() ? x : downsample->forward(x))).relu_();
    }
};
TORCH_MODULE(BasicBlock);

/// 1x1, 3x3 with the stride (as torchvision since 0.2, "v1.5"), 1x1 to four times the width.
struct BottleneckImpl : tn::Module {
    tn::Conv2d conv1{nullptr}, conv2{nullptr}, conv3{nullptr};
    tn::BatchNorm2d bn1{nullptr}, bn2{nullptr}, bn3{nullptr};
    tn::Sequential downsample{nullptr};
    BottleneckImpl(int in, int out, int stride) {
        const int width = out / 4;
        conv1 = register_module("conv1", conv(in, width, 1, 1, 0));
        bn1 = register_module("bn1", tn::BatchNorm2d(width));
        conv2 = register_module("conv2", conv(width, width, 3, stride, 1));
        bn2 = register_module("bn2", tn::BatchNorm2d(width));
        conv3 = register_module("conv3", conv(width, out, 1, 1, 0));
        bn3 = register_module("bn3", tn::BatchNorm2d(out));
        if (stride != 1 || in != out)
            downsample = register_module("downsample", tn::Sequential(conv(in, out, 1, stride, 0), tn::BatchNorm2d(out)));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        auto y = bn1(conv1(x)).relu_();
        y = bn3(conv3(bn2(conv2(y)).relu_()));
        return (y + (downsample.is_empty() ? x : downsample->forward(x))).relu_();
    }
};
TORCH_MODULE(Bottleneck);

template <class Block>
class Resnet final : public Model {
public:
    Resnet(const ModelConfig& config, std::array<int, 4> blocks) {
        constexpr int kWiden = std::is_same_v<Block, Bottleneck> ? 4 : 1;
        m_conv1 = register_module("conv1", conv(config.channels, 64, 7, 2, 3));
        m_bn1 = register_module("bn1", tn::BatchNorm2d(64));
        int in = 64;
        for (int i = 0; i < 4; ++i) {
            const int out = (64 << i) * kWiden;
            tn::Sequential layer;
            for (int k = 0; k < blocks[std::size_t(i)]; ++k, in = out) layer->push_back(Block(in, out, k == 0 && i > 0 ? 2 : 1));
            m_layers[std::size_t(i)] = register_module("layer" + std::to_string(i + 1), layer);
        }
        m_fc = register_module("fc", tn::Linear(in, config.classes));
        for (const auto& module : modules(false))
            if (auto* c = module->as<tn::Conv2d>()) tn::init::kaiming_normal_(c->weight, 0, torch::kFanOut, torch::kReLU);
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return run(std::move(x), {}, none);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override { return {"layer1", "layer2", "layer3", "layer4"}; }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        return run(std::move(x), layer, feature);
    }

private:
    torch::Tensor run(torch::Tensor x, const std::string& layer, torch::Tensor& feature) {
        x = torch::max_pool2d(m_bn1(m_conv1(x)).relu_(), 3, 2, 1);
        for (std::size_t i = 0; i < m_layers.size(); ++i) {
            x = m_layers[i]->forward(x);
            if (layer == "layer" + std::to_string(i + 1)) feature = x;
        }
        return m_fc(torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1));
    }
    tn::Conv2d m_conv1{nullptr};
    tn::BatchNorm2d m_bn1{nullptr};
    std::array<tn::Sequential, 4> m_layers{nullptr, nullptr, nullptr, nullptr};
    tn::Linear m_fc{nullptr};
};

}  // namespace

std::shared_ptr<Model> makeResnet18(const ModelConfig& config) {
    return std::make_shared<Resnet<BasicBlock>>(config, std::array{2, 2, 2, 2});
}
std::shared_ptr<Model> makeResnet34(const ModelConfig& config) {
    return std::make_shared<Resnet<BasicBlock>>(config, std::array{3, 4, 6, 3});
}
std::shared_ptr<Model> makeResnet50(const ModelConfig& config) {
    return std::make_shared<Resnet<Bottleneck>>(config, std::array{3, 4, 6, 3});
}

}  // namespace lathe::engine::nn
