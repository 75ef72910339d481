// The networks that there are: one line each.
#include <fmt/format.h>
#include <algorithm>

#include "core/engine/nn/families.h"

namespace lathe::engine::nn {

std::span<const ModelEntry> modelEntries() {
    static const ModelEntry entries[] = {
        {"classify",
         "small",
         "A fast residual net for pictures up to 64 pixels",
         16,
         64,
         1,
         {12, 32, 3e-3, 0.05, "adamw"},
         makeSmall},
        {"classify", "resnet18", "ResNet-18 with torchvision's names", 32, 1024, 1, {30, 32, 1e-3, 0.05, "adamw"}, makeResnet18},
        {"classify", "resnet34", "ResNet-34 with torchvision's names", 32, 1024, 1, {30, 32, 1e-3, 0.05, "adamw"}, makeResnet34},
        {"classify", "resnet50", "ResNet-50 with torchvision's names", 32, 1024, 1, {30, 32, 1e-3, 0.05, "adamw"}, makeResnet50},
        {"classify",
         "mobilenet_v3_large",
         "MobileNetV3-Large with torchvision's names: few multiplications",
         32,
         1024,
         1,
         {30, 32, 1e-3, 0.05, "adamw"},
         makeMobilenetV3Large},
        {"classify",
         "convnext_tiny",
         "ConvNeXt-Tiny with torchvision's names",
         32,
         1024,
         1,
         {30, 32, 5e-4, 0.05, "adamw"},
         makeConvnextTiny},
        {"classify",
         "vit_tiny_patch16",
         "ViT-Tiny, patches of 16, with timm's names; its picture size is fixed",
         32,
         512,
         16,
         {60, 32, 5e-4, 0.05, "adamw"},
         makeVitTiny},
        {"classify",
         "vit_small_patch16",
         "ViT-Small, patches of 16, with timm's names; its picture size is fixed",
         32,
         512,
         16,
         {60, 32, 5e-4, 0.05, "adamw"},
         makeVitSmall},
        {"detect", "fcos_light", "FCOS in sizes for a processor", 64, 1024, 32, {14, 8, 1e-3, 0.05, "adamw", 320}, makeFcosLight},
        {"detect", "fcos_resnet18_fpn", "FCOS on ResNet-18", 128, 2048, 32, {20, 8, 5e-4, 0.05, "adamw", 512}, makeFcosResnet18},
        {"detect",
         "fcos_resnet50_fpn",
         "FCOS on ResNet-50 with torchvision's names",
         128,
         2048,
         32,
         {20, 8, 2e-4, 0.05, "adamw", 800},
         makeFcosResnet50},
        {"segment",
         "unet_light",
         "U-Net in sizes for a processor; a quarter of the picture's resolution",
         64,
         2048,
         32,
         {32, 8, 2e-3, 0.05, "adamw", 384},
         makeUnetLight},
        {"segment", "unet_resnet18", "U-Net on ResNet-18", 64, 2048, 32, {20, 8, 1e-3, 0.05, "adamw", 512}, makeUnetResnet18},
        {"segment", "unet_resnet34", "U-Net on ResNet-34", 64, 2048, 32, {20, 8, 1e-3, 0.05, "adamw", 512}, makeUnetResnet34},
    };
    return entries;
}

namespace {

/// The nearest size, the larger one of two.
int divisible(int side, int step) {
    return std::max(step, (side + step / 2) / step * step);
}

}  // namespace

Result<std::shared_ptr<Model>> makeModel(const ModelConfig& config) {
    std::string names;
    for (const ModelEntry& entry : modelEntries()) {
        names += (names.empty() ? "" : ", ") + std::string(entry.name);
        if (entry.name != config.name) continue;
        const int least = entry.task == "classify" ? 2 : 1;
        if (config.classes < least)
            return fail(ErrorCode::InvalidArgument, fmt::format("the task {} needs {} classes or more", entry.task, least),
                        "model");
        if (config.width % entry.step != 0 || config.height % entry.step != 0)
            return fail(
                ErrorCode::InvalidArgument,
                fmt::format("both sides must divide by {}, {}x{} was asked for: set width to {} and height to {}", entry.step,
                            config.width, config.height, divisible(config.width, entry.step), divisible(config.height, entry.step)),
                "preprocessing");
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
