// MobileNetV3-Large with torchvision's parameter names, shapes and initialisation (Howard et al. 2019, arXiv 1905.02244).
#include "core/engine/nn/families.h"

namespace lathe::engine::nn {
namespace {

namespace tn = torch::nn;

enum class Act { None, Relu, Hardswish };

torch::Tensor bent(const torch::Tensor& x, Act act) {
    return act == Act::None ? x : act == Act::Relu ? torch::relu(x) : torch::hardswish(x);
}

/// What torchvision rounds widths to: a multiple of 8, never less than nine tenths.
int toEight(double width) {
    const int rounded = std::max(8, int(width + 4) / 8 * 8);
    return rounded < 0.9 * width ? rounded + 8 : rounded;
}

/// conv, batch norm, activation; torchvision's Conv2dNormActivation.
struct ConvUnitImpl : tn::Module {
    tn::Conv2d conv{nullptr};
    tn::BatchNorm2d bn{nullptr};
    Act act;
    ConvUnitImpl(int in, int out, int kernel, int stride, int groups, Act act) : act(act) {
        conv = register_module(
            "0",
            tn::Conv2d(tn::Conv2dOptions(in, out, kernel).stride(stride).padding((kernel - 1) / 2).groups(groups).bias(false)));
        bn = register_module("1", tn::BatchNorm2d(tn::BatchNorm2dOptions(out).eps(1e-3).momentum(0.01)));
    }
    torch::Tensor forward(const torch::Tensor& x) { return bent(bn(conv(x)), act); }
};
TORCH_MODULE(ConvUnit);

/// Squeeze and excitation.
struct ExciteImpl : tn::Module {
    tn::Conv2d fc1{nullptr}, fc2{nullptr};
    explicit ExciteImpl(int width) {
        const int squeezed = toEight(width / 4.0);
        fc1 = register_module("fc1", tn::Conv2d(tn::Conv2dOptions(width, squeezed, 1)));
        fc2 = register_module("fc2", tn::Conv2d(tn::Conv2dOptions(squeezed, width, 1)));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        return x * torch::hardsigmoid(fc2(torch::relu(fc1(torch::adaptive_avg_pool2d(x, {1, 1})))));
    }
};
TORCH_MODULE(Excite);

struct Row {
    int kernel, expanded, out;
    bool excite;
    Act act;
    int stride;
};
constexpr Act R = Act::Relu, H = Act::Hardswish;
constexpr std::array kRows = {
    Row{3, 16, 16, false, R, 1},  Row{3, 64, 24, false, R, 2},  Row{3, 72, 24, false, R, 1},  Row{5, 72, 40, true, R, 2},
    Row{5, 120, 40, true, R, 1},  Row{5, 120, 40, true, R, 1},  Row{3, 240, 80, false, H, 2}, Row{3, 200, 80, false, H, 1},
    Row{3, 184, 80, false, H, 1}, Row{3, 184, 80, false, H, 1}, Row{3, 480, 112, true, H, 1}, Row{3, 672, 112, true, H, 1},
    Row{5, 672, 160, true, H, 2}, Row{5, 960, 160, true, H, 1}, Row{5, 960, 160, true, H, 1},
};

struct InvertedImpl : tn::Module {
    tn::Sequential block{nullptr};
    bool residual;
    InvertedImpl(int in, const Row& row) : residual(row.stride == 1 && in == row.out) {
        tn::Sequential steps;
        if (row.expanded != in) steps->push_back(ConvUnit(in, row.expanded, 1, 1, 1, row.act));
        steps->push_back(ConvUnit(row.expanded, row.expanded, row.kernel, row.stride, row.expanded, row.act));
        if (row.excite) steps->push_back(Excite(row.expanded));
        steps->push_back(ConvUnit(row.expanded, row.out, 1, 1, 1, Act::None));
        block = register_module("block", steps);
    }
    torch::Tensor forward(const torch::Tensor& x) {
        const auto y = block->forward(x);
        return residual ? y + x : y;
    }
};
TORCH_MODULE(Inverted);

class Mobilenet final : public Model {
public:
    explicit Mobilenet(const ModelConfig& config) {
        constexpr int kFirst = 16, kLast = 960, kHidden = 1280;
        tn::Sequential features(ConvUnit(config.channels, kFirst, 3, 2, 1, H));
        int in = kFirst;
        for (const Row& row : kRows) {
            features->push_back(Inverted(in, row));
            in = row.out;
        }
        features->push_back(ConvUnit(in, kLast, 1, 1, 1, H));
        m_features = register_module("features", features);
        m_classifier =
            register_module("classifier", tn::Sequential(tn::Linear(kLast, kHidden),
                                                         tn::Functional([](const torch::Tensor& x) { return torch::hardswish(x); }),
                                                         tn::Dropout(0.2), tn::Linear(kHidden, config.classes)));
        const torch::NoGradGuard still;
        for (const auto& module : modules(false)) {
            if (auto* c = module->as<tn::Conv2d>()) {
                tn::init::kaiming_normal_(c->weight, 0, torch::kFanOut);
                if (c->bias.defined()) c->bias.zero_();
            }
            if (auto* l = module->as<tn::Linear>()) tn::init::normal_(l->weight, 0, 0.01), l->bias.zero_();
        }
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return run(std::move(x), {}, none);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override {
        return {"features.3", "features.6", "features.12", "features.16"};
    }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        return run(std::move(x), layer, feature);
    }

private:
    torch::Tensor run(torch::Tensor x, const std::string& layer, torch::Tensor& feature) {
        int i = 0;
        for (auto& step : *m_features) {
            x = step.forward<torch::Tensor>(x);
            if (layer == "features." + std::to_string(i++)) feature = x;
        }
        return m_classifier->forward(torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1));
    }
    tn::Sequential m_features{nullptr}, m_classifier{nullptr};
};

}  // namespace

std::shared_ptr<Model> makeMobilenetV3Large(const ModelConfig& config) {
    return std::make_shared<Mobilenet>(config);
}

}  // namespace lathe::engine::nn
