// New runs from old ones: forks from a checkpoint, repetitions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/runs/checkpoints.h"
#include "core/runs/runs.h"

namespace lathe::runs {

struct ForkOptions {
    std::string from = "last";         ///< "best", "last", "epoch:N"
    std::vector<std::string> changes;  ///< "KEY=VALUE" of the spec
    std::optional<int> epochs;         ///< all in all, those of the parent included where it goes on
    std::string name;                  ///< empty: "NAME fork"
    bool weightsOnly = false;          ///< starts at epoch 0 even where it could go on
};
/// A run of its own (folder, record, snapshot of the parent) that starts from a checkpoint of `parent`, which may still go on. From
/// one that holds everything, with model, data, batch, optimiser, frozen stages and averaging as they were, it goes on exactly
/// where the parent was; else from the weights alone, at epoch 0. spec.parent says which (`resumes`). Corrupt or InvalidData for a
/// checkpoint that is damaged or another run's, InvalidArgument when nothing would be left to train. It isn't started: launch() or
/// enqueue() does.
[[nodiscard]] Result<RunRow> forkRun(store::Workspace& workspace, const RunRow& parent, const ForkOptions& options,
                                     const std::string& author);
/// The same spec again as a run of its own, with its history and its start checkpoint.
[[nodiscard]] Result<RunRow> repeatRun(store::Workspace& workspace, const RunRow& run, const std::string& author);
/// From which run and checkpoint it was forked; nothing for one that began by itself. Reads the folder's spec.
[[nodiscard]] std::optional<Parent> parentOf(const RunRow& run);

}  // namespace lathe::runs
