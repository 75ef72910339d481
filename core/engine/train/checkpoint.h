// A checkpoint is one safetensors file: weights under their own names, optimiser and random states under names with a slash, the
// position in the run in its metadata. One file, so that it is whole or not there; NAME.json beside it is for people.
#pragma once
#include <filesystem>

#include "core/base/json.h"
#include "core/engine/nn/safetensors.h"

namespace lathe::engine::train {

struct Checkpoint {
    nn::NamedTensors tensors;
    Json state;  ///< {"epoch", "batch", "step", "log_offset", "best":{…}, …}
};
[[nodiscard]] Result<> writeCheckpoint(const std::filesystem::path& file, const Checkpoint& checkpoint);
[[nodiscard]] Result<Checkpoint> readCheckpoint(const std::filesystem::path& file);
/// The tensors that are the model's own.
[[nodiscard]] nn::NamedTensors weightsOf(const nn::NamedTensors& tensors);

}  // namespace lathe::engine::train
