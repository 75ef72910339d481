// Networks with torchvision's/timm's parameter names, and their registry: one file a family, one line in registry.cpp.
#pragma once
#include <torch/torch.h>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lathe::engine::nn {

/// forward(N x C x H x W float) -> one tensor, by the task: a classifier's logits N x classes; a segmenter's logits N x classes x H
/// x W; a detector's N x places x (classes + 5), see detector.h.
class Model : public torch::nn::Module {
public:
    virtual torch::Tensor forward(torch::Tensor x) = 0;
    /// Of a detector: anchor side of each level, px (nn::gridOf); else empty.
    [[nodiscard]] virtual std::vector<int> levelSizes() const { return {}; }
    /// Dotted names of modules whose output is a spatial feature map, first to last; the last is Grad-CAM's default.
    [[nodiscard]] virtual std::vector<std::string> featureLayers() const = 0;
    /// forward that also hands out the output of the named feature layer (still attached to the graph).
    virtual torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) = 0;
};

/// What a model needs to be made again.
struct ModelConfig {
    std::string name = "small";
    int channels = 3, classes = 10, width = 32, height = 32;
    Json options;
};
/// What a preset recommends when the spec says "auto" or 0.
struct Preset {
    int epochs, batch;
    double lr, weightDecay;
    std::string optimizer;
    int longSide = 0;  ///< px that larger pictures are made; 0: by the size of the pictures (classifiers)
};
struct ModelEntry {
    std::string_view task, name, about;
    int minSide, maxSide;  ///< sizes of pictures it is meant for
    int step;              ///< both sides divide by it
    Preset preset;
    std::function<std::shared_ptr<Model>(const ModelConfig&)> make;
};
[[nodiscard]] std::span<const ModelEntry> modelEntries();
[[nodiscard]] Result<std::shared_ptr<Model>> makeModel(const ModelConfig& config);

}  // namespace lathe::engine::nn
