// Rows of runs in the store. Private to core/runs.
#pragma once
#include "core/runs/runs.h"

namespace lathe::runs {

[[nodiscard]] Result<> writeRow(store::Workspace& workspace, const RunRow& row);  ///< inserts or replaces
[[nodiscard]] Result<> eraseRow(store::Workspace& workspace, const RunId& run);
/// All rows newest first, as they were indexed last.
[[nodiscard]] Result<std::vector<RunRow>> readRows(const store::Workspace& workspace);
[[nodiscard]] Result<std::optional<RunRow>> readRow(const store::Workspace& workspace, const RunId& run);

}  // namespace lathe::runs
