// ConvNeXt-Tiny with torchvision's parameter names, shapes and initialisation (Liu et al. 2022, arXiv 2201.03545).
#include <numeric>

#include "core/engine/nn/drop_path.h"
#include "core/engine/nn/families.h"

namespace lathe::engine::nn {
namespace {

namespace tn = torch::nn;

constexpr std::array kDepths = {3, 3, 9, 3};
constexpr std::array kWidths = {96, 192, 384, 768};
constexpr double kEpsilon = 1e-6, kDropPath = 0.1, kLayerScale = 1e-6;

/// Over the channels of N x C x H x W.
struct LayerNorm2dImpl : tn::LayerNormImpl {
    explicit LayerNorm2dImpl(int width) : tn::LayerNormImpl(tn::LayerNormOptions({width}).eps(kEpsilon)) {}
    torch::Tensor forward(const torch::Tensor& x) {
        return tn::LayerNormImpl::forward(x.permute({0, 2, 3, 1})).permute({0, 3, 1, 2});
    }
};
TORCH_MODULE(LayerNorm2d);

tn::Conv2d patches(int in, int out, int side) {
    return tn::Conv2d(tn::Conv2dOptions(in, out, side).stride(side));
}

/// A Sequential that can stand in a Sequential, whose own forward is a template.
struct ChainImpl : tn::SequentialImpl {
    using tn::SequentialImpl::SequentialImpl;
    torch::Tensor forward(const torch::Tensor& x) { return tn::SequentialImpl::forward<torch::Tensor>(x); }
};
TORCH_MODULE(Chain);

struct BlockImpl : tn::Module {
    torch::Tensor layerScale;
    tn::Sequential block;  // 0 depthwise, 2 norm, 3 widen, 5 narrow: torchvision has a permutation at 1 and 6, GELU at 4
    tn::Conv2d depthwise{nullptr};
    tn::LayerNorm norm{nullptr};
    tn::Linear widen{nullptr}, narrow{nullptr};
    double drop;
    BlockImpl(int width, double drop) : drop(drop) {
        layerScale = register_parameter("layer_scale", torch::full({width, 1, 1}, kLayerScale));
        depthwise = tn::Conv2d(tn::Conv2dOptions(width, width, 7).padding(3).groups(width));
        norm = tn::LayerNorm(tn::LayerNormOptions({width}).eps(kEpsilon));
        widen = tn::Linear(width, 4 * width);
        narrow = tn::Linear(4 * width, width);
        register_module("block", block);
        block->register_module("0", depthwise);
        block->register_module("2", norm);
        block->register_module("3", widen);
        block->register_module("5", narrow);
    }
    torch::Tensor forward(const torch::Tensor& x) {
        const auto y = narrow(torch::gelu(widen(norm(depthwise(x).permute({0, 2, 3, 1}))))).permute({0, 3, 1, 2});
        return x + dropPath(layerScale * y, drop, is_training());
    }
};
TORCH_MODULE(Block);

class Convnext final : public Model {
public:
    explicit Convnext(const ModelConfig& config) : m_features(register_module("features", tn::Sequential())) {
        const int blocks = std::accumulate(kDepths.begin(), kDepths.end(), 0);
        Chain stem;
        stem->push_back(patches(config.channels, kWidths[0], 4));
        stem->push_back(LayerNorm2d(kWidths[0]));
        m_features->push_back(stem);
        int before = 0;
        for (std::size_t stage = 0; stage < kDepths.size(); ++stage) {
            Chain layer;
            for (int k = 0; k < kDepths[stage]; ++k, ++before)
                layer->push_back(Block(kWidths[stage], kDropPath * before / (blocks - 1)));
            m_features->push_back(layer);
            if (stage + 1 == kDepths.size()) break;
            Chain halve;
            halve->push_back(LayerNorm2d(kWidths[stage]));
            halve->push_back(patches(kWidths[stage], kWidths[stage + 1], 2));
            m_features->push_back(halve);
        }
        m_classifier = register_module("classifier", tn::Sequential());
        m_norm = m_classifier->register_module("0", LayerNorm2d(kWidths.back()));
        m_fc = m_classifier->register_module("2", tn::Linear(kWidths.back(), config.classes));
        for (const auto& module : modules(false)) {
            if (auto* c = module->as<tn::Conv2d>()) start(c->weight, c->bias);
            if (auto* l = module->as<tn::Linear>()) start(l->weight, l->bias);
        }
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return run(std::move(x), {}, none);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override {
        return {"features.1", "features.3", "features.5", "features.7"};
    }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        return run(std::move(x), layer, feature);
    }

private:
    static void start(torch::Tensor& weight, torch::Tensor& bias) {
        const torch::NoGradGuard still;
        tn::init::normal_(weight, 0, 0.02).clamp_(-2, 2);
        bias.zero_();
    }
    torch::Tensor run(torch::Tensor x, const std::string& layer, torch::Tensor& feature) {
        int i = 0;
        for (auto& stage : *m_features) {
            x = stage.forward<torch::Tensor>(x);
            if (layer == "features." + std::to_string(i++)) feature = x;
        }
        return m_fc(m_norm(torch::adaptive_avg_pool2d(x, {1, 1})).flatten(1));
    }
    tn::Sequential m_features, m_classifier{nullptr};
    LayerNorm2d m_norm{nullptr};
    tn::Linear m_fc{nullptr};
};

}  // namespace

std::shared_ptr<Model> makeConvnextTiny(const ModelConfig& config) {
    return std::make_shared<Convnext>(config);
}

}  // namespace lathe::engine::nn
