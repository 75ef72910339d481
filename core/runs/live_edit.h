// Changes of a run from the workbench's side: of one that waits, any setting; of one that goes on, what isLive() (run_history.h).
#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "core/runs/run_history.h"
#include "core/runs/runs.h"

namespace lathe::runs {

/// Puts an edit into the run's folder, whole or not at all, behind those that wait already. Gives its id.
[[nodiscard]] Result<std::string> requestEdit(const RunFolder& folder, const Json& changes, const std::string& author);

struct EditOutcome {
    std::string id;
    Json changes = Json::object();  ///< {path: [old, new]}
    bool applied = false;           ///< false: it waits in the folder, for the engine's next step or for the run to be resumed
    std::int64_t step = 0;          ///< where it was applied
    double epoch = 0;
};
/// `assignments` are "KEY=VALUE" of the spec; lr, weight_decay and clip stand for the optimizer's. Never started: spec.json is
/// written anew, applied at once. Going on, paused, stopped or died: the edit is put into the folder, then waits up to `seconds`
/// for the engine to take it (a paused one takes it within 0.1 s, a long step or validation may last longer). InvalidArgument for
/// what isn't allowed, for a value below what is done (epochs), and for a run that is finished; EngineFailed with the engine's
/// words when it refused. From any thread; blocks.
[[nodiscard]] Result<EditOutcome> editRun(store::Workspace& workspace, const RunRow& run,
                                          const std::vector<std::string>& assignments, const std::string& author,
                                          double seconds = 10, std::stop_token stop = {});

}  // namespace lathe::runs
