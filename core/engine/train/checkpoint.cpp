#include "core/engine/train/checkpoint.h"

#include "core/base/files.h"

namespace lathe::engine::train {

Result<> writeCheckpoint(const std::filesystem::path& file, const Checkpoint& checkpoint) {
    LATHE_CHECK(base::makeFolders(file.parent_path()));
    LATHE_CHECK(nn::writeSafetensors(file, checkpoint.tensors, {{"lathe", checkpoint.state.dump()}}));
    return base::writeJson(std::filesystem::path(file).replace_extension(".json"), checkpoint.state);
}

Result<Checkpoint> readCheckpoint(const std::filesystem::path& file) {
    LATHE_TRY(nn::SafetensorsFile read, nn::readSafetensors(file));
    Checkpoint checkpoint{std::move(read.tensors), Json::object()};
    if (const auto state = read.metadata.find("lathe"); state != read.metadata.end()) {
        LATHE_TRY(checkpoint.state, base::parseJson(state->second, file.string()));
    }
    return checkpoint;
}

nn::NamedTensors weightsOf(const nn::NamedTensors& tensors) {
    nn::NamedTensors weights;
    for (const auto& [name, tensor] : tensors)
        if (name.find('/') == std::string::npos) weights[name] = tensor;
    return weights;
}

}  // namespace lathe::engine::train
