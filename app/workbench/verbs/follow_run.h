// A started run from here: shows its progress until it ends; Ctrl-C asks it to stop and waits for that.
#pragma once
#include "app/workbench/verbs/verb.h"
#include "core/runs/runs.h"

namespace lathe::verbs {

[[nodiscard]] Result<runs::RunRow> followToEnd(store::Workspace& workspace, const runs::RunRow& run, Call& call);
[[nodiscard]] Json runJson(const runs::RunRow& run);
/// What `train`, `resume` and `rerun` say of a run: failed and died are errors with the engine's words, Ctrl-C is 130.
[[nodiscard]] Outcome runOutcome(const runs::RunRow& run, const Call& call);

}  // namespace lathe::verbs
