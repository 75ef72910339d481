// One run from its resolved spec to its report. All that decides the numbers is in the spec; all that a resume needs is in the last
// checkpoint; everything written goes to the run folder.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/base/progress.h"
#include "core/engine/cuda/plugin.h"
#include "core/engine/train/data.h"
#include "core/runs/run_folder.h"

namespace lathe::engine::train {

struct TrainOptions {
    bool resume = false;
    /// "run", "pause" or "stop"; asked a few times a second. Empty: the folder's control file.
    std::function<std::string()> wanted;
    std::vector<std::string> messages;      ///< what was decided before, for the event log
    const cuda::CardTable* card = nullptr;  ///< kernels and graphs; nullptr: the plugin's where the device is a card
};
/// Trains on this thread (torch keeps thread-local state on it). Returns Finished or Stopped; a failure is returned and is in the
/// event log as well. The caller holds the folder's lock.
[[nodiscard]] Result<runs::RunState> train(const runs::RunFolder& folder, const runs::RunSpec& resolved, TrainData& data,
                                           const TrainOptions& options);

}  // namespace lathe::engine::train
