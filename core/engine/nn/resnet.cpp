// ResNet-18, -34 and -50 with torchvision's parameter names, shapes and initialisation (He et al. 2015, arXiv 1512.03385).
#include "core/engine/nn/resnet.h"

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

tn::Sequential layerOf(const TrunkPlan& plan, int blocks, int in, int out, int stride) {
    tn::Sequential layer;
    for (int k = 0; k < blocks; ++k, in = out) {
        if (plan.bottleneck)
            layer->push_back(Bottleneck(in, out, k == 0 ? stride : 1));
        else
            layer->push_back(BasicBlock(in, out, k == 0 ? stride : 1));
    }
    return layer;
}

class Resnet final : public Model {
public:
    Resnet(const ModelConfig& config, const TrunkPlan& plan) : m_trunk(*this, plan, config.channels) {
        m_fc = register_module("fc", tn::Linear(plan.widths.back(), config.classes));
        ResnetTrunk::initialise(*this);
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
        x = m_trunk.stem(x);
        for (std::size_t i = 0; i < m_trunk.layers.size(); ++i) {
            x = m_trunk.layer(i, x);
            if (layer == "layer" + std::to_string(i + 1)) feature = x;
        }
        return m_fc(torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1));
    }
    ResnetTrunk m_trunk;
    tn::Linear m_fc{nullptr};
};

}  // namespace

TrunkPlan resnet18Plan() {
    return {};
}
TrunkPlan resnet34Plan() {
    return {{3, 4, 6, 3}};
}
TrunkPlan resnet50Plan() {
    return {{3, 4, 6, 3}, {256, 512, 1024, 2048}, true};
}
TrunkPlan lightPlan() {
    return {{2, 2, 2, 2}, {32, 64, 128, 192}, false, 32, 3, false};
}

ResnetTrunk::ResnetTrunk(tn::Module& owner, const TrunkPlan& wanted, int channels) : plan(wanted) {
    conv1 = owner.register_module("conv1", conv(channels, plan.stem, plan.stemKernel, 2, plan.stemKernel / 2));
    bn1 = owner.register_module("bn1", tn::BatchNorm2d(plan.stem));
    int in = plan.stem;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const int stride = i > 0 || !plan.pool ? 2 : 1;
        layers[i] =
            owner.register_module("layer" + std::to_string(i + 1), layerOf(plan, plan.blocks[i], in, plan.widths[i], stride));
        in = plan.widths[i];
    }
}

void ResnetTrunk::initialise(tn::Module& owner) {
    for (const auto& module : owner.modules(false))
        if (auto* c = module->as<tn::Conv2d>()) tn::init::kaiming_normal_(c->weight, 0, torch::kFanOut, torch::kReLU);
}

torch::Tensor ResnetTrunk::stem(const torch::Tensor& x) {
    return bn1(conv1(x)).relu_();
}

torch::Tensor ResnetTrunk::layer(std::size_t index, const torch::Tensor& x) {
    return layers[index]->forward(index == 0 && plan.pool ? torch::max_pool2d(x, 3, 2, 1) : x);
}

std::shared_ptr<Model> makeResnet18(const ModelConfig& config) {
    return std::make_shared<Resnet>(config, resnet18Plan());
}
std::shared_ptr<Model> makeResnet34(const ModelConfig& config) {
    return std::make_shared<Resnet>(config, resnet34Plan());
}
std::shared_ptr<Model> makeResnet50(const ModelConfig& config) {
    return std::make_shared<Resnet>(config, resnet50Plan());
}

}  // namespace lathe::engine::nn
