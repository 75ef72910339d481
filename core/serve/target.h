// Serving targets: one file pair each (folder, triton, oip), one line in registry. A target is told to take a version, make it
// live, and answer inference; it never decides about approval (push.h does).
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "core/models/package.h"

namespace lathe::serve {

struct TargetRow {
    std::int64_t id = 0;
    std::string name, kind, url;
    std::map<std::string, std::string> options;
    std::string live;      ///< digest that is live; empty: none
    std::string previous;  ///< the one before, for rollback
};

/// A tensor of float32, row-major.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> data;
};

class Target {
public:
    virtual ~Target() = default;
    /// Reachable, writable, of the right kind? Words when not.
    [[nodiscard]] virtual Result<std::string> test() = 0;
    /// Puts the package there as `version` of `model` without making it live where the target can; atomic.
    [[nodiscard]] virtual Result<> upload(const std::string& model, int version, const std::filesystem::path& package,
                                          std::stop_token stop, const Progress& progress) = 0;
    [[nodiscard]] virtual Result<> activate(const std::string& model, int version) = 0;
    [[nodiscard]] virtual Result<> deactivate(const std::string& model, int version) = 0;
    /// Runs inference on what is live there. Unsupported when the target can't answer (a bare folder: checked by a local engine
    /// on the uploaded bytes instead).
    [[nodiscard]] virtual Result<Tensor> infer(const std::string& model, int version, const Tensor& input) = 0;
    [[nodiscard]] virtual Result<std::vector<std::string>> serving() = 0;  ///< "model:version" that answer
    /// Where the uploaded package lies, for a local engine's check when infer() is Unsupported; empty: nowhere as a package.
    [[nodiscard]] virtual std::filesystem::path uploadedFolder(const std::string& /*model*/, int /*version*/) const { return {}; }
};

struct TargetKind {
    std::string_view name, about, urlExample;
};
[[nodiscard]] std::span<const TargetKind> targetKinds();
[[nodiscard]] Result<std::unique_ptr<Target>> makeTarget(const TargetRow& row);

[[nodiscard]] Result<> addTarget(store::Workspace& workspace, const TargetRow& row, const std::string& user);
[[nodiscard]] Result<std::vector<TargetRow>> targets(const store::Workspace& workspace);
[[nodiscard]] Result<TargetRow> findTarget(const store::Workspace& workspace, const std::string& name);

}  // namespace lathe::serve
