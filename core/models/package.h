// The model package: an immutable folder models/DIGEST with weights.safetensors, model.pt (TorchScript), model.onnx,
// preprocessing.json, labels.json, card.md, report.json, golden.safetensors (inputs and expected outputs), spec.json,
// manifest.json {name, version, task, run, snapshot, created, files:[{path, sha256, size}]} and, once approved, signature.json.
// The digest is the SHA-256 of manifest.json; what a reviewer approves and a push checks is this digest.
#pragma once
#include <filesystem>

#include "core/base/json.h"
#include "core/rpc/client.h"
#include "core/runs/runs.h"

namespace lathe::models {

struct PackageFile {
    std::string path, sha256;
    std::uint64_t size = 0;
};
struct PackageInfo {
    std::string digest, name, task;
    int version = 0;
    std::filesystem::path folder;
    std::vector<PackageFile> files;
    std::vector<std::string> labels;
};
/// Asks the engine for the artefacts, writes card and manifest, moves it to models/DIGEST, registers the model.
[[nodiscard]] Result<PackageInfo> packageRun(store::Workspace& workspace, rpc::Engine& engine, const runs::RunRow& run,
                                             const std::string& author, std::stop_token stop, const Progress& progress);
[[nodiscard]] Result<PackageInfo> readPackage(const std::filesystem::path& folder);
/// Every file against manifest.json, and manifest.json against the digest. Corrupt names the file.
[[nodiscard]] Result<> verifyPackage(const std::filesystem::path& folder, const std::string& digest);
/// The card in Markdown: task, data, figures per class, settings, intended use, limits.
[[nodiscard]] std::string modelCard(const runs::RunRow& run, const Json& report, const runs::RunSpec& spec);

}  // namespace lathe::models
