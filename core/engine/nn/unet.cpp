// U-Net (Ronneberger et al. 2015, arXiv 1505.04597) over a residual encoder: names and shapes of segmentation_models_pytorch's
// Unet.
#include <optional>

#include "core/engine/nn/families.h"
#include "core/engine/nn/resnet.h"

namespace lathe::engine::nn {
namespace {

namespace tn = torch::nn;

struct UnetPlan {
    TrunkPlan trunk;
    std::vector<int> decoder;  ///< channels of each step, from stride 16 on; fewer than five end at a coarser map
};

tn::Sequential convNormRelu(int in, int out) {
    return tn::Sequential(tn::Conv2d(tn::Conv2dOptions(in, out, 3).padding(1).bias(false)), tn::BatchNorm2d(out), tn::ReLU());
}

/// Twice the size, joined with the encoder's map of that size, two convolutions.
class Step : public tn::Module {
public:
    Step(int in, int skip, int out)
        : m_conv1(register_module("conv1", convNormRelu(in + skip, out))),
          m_conv2(register_module("conv2", convNormRelu(out, out))) {
        for (const auto& module : modules(false))
            if (auto* c = module->as<tn::Conv2d>()) tn::init::kaiming_uniform_(c->weight, 0, torch::kFanIn, torch::kReLU);
    }
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& skip) {
        const auto larger = torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
        return m_conv2->forward(m_conv1->forward(skip.defined() ? torch::cat({larger, skip}, 1) : larger));
    }

private:
    tn::Sequential m_conv1, m_conv2;
};

class Unet final : public Model {
public:
    Unet(const ModelConfig& config, const UnetPlan& plan)
        : m_encoder(register_module("encoder", std::make_shared<tn::Module>())), m_trunk(*m_encoder, plan.trunk, config.channels) {
        ResnetTrunk::initialise(*m_encoder);
        const auto& w = plan.trunk.widths;
        const std::vector<int> skips = {w[2], w[1], w[0], plan.trunk.stem, 0};
        const auto decoder = register_module("decoder", std::make_shared<tn::Module>());
        tn::ModuleList steps;
        int in = w[3];
        for (std::size_t i = 0; i < plan.decoder.size(); ++i) {
            m_steps.push_back(std::make_shared<Step>(in, skips[i], plan.decoder[i]));
            steps->push_back(m_steps.back());
            in = plan.decoder[i];
        }
        decoder->register_module("blocks", steps);
        m_head =
            register_module("segmentation_head", tn::Sequential(tn::Conv2d(tn::Conv2dOptions(in, config.classes, 3).padding(1))));
        auto* last = m_head[0]->as<tn::Conv2d>();
        tn::init::xavier_uniform_(last->weight);
        tn::init::zeros_(last->bias);
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return run(std::move(x), {}, none);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override {
        return {"encoder.layer1", "encoder.layer2", "encoder.layer3", "encoder.layer4"};
    }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        return run(std::move(x), layer, feature);
    }

private:
    torch::Tensor run(torch::Tensor x, const std::string& layer, torch::Tensor& feature) {
        const std::int64_t height = x.size(2), width = x.size(3);
        x = m_trunk.stem(x);
        std::vector<torch::Tensor> skips = {x};  // strides 2, 4, 8, 16
        for (std::size_t i = 0; i < m_trunk.layers.size(); ++i) {
            x = m_trunk.layer(i, x);
            if (layer == featureLayers()[i]) feature = x;
            if (i < 3) skips.push_back(x);
        }
        for (const auto& step : m_steps) {
            x = step->forward(x, skips.empty() ? torch::Tensor() : skips.back());
            if (!skips.empty()) skips.pop_back();
        }
        x = m_head->forward(x);
        return x.size(2) == height ? x : torch::upsample_bilinear2d(x, {height, width}, false);
    }
    std::shared_ptr<tn::Module> m_encoder;
    ResnetTrunk m_trunk;
    std::vector<std::shared_ptr<Step>> m_steps;
    tn::Sequential m_head{nullptr};
};

}  // namespace

std::shared_ptr<Model> makeUnetLight(const ModelConfig& config) {
    return std::make_shared<Unet>(config, UnetPlan{lightPlan(), {96, 64, 48}});
}
std::shared_ptr<Model> makeUnetResnet18(const ModelConfig& config) {
    return std::make_shared<Unet>(config, UnetPlan{resnet18Plan(), {256, 128, 64, 32, 16}});
}
std::shared_ptr<Model> makeUnetResnet34(const ModelConfig& config) {
    return std::make_shared<Unet>(config, UnetPlan{resnet34Plan(), {256, 128, 64, 32, 16}});
}

}  // namespace lathe::engine::nn
