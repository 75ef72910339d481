#include "app/workbench/verbs/train_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "core/runs/presets.h"

namespace lathe::verbs {

void TrainOptions::addTo(CLI::App& app) {
    app.add_option("--spec", specFile, "A run spec to start from (JSON)");
    app.add_option("--preset", preset, fmt::format("What to start from: one of {}", fmt::join(runs::presetNames(), ", ")));
    app.add_option("--task", task, "classify, detect or segment");
    app.add_option("--model", model, fmt::format("One of {}", fmt::join(runs::names(runs::Seam::Model), ", ")));
    app.add_option("--snapshot", snapshot, "The frozen version to train on; one is taken when none is named");
    app.add_option("--epochs", epochs, "Passes over the training images");
    app.add_option("--batch", batch, "Images a step");
    app.add_option("--size", size, "Side of the network's input in pixels");
    app.add_option("--lr", lr, "Learning rate at its highest");
    app.add_option("--seed", seed, "The same seed gives the same numbers");
    app.add_option("--device", device, "auto, cpu, cuda or cuda:N");
    app.add_option("--precision", precision, "auto, fp32, bf16 or fp16");
    app.add_option("--weights", weights, "Weights to start from (safetensors, or .pt of torch.save)");
    app.add_option("--name", name, "The run's name");
    app.add_option("--set", sets, "KEY=VALUE of the run spec, for example optimizer.weight_decay=0.01; may be repeated")
        ->take_all()
        ->allow_extra_args(false);
}

Result<runs::RunSpec> TrainOptions::spec(std::int64_t images) const {
    Json given = Json::object();
    if (!specFile.empty()) {
        LATHE_TRY(given, base::readJson(specFile));
        LATHE_CHECK(runs::runSpecFromJson(given));
    }
    LATHE_TRY(const runs::RunSpec start, runs::presetSpec(preset, task.empty() ? given.value("task", "classify") : task, images));
    Json json = runs::toJson(start);
    json.merge_patch(given);
    const auto put = [&json](const char* pointer, const auto& value) { json[Json::json_pointer(pointer)] = value; };
    if (!task.empty()) put("/task", task);
    if (!model.empty()) put("/model/name", model);
    if (!snapshot.empty()) put("/snapshot", snapshot);
    if (epochs) put("/epochs", *epochs);
    if (batch) put("/batch", *batch);
    if (size) {
        put("/preprocessing/width", *size);
        put("/preprocessing/height", *size);
    }
    if (lr) put("/optimizer/lr", *lr);
    if (seed) put("/seed", *seed);
    if (!device.empty()) put("/device", device);
    if (!precision.empty()) put("/precision", precision);
    if (!weights.empty()) put("/weights", std::filesystem::absolute(weights).string());
    if (!name.empty()) put("/name", name);
    for (const std::string& one : sets) LATHE_CHECK(runs::setByPath(json, one));
    return runs::runSpecFromJson(json);
}

}  // namespace lathe::verbs
