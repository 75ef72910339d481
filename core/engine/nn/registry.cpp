// The networks that there are: one line each.
#include <fmt/format.h>
#include <algorithm>

#include "core/engine/nn/families.h"

namespace lathe::engine::nn {

std::span<const ModelEntry> modelEntries() {
    static const ModelEntry entries[] = {
        {"small", "A fast residual net for pictures up to 64 pixels", 16, 64, {12, 32, 3e-3, 0.05, "adamw"}, makeSmall},
        {"resnet18", "ResNet-18 with torchvision's names", 32, 1024, {30, 32, 1e-3, 0.05, "adamw"}, makeResnet18},
        {"resnet34", "ResNet-34 with torchvision's names", 32, 1024, {30, 32, 1e-3, 0.05, "adamw"}, makeResnet34},
        {"resnet50", "ResNet-50 with torchvision's names", 32, 1024, {30, 32, 1e-3, 0.05, "adamw"}, makeResnet50},
        {"mobilenet_v3_large",
         "MobileNetV3-Large with torchvision's names: few multiplications",
         32,
         1024,
         {30, 32, 1e-3, 0.05, "adamw"},
         makeMobilenetV3Large},
        {"convnext_tiny", "ConvNeXt-Tiny with torchvision's names", 32, 1024, {30, 32, 5e-4, 0.05, "adamw"}, makeConvnextTiny},
        {"vit_tiny_patch16",
         "ViT-Tiny, patches of 16, with timm's names; its picture size is fixed",
         32,
         512,
         {60, 32, 5e-4, 0.05, "adamw"},
         makeVitTiny},
        {"vit_small_patch16",
         "ViT-Small, patches of 16, with timm's names; its picture size is fixed",
         32,
         512,
         {60, 32, 5e-4, 0.05, "adamw"},
         makeVitSmall},
    };
    return entries;
}

Result<std::shared_ptr<Model>> makeModel(const ModelConfig& config) {
    std::string names;
    for (const ModelEntry& entry : modelEntries()) {
        names += (names.empty() ? "" : ", ") + std::string(entry.name);
        if (entry.name != config.name) continue;
        if (config.classes < 2) return fail(ErrorCode::InvalidArgument, "a classifier needs at least two classes", "model");
        if (config.channels != 1 && config.channels != 3)
            return fail(ErrorCode::InvalidArgument, "channels must be 1 or 3", "preprocessing.channels");
        if (std::min(config.width, config.height) < 8)
            return fail(ErrorCode::InvalidArgument, "pictures must be 8 pixels or more", "preprocessing");
        try {
            return entry.make(config);
        } catch (const std::exception& error) {
            return fail(ErrorCode::Internal, fmt::format("the model could not be made: {}", error.what()), config.name);
        }
    }
    return fail(ErrorCode::InvalidArgument, fmt::format("no model is called \"{}\"; there are {}", config.name, names),
                "model.name");
}

}  // namespace lathe::engine::nn
