// "small": a few residual stages for pictures of 16 to 96 pixels; each stage halves the picture and widens the channels.
#include "core/engine/nn/families.h"

namespace lathe::engine::nn {
namespace {

namespace tn = torch::nn;

/// conv 3x3, batch norm, ReLU.
struct ConvUnitImpl : tn::Module {
    tn::Conv2d conv{nullptr};
    tn::BatchNorm2d bn{nullptr};
    ConvUnitImpl(int in, int out) {
        conv = register_module("conv", tn::Conv2d(tn::Conv2dOptions(in, out, 3).padding(1).bias(false)));
        bn = register_module("bn", tn::BatchNorm2d(out));
        tn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
    }
    torch::Tensor forward(const torch::Tensor& x) { return bn(conv(x)).relu_(); }
};
TORCH_MODULE(ConvUnit);

/// A unit that widens, max pooling by two, then a residual unit.
struct StageImpl : tn::Module {
    ConvUnit widen{nullptr}, residual{nullptr};
    StageImpl(int in, int out) {
        widen = register_module("widen", ConvUnit(in, out));
        residual = register_module("residual", ConvUnit(out, out));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        const auto pooled = torch::max_pool2d(widen(x), 2);
        return pooled + residual(pooled);
    }
};
TORCH_MODULE(Stage);

class Small final : public Model {
public:
    explicit Small(const ModelConfig& config) {
        const int width = config.options.is_object() ? config.options.value("width", 16) : 16;  // as the catalogue has it
        const int stages = std::max(config.width, config.height) > 40 ? 4 : 3;
        m_stem = register_module("stem", ConvUnit(config.channels, width));
        int in = width;
        for (int i = 1; i <= stages; ++i) {
            const int out = std::min(width << i, width * 8);
            m_stages.push_back(register_module("stage" + std::to_string(i), Stage(in, out)));
            in = out;
        }
        m_fc = register_module("fc", tn::Linear(in, config.classes));
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return run(std::move(x), {}, none);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override {
        std::vector<std::string> names;
        for (std::size_t i = 1; i <= m_stages.size(); ++i) names.push_back("stage" + std::to_string(i));
        return names;
    }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        return run(std::move(x), layer, feature);
    }

private:
    torch::Tensor run(torch::Tensor x, const std::string& layer, torch::Tensor& feature) {
        x = m_stem(x);
        for (std::size_t i = 0; i < m_stages.size(); ++i) {
            x = m_stages[i](x);
            if (layer == "stage" + std::to_string(i + 1)) feature = x;
        }
        return m_fc(x.mean({2, 3}));
    }
    ConvUnit m_stem{nullptr};
    std::vector<Stage> m_stages;
    tn::Linear m_fc{nullptr};
};

}  // namespace

std::shared_ptr<Model> makeSmall(const ModelConfig& config) {
    return std::make_shared<Small>(config);
}

}  // namespace lathe::engine::nn
