#include "core/engine/load/loaded_model.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/nn/safetensors.h"
#include "core/engine/train/checkpoint.h"
#include "core/engine/train/resolve.h"
#include "core/runs/run_folder.h"

namespace lathe::engine::load {
namespace {

namespace fs = std::filesystem;

bool isThere(const fs::path& file) {
    std::error_code ignored;
    return fs::is_regular_file(file, ignored);
}

Result<LoadedModel> made(const runs::RunSpec& spec, std::vector<std::string> labels, const fs::path& weights) {
    LATHE_TRY(const train::Checkpoint checkpoint, train::readCheckpoint(weights));
    LoadedModel loaded;
    loaded.spec = spec;
    loaded.preprocessing = spec.preprocessing;
    loaded.labels = std::move(labels);
    loaded.config = train::modelConfig(spec, int(loaded.labels.size()));
    LATHE_TRY(loaded.model, nn::makeModel(loaded.config));
    auto fits = nn::loadState(*loaded.model, train::weightsOf(checkpoint.tensors));
    if (!fits) return fail(fits.error().code, fits.error().message, weights.string());
    nn::toChannelsLast(*loaded.model);
    loaded.model->eval();
    return loaded;
}

Result<LoadedModel> fromRun(const fs::path& folder) {
    const runs::RunFolder run(folder);
    if (!isThere(run.resolved()))
        return fail(ErrorCode::NotFound, "the run has not started yet: no resolved.json", folder.string());
    LATHE_TRY(const runs::RunSpec spec, run.readSpec());
    fs::path weights = run.checkpoints() / "best.safetensors";
    if (!isThere(weights)) weights = run.checkpoints() / "last.safetensors";
    if (!isThere(weights))
        return fail(ErrorCode::NotFound, "the run has no checkpoint yet: wait for its first epoch", folder.string());
    LATHE_TRY(const train::Checkpoint checkpoint, train::readCheckpoint(weights));
    auto labels = checkpoint.state.value("classes", std::vector<std::string>());
    return made(spec, std::move(labels), weights);
}

Result<LoadedModel> fromPackage(const fs::path& folder) {
    LATHE_TRY(const Json specJson, base::readJson(folder / "spec.json"));
    LATHE_TRY(runs::RunSpec spec, runs::runSpecFromJson(specJson));
    LATHE_TRY(const Json preprocessing, base::readJson(folder / "preprocessing.json"));
    LATHE_TRY(spec.preprocessing, runs::preprocessingFromJson(preprocessing));
    LATHE_TRY(const Json labels, base::readJson(folder / "labels.json"));
    const Json& names = labels.is_object() && labels.contains("classes") ? labels["classes"] : labels;
    if (!names.is_array()) return fail(ErrorCode::InvalidData, "labels.json is not a list of names", folder.string());
    std::vector<std::string> list;
    for (const Json& name : names) {
        if (!name.is_string()) return fail(ErrorCode::InvalidData, "labels.json is not a list of names", folder.string());
        list.push_back(name.get<std::string>());
    }
    return made(spec, std::move(list), folder / "weights.safetensors");
}

}  // namespace

Result<LoadedModel> loadModel(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) return fail(ErrorCode::NotFound, "no such run or model folder", folder.string());
    try {
        if (isThere(folder / "weights.safetensors")) return fromPackage(folder);
        return fromRun(folder);
    } catch (const std::exception& error) {
        return fail(ErrorCode::EngineFailed, fmt::format("the model can't be loaded: {}", error.what()), folder.string());
    }
}

}  // namespace lathe::engine::load
