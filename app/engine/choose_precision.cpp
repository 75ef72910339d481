#include "app/engine/choose_precision.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/engine/cuda/devices.h"
#include "core/engine/train/precision.h"

namespace lathe::app {
namespace {

namespace fs = std::filesystem;
using engine::train::PrecisionTimes;

/// Empty: the run lies in no workspace.
fs::path precisionFile(const runs::RunFolder& folder) {
    std::error_code error;
    const fs::path cache = fs::absolute(folder.path()).lexically_normal().parent_path().parent_path() / "cache";
    return fs::is_directory(cache, error) ? cache / "precision.json" : fs::path();
}

std::string keyOf(const runs::RunSpec& spec) {
    const auto& p = spec.preprocessing;
    const auto machine = engine::cuda::lookAtMachine();
    return fmt::format("{} x {}, {} {}, {} x {} x {}, batch {}", machine.devices.front().name, spec.threads, spec.model.name,
                       spec.model.options.dump(), p.channels, p.height, p.width, spec.batch);
}

Json toJson(const PrecisionTimes& times) {
    return {{"fp32_seconds", times.fp32Seconds},
            {"bf16_seconds", times.bf16Seconds},
            {"fp32_loss", times.fp32Loss},
            {"bf16_loss", times.bf16Loss}};
}

PrecisionTimes timesFromJson(const Json& json) {
    return {json.value("fp32_seconds", 1.0), json.value("bf16_seconds", 1.0), json.value("fp32_loss", 1.0),
            json.value("bf16_loss", 1.0)};
}

}  // namespace

Result<> choosePrecision(const runs::RunFolder& folder, PreparedRun& prepared) {
    if (!prepared.precisionOpen || prepared.spec.device != "cpu" || !engine::train::processorHasBf16()) return {};
    const fs::path file = precisionFile(folder);
    if (file.empty()) return {};
    Json kept = Json::object();
    if (auto read = base::readJson(file); read && read->is_object()) kept = std::move(*read);
    const std::string key = keyOf(prepared.spec);
    if (!kept.contains(key)) {
        const auto times = engine::train::measurePrecision(prepared.spec, int(prepared.data.classes.size()));
        if (!times) return {};  // what is wrong with the network is told when it is to learn
        kept[key] = toJson(*times);
        (void)base::writeJson(file, kept);
    }
    const auto choice = engine::train::chosenPrecision(timesFromJson(kept[key]));
    prepared.spec.precision = choice.precision;
    prepared.messages.push_back(fmt::format("precision {}, measured: {}", choice.precision, choice.message));
    return base::writeJson(folder.resolved(), runs::toJson(prepared.spec));
}

}  // namespace lathe::app
