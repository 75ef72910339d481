// The artefacts of a model package, made from a run folder.
#include <torch/torch.h>
#include <algorithm>

#include "app/engine/handlers.h"
#include "core/base/files.h"
#include "core/engine/export/exporter.h"
#include "core/engine/load/manifest.h"
#include "core/engine/nn/safetensors.h"
#include "core/runs/run_folder.h"

namespace lathe::app {
namespace {

namespace fs = std::filesystem;
using namespace engine;
constexpr std::size_t kGolden = 8, kGoldenLarge = 2;  ///< cases; fewer where an output has a value a pixel or place

/// Real preprocessed images: of test if there are any, else of val, else of train; spread over the classes.
Result<torch::Tensor> goldenInputs(const fs::path& manifestFile, const load::LoadedModel& model) {
    LATHE_TRY(load::Manifest manifest, load::readManifest(manifestFile));
    const auto rank = [](const load::Sample& sample) { return sample.split == "test" ? 0 : sample.split == "val" ? 1 : 2; };
    std::vector<int> seen(manifest.classes.size() + 1, 0);
    std::vector<std::pair<std::pair<int, int>, std::size_t>> order;
    for (std::size_t i = 0; i < manifest.samples.size(); ++i) {
        const auto& sample = manifest.samples[i];
        order.push_back({{rank(sample), rank(sample) == 0 ? seen[std::size_t(std::int64_t(sample.label) + 1)]++ : 0}, i});
    }
    std::sort(order.begin(), order.end());
    const std::size_t most = model.spec.task == "classify" ? kGolden : kGoldenLarge;
    std::vector<torch::Tensor> inputs;
    for (const auto& [key, index] : order) {
        if (inputs.size() == most) break;
        if (auto input = load::preprocessFile(manifest.samples[index].path, model.preprocessing))
            inputs.push_back(std::move(input->input));
    }
    if (inputs.empty())
        return fail(ErrorCode::InvalidData, "none of the run's images can be read, so there are no golden inputs",
                    manifestFile.string());
    return torch::stack(inputs);
}

/// Each picture by itself, as a server is asked; core/serve/golden.h reads the file ("input", "logits").
Result<> writeGolden(const fs::path& file, nn::Model& model, const torch::Tensor& inputs) {
    std::vector<torch::Tensor> outputs;
    for (const auto& input : inputs.split(1)) outputs.push_back(model.forward(input.contiguous(torch::MemoryFormat::ChannelsLast)));
    return nn::writeSafetensors(file, {{"input", inputs}, {"logits", torch::cat(outputs)}});
}

Result<> writeDescriptions(const fs::path& out, const load::LoadedModel& model, const runs::RunFolder& run) {
    LATHE_CHECK(base::writeJson(out / "spec.json", runs::toJson(model.spec)));
    LATHE_CHECK(base::writeJson(out / "preprocessing.json", runs::toJson(model.preprocessing)));
    LATHE_CHECK(base::writeJson(out / "labels.json", model.labels));
    LATHE_TRY(const Json report, base::readJson(run.report()));
    return base::writeJson(out / "report.json", report);
}

}  // namespace

Result<Json> package(const Call& call) {
    LATHE_TRY(const fs::path folder, textParam(call.params, "run"));
    LATHE_TRY(const fs::path out, textParam(call.params, "out"));
    const runs::RunFolder run(folder);
    if (!fs::exists(run.report()))
        return fail(ErrorCode::NotFound, "the run has no report yet: let it finish, then package it", folder.string());
    LATHE_TRY(const ModelPtr model, call.models.get(folder));
    LATHE_CHECK(base::makeFolders(out));
    call.progress.report(0, 4, "golden inputs");
    LATHE_TRY(const torch::Tensor golden, goldenInputs(run.manifest(), *model));
    LATHE_CHECK(writeGolden(out / "golden.safetensors", *model->model, golden));
    LATHE_CHECK(writeDescriptions(out, *model, run));
    call.progress.report(1, 4, "weights");
    LATHE_CHECK(nn::writeSafetensors(out / "weights.safetensors", nn::stateOf(*model->model), {{"format", "pt"}}));
    if (call.stop.stop_requested()) return fail(ErrorCode::Cancelled, "packaging was cancelled");
    call.progress.report(2, 4, "TorchScript");
    LATHE_CHECK(exporting::writeTorchScript(*model->model, golden, out / "model.pt"));
    call.progress.report(3, 4, "ONNX");
    LATHE_CHECK(exporting::writeOnnx(*model->model, golden, out / "model.onnx"));
    call.progress.report(4, 4, "done");
    return Json{{"files",
                 {"weights.safetensors", "model.pt", "model.onnx", "preprocessing.json", "labels.json", "golden.safetensors",
                  "report.json", "spec.json"}}};
}

}  // namespace lathe::app
