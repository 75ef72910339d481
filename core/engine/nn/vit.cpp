// Vision transformers with timm's parameter names, shapes and initialisation (Dosovitskiy et al. 2021, arXiv 2010.11929; Touvron
// et al. 2021, arXiv 2012.12877): a class token, patches of 16, the position of each learnt for one picture size.
#include "core/engine/nn/families.h"

namespace lathe::engine::nn {
namespace {

namespace tn = torch::nn;

constexpr int kPatch = 16, kDepth = 12, kHead = 64;
constexpr double kNormEpsilon = 1e-6;

tn::LayerNorm norm(int width) {
    return tn::LayerNorm(tn::LayerNormOptions({width}).eps(kNormEpsilon));
}

struct AttentionImpl : tn::Module {
    tn::Linear qkv{nullptr}, proj{nullptr};
    int heads;
    explicit AttentionImpl(int width) : heads(width / kHead) {
        qkv = register_module("qkv", tn::Linear(width, 3 * width));
        proj = register_module("proj", tn::Linear(width, width));
    }
    // N x tokens x width. N is never asked for: a trace would keep it.
    torch::Tensor forward(const torch::Tensor& x) {
        const auto tokens = x.size(1), width = x.size(2);
        const auto parts = qkv(x).reshape({-1, tokens, 3, heads, kHead}).permute({2, 0, 3, 1, 4});
        const auto y = torch::scaled_dot_product_attention(parts.select(0, 0), parts.select(0, 1), parts.select(0, 2));
        return proj(y.transpose(1, 2).reshape({-1, tokens, width}));
    }
};
TORCH_MODULE(Attention);

struct MlpImpl : tn::Module {
    tn::Linear fc1{nullptr}, fc2{nullptr};
    explicit MlpImpl(int width) {
        fc1 = register_module("fc1", tn::Linear(width, 4 * width));
        fc2 = register_module("fc2", tn::Linear(4 * width, width));
    }
    torch::Tensor forward(const torch::Tensor& x) { return fc2(torch::gelu(fc1(x))); }
};
TORCH_MODULE(Mlp);

struct EncoderImpl : tn::Module {
    tn::LayerNorm norm1{nullptr}, norm2{nullptr};
    Attention attn{nullptr};
    Mlp mlp{nullptr};
    explicit EncoderImpl(int width) {
        norm1 = register_module("norm1", norm(width));
        attn = register_module("attn", Attention(width));
        norm2 = register_module("norm2", norm(width));
        mlp = register_module("mlp", Mlp(width));
    }
};
TORCH_MODULE(Encoder);

class Vit final : public Model {
public:
    Vit(const ModelConfig& config, int width)
        : m_rows(config.height / kPatch), m_columns(config.width / kPatch), m_blocks(register_module("blocks", tn::ModuleList())) {
        if (config.width % kPatch != 0 || config.height % kPatch != 0)
            throw std::invalid_argument("width and height must be multiples of 16");
        m_classToken = register_parameter("cls_token", torch::empty({1, 1, width}).normal_(0, 1e-6));
        m_positions = register_parameter("pos_embed", torch::empty({1, m_rows * m_columns + 1, width}).normal_(0, 0.02));
        auto embed = register_module("patch_embed", std::make_shared<tn::Module>());
        m_patches = embed->register_module("proj", tn::Conv2d(tn::Conv2dOptions(config.channels, width, kPatch).stride(kPatch)));
        for (int k = 0; k < kDepth; ++k) m_blocks->push_back(Encoder(width));
        m_norm = register_module("norm", norm(width));
        m_head = register_module("head", tn::Linear(width, config.classes));
        const torch::NoGradGuard still;
        for (const auto& module : modules(false))
            if (auto* l = module->as<tn::Linear>()) tn::init::normal_(l->weight, 0, 0.02).clamp_(-2, 2), l->bias.zero_();
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return run(std::move(x), {}, none);
    }
    // The normed tokens that a block attends to: behind the last block the patches' own tokens decide nothing any more.
    [[nodiscard]] std::vector<std::string> featureLayers() const override {
        std::vector<std::string> names;
        for (int k = 2; k < kDepth; k += 3) names.push_back(layerName(k));
        return names;
    }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        return run(std::move(x), layer, feature);
    }

private:
    static std::string layerName(int block) { return "blocks." + std::to_string(block) + ".norm1"; }
    /// The patches' tokens as a picture and back, so that what follows depends on the picture.
    torch::Tensor through(const torch::Tensor& tokens, torch::Tensor& feature) const {
        feature = tokens.slice(1, 1).transpose(1, 2).reshape({-1, tokens.size(2), m_rows, m_columns});
        return torch::cat({tokens.slice(1, 0, 1), feature.flatten(2).transpose(1, 2)}, 1);
    }
    torch::Tensor run(torch::Tensor x, const std::string& layer, torch::Tensor& feature) {
        const std::int64_t height = std::int64_t(m_rows) * kPatch, width = std::int64_t(m_columns) * kPatch;
        TORCH_CHECK(x.size(2) == height && x.size(3) == width, "this ViT takes pictures of ", width, " x ", height, ", not ",
                    x.size(3), " x ", x.size(2));
        x = m_patches(x).flatten(2).transpose(1, 2);
        x = torch::cat({m_classToken.expand_as(x.slice(1, 0, 1)), x}, 1) + m_positions;
        for (int k = 0; k < kDepth; ++k) {
            auto& block = *m_blocks->at<EncoderImpl>(std::size_t(k)).as<EncoderImpl>();
            auto seen = block.norm1(x);
            if (layer == layerName(k)) seen = through(seen, feature);
            x = x + block.attn(seen);
            x = x + block.mlp(block.norm2(x));
        }
        return m_head(m_norm(x).select(1, 0));
    }
    int m_rows, m_columns;
    torch::Tensor m_classToken, m_positions;
    tn::Conv2d m_patches{nullptr};
    tn::ModuleList m_blocks;
    tn::LayerNorm m_norm{nullptr};
    tn::Linear m_head{nullptr};
};

}  // namespace

std::shared_ptr<Model> makeVitTiny(const ModelConfig& config) {
    return std::make_shared<Vit>(config, 192);
}
std::shared_ptr<Model> makeVitSmall(const ModelConfig& config) {
    return std::make_shared<Vit>(config, 384);
}

}  // namespace lathe::engine::nn
