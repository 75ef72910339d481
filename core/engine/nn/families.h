// The makers of each family, for registry.cpp alone.
#pragma once
#include <memory>

#include "core/engine/nn/model.h"

namespace lathe::engine::nn {

[[nodiscard]] std::shared_ptr<Model> makeSmall(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeResnet18(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeResnet34(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeResnet50(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeMobilenetV3Large(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeVitTiny(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeVitSmall(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeConvnextTiny(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeFcosLight(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeFcosResnet18(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeFcosResnet50(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeUnetLight(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeUnetResnet18(const ModelConfig& config);
[[nodiscard]] std::shared_ptr<Model> makeUnetResnet34(const ModelConfig& config);

}  // namespace lathe::engine::nn
