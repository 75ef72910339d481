// A parsed query over the column index. For core/data alone.
#pragma once
#include "core/data/bits.h"
#include "core/data/query_parse.h"

namespace lathe::data {

/// The ranks that match. Errors name the term's column (an unknown class).
[[nodiscard]] Result<Bits> evaluate(const store::Workspace& workspace, const store::ColumnIndex& index, const Node& node);
/// Parse and evaluate.
[[nodiscard]] Result<Bits> matching(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& text);

/// What setRunOutcomes() was given says about a run. InvalidArgument without it.
[[nodiscard]] Result<std::vector<RunOutcome>> outcomesOfRun(const store::Workspace& workspace, const std::string& run);

}  // namespace lathe::data
