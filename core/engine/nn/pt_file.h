// Weights that Python wrote with torch.save: `.pt` and `.pth` of torch 1.6 and later.
#pragma once
#include <filesystem>

#include "core/base/result.h"
#include "core/engine/nn/safetensors.h"

namespace lathe::engine::nn {

/// The tensors of a state dict, or of the one that a checkpoint holds under "state_dict", "model_state_dict", "model" or "ema"; the
/// rest is left out. A pickle can name code to run: nothing is ever run here, and a file that names more than dictionaries, numbers
/// and tensors is refused with that name (what torch.load calls weights_only).
[[nodiscard]] Result<NamedTensors> readPtFile(const std::filesystem::path& file);
/// Of a safetensors or `.pt` file, told apart by its first bytes.
[[nodiscard]] Result<NamedTensors> readWeights(const std::filesystem::path& file);

}  // namespace lathe::engine::nn
