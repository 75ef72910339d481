// RUN|MODEL as a verb names it: the folder that the engine loads, and what is known of it.
#pragma once
#include "app/workbench/verbs/verb.h"
#include "core/models/registry.h"

namespace lathe::verbs {

struct ModelNamed {
    std::filesystem::path folder;     ///< of the run or the package
    std::string name;                 ///< for records: "run 2026…" or "model digits:1"
    std::optional<runs::RunRow> run;  ///< the run itself, or the one a package came from when it is still there
    bool package = false;
    std::string task;  ///< classify, detect or segment
};
/// A run first (id, beginning, name, last), then a model.
[[nodiscard]] Result<ModelNamed> findRunOrModel(const store::Workspace& workspace, const std::string& text);
/// An image of the workspace, or a file that isn't in it.
struct ImageNamed {
    ImageId id;
    std::string file;  ///< as the user knows it
    std::filesystem::path path;
};
[[nodiscard]] Result<ImageNamed> findImageOrFile(const store::Workspace& workspace, const std::string& text);

}  // namespace lathe::verbs
