// A parsed query over the column index. For core/data alone.
#pragma once
#include "core/data/bits.h"
#include "core/data/query_parse.h"

namespace lathe::data {

/// The ranks that match. Errors name the term's column (an unknown class).
[[nodiscard]] Result<Bits> evaluate(const store::Workspace& workspace, const store::ColumnIndex& index, const Node& node);
/// Parse and evaluate.
[[nodiscard]] Result<Bits> matching(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& text);

}  // namespace lathe::data
