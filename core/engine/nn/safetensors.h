// safetensors files: read with every check of the format, written atomically.
#pragma once
#include <torch/types.h>
#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"

namespace lathe::engine::nn {

using NamedTensors = std::map<std::string, torch::Tensor>;
struct SafetensorsFile {
    NamedTensors tensors;  ///< on the CPU, own memory
    std::map<std::string, std::string> metadata;
};
[[nodiscard]] Result<SafetensorsFile> readSafetensors(const std::filesystem::path& file);
[[nodiscard]] Result<> writeSafetensors(const std::filesystem::path& file, const NamedTensors& tensors,
                                        const std::map<std::string, std::string>& metadata = {});
/// Parameters and buffers by dotted name (num_batches_tracked included).
[[nodiscard]] NamedTensors stateOf(const torch::nn::Module& module);
struct LoadReport {
    std::vector<std::string> loaded, missing, unexpected, mismatched;
};
/// Copies in place. strict: any missing/unexpected/mismatched is an error that lists them.
[[nodiscard]] Result<LoadReport> loadState(torch::nn::Module& module, const NamedTensors& state, bool strict = true);

}  // namespace lathe::engine::nn
