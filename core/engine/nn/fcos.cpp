// FCOS (Tian et al. 2019, arXiv 1904.01355) on a residual trunk with a feature pyramid: torchvision's names, shapes and start
// values for fcos_resnet50_fpn; the others are the same parts in other sizes.
#include <cmath>

#include "core/engine/nn/detector.h"
#include "core/engine/nn/families.h"
#include "core/engine/nn/resnet.h"

namespace lathe::engine::nn {
namespace {

namespace tn = torch::nn;

constexpr double kRare = 0.01;  ///< share of places that hold something, where the class head starts

struct FcosPlan {
    TrunkPlan trunk;
    int width = 256, convolutions = 4, groups = 32;
    bool coarse = true;  ///< levels p6 and p7 as well
};

tn::Conv2d convolution(int in, int out, int kernel, int stride = 1) {
    return tn::Conv2d(tn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2));
}

/// Weights uniform (He et al. 2015, a = 1), biases 0.
void startPyramid(tn::Module& pyramid) {
    for (const auto& module : pyramid.modules(false))
        if (auto* c = module->as<tn::Conv2d>()) {
            tn::init::kaiming_uniform_(c->weight, 1);
            tn::init::zeros_(c->bias);
        }
}

/// Lin et al. 2017 (arXiv 1612.03144) over the trunk's layers 2 to 4, with p6 and p7 from p5.
class Pyramid : public tn::Module {
public:
    explicit Pyramid(const FcosPlan& plan) : m_coarse(plan.coarse) {
        tn::ModuleList inner, layers;
        for (std::size_t i = 1; i < 4; ++i) {
            inner->push_back(tn::Sequential(convolution(plan.trunk.widths[i], plan.width, 1)));
            layers->push_back(tn::Sequential(convolution(plan.width, plan.width, 3)));
        }
        m_inner = register_module("inner_blocks", inner);
        m_layers = register_module("layer_blocks", layers);
        startPyramid(*this);
        if (!plan.coarse) return;
        const auto extra = register_module("extra_blocks", std::make_shared<tn::Module>());
        m_p6 = extra->register_module("p6", convolution(plan.width, plan.width, 3, 2));
        m_p7 = extra->register_module("p7", convolution(plan.width, plan.width, 3, 2));
        startPyramid(*extra);
    }
    /// From strides 8, 16, 32 to as many maps of one width, and two coarser ones.
    std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& maps) {
        std::vector<torch::Tensor> out(maps.size());
        torch::Tensor above;
        for (std::size_t i = maps.size(); i-- > 0;) {
            auto here = m_inner[i]->as<tn::Sequential>()->forward(maps[i]);
            if (above.defined()) here = here + torch::upsample_nearest2d(above, {here.size(2), here.size(3)});
            above = here;
            out[i] = m_layers[i]->as<tn::Sequential>()->forward(here);
        }
        if (!m_coarse) return out;
        out.push_back(m_p6(out.back()));
        out.push_back(m_p7(torch::relu(out.back())));
        return out;
    }

private:
    bool m_coarse;
    tn::ModuleList m_inner, m_layers;
    tn::Conv2d m_p6{nullptr}, m_p7{nullptr};
};

/// One branch of the head, the same at every level.
class Branch : public tn::Module {
public:
    Branch(const FcosPlan& plan, const std::vector<std::pair<const char*, int>>& outputs) {
        tn::Sequential tower;
        for (int i = 0; i < plan.convolutions; ++i) {
            tower->push_back(convolution(plan.width, plan.width, 3));
            tower->push_back(tn::GroupNorm(plan.groups, plan.width));
            tower->push_back(tn::ReLU());
        }
        m_tower = register_module("conv", tower);
        for (const auto& [name, channels] : outputs)
            m_outputs.push_back(register_module(name, convolution(plan.width, channels, 3)));
        for (const auto& module : modules(false))
            if (auto* c = module->as<tn::Conv2d>()) {
                tn::init::normal_(c->weight, 0, 0.01);
                tn::init::zeros_(c->bias);
            }
    }
    tn::Conv2d& output(std::size_t index) { return m_outputs[index]; }
    /// N x places x channels of each output.
    std::vector<torch::Tensor> forward(const torch::Tensor& map) {
        const auto x = m_tower->forward(map);
        std::vector<torch::Tensor> out;
        for (auto& output : m_outputs) out.push_back(output(x).flatten(2).transpose(1, 2));
        return out;
    }

private:
    tn::Sequential m_tower{nullptr};
    std::vector<tn::Conv2d> m_outputs;
};

class Fcos final : public Model {
public:
    Fcos(const ModelConfig& config, const FcosPlan& plan)
        : m_backbone(register_module("backbone", std::make_shared<tn::Module>())),
          m_body(m_backbone->register_module("body", std::make_shared<tn::Module>())),
          m_trunk(*m_body, plan.trunk, config.channels),
          m_sizes(plan.coarse ? std::vector{8, 16, 32, 64, 128} : std::vector{8, 16, 32}) {
        ResnetTrunk::initialise(*m_body);
        m_pyramid = m_backbone->register_module("fpn", std::make_shared<Pyramid>(plan));
        const auto head = register_module("head", std::make_shared<tn::Module>());
        m_classes =
            head->register_module("classification_head", std::make_shared<Branch>(plan, Outputs{{"cls_logits", config.classes}}));
        m_places =
            head->register_module("regression_head", std::make_shared<Branch>(plan, Outputs{{"bbox_reg", 4}, {"bbox_ctrness", 1}}));
        tn::init::constant_(m_classes->output(0)->bias, -std::log((1 - kRare) / kRare));
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return run(std::move(x), {}, none);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override {
        return {"backbone.body.layer1", "backbone.body.layer2", "backbone.body.layer3", "backbone.body.layer4"};
    }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        return run(std::move(x), layer, feature);
    }
    [[nodiscard]] std::vector<int> levelSizes() const override { return m_sizes; }

private:
    using Outputs = std::vector<std::pair<const char*, int>>;
    torch::Tensor run(torch::Tensor x, const std::string& layer, torch::Tensor& feature) {
        x = m_trunk.stem(x);
        std::vector<torch::Tensor> maps;
        for (std::size_t i = 0; i < m_trunk.layers.size(); ++i) {
            x = m_trunk.layer(i, x);
            if (layer == featureLayers()[i]) feature = x;
            if (i > 0) maps.push_back(x);
        }
        std::vector<torch::Tensor> levels;
        for (const auto& map : m_pyramid->forward(maps)) {
            const auto classes = m_classes->forward(map);
            const auto places = m_places->forward(map);
            levels.push_back(torch::cat({classes[0], torch::relu(places[0]), places[1]}, 2));
        }
        return torch::cat(levels, 1);
    }
    std::shared_ptr<tn::Module> m_backbone, m_body;
    ResnetTrunk m_trunk;
    std::vector<int> m_sizes;
    std::shared_ptr<Pyramid> m_pyramid;
    std::shared_ptr<Branch> m_classes, m_places;
};

}  // namespace

std::shared_ptr<Model> makeFcosLight(const ModelConfig& config) {
    return std::make_shared<Fcos>(config, FcosPlan{lightPlan(), 64, 2, 8, false});
}
std::shared_ptr<Model> makeFcosResnet18(const ModelConfig& config) {
    return std::make_shared<Fcos>(config, FcosPlan{resnet18Plan()});
}
std::shared_ptr<Model> makeFcosResnet50(const ModelConfig& config) {
    return std::make_shared<Fcos>(config, FcosPlan{resnet50Plan()});
}

}  // namespace lathe::engine::nn
