// A model as TorchScript and ONNX, written from C++: traced, then mirrored; ONNX by walking the traced graph.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/nn/model.h"

namespace lathe::engine::exporting {

/// Input "input" N x C x H x W float32, output "logits" N x classes; free batch size. eval mode.
[[nodiscard]] Result<> writeTorchScript(nn::Model& model, const torch::Tensor& example, const std::filesystem::path& file);
/// Opset 17, IR 8. An operator without a mapping is Unsupported and names every layer that uses one.
[[nodiscard]] Result<> writeOnnx(nn::Model& model, const torch::Tensor& example, const std::filesystem::path& file);

}  // namespace lathe::engine::exporting
