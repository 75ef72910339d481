// Runs started, queued and described: shared by the verbs of runs.
#pragma once
#include "app/workbench/verbs/verb.h"
#include "core/runs/runs.h"

namespace lathe::verbs {

[[nodiscard]] Result<Outcome> startAndFollow(store::Workspace& workspace, const runs::RunRow& run, bool resume, bool detach,
                                             Call& call);
/// Puts it at the end of the queue; without detach it drives the queue, when nobody does, until this run has ended.
[[nodiscard]] Result<Outcome> queueRun(const std::shared_ptr<store::Workspace>& workspace, const runs::RunRow& run, bool detach,
                                       Call& call);
/// Where a run came from, what was changed of it, what its curves say: "parent", "history", "fit".
void describePast(const runs::RunSpec& spec, const runs::RunData& data, Outcome& outcome);

}  // namespace lathe::verbs
