// Rows of operations over many images inside a transaction. For core/store alone.
#pragma once
#include <soci/soci.h>

#include "core/store/class_ops.h"

namespace lathe::store {

/// Adds the record; returns its id.
[[nodiscard]] long long beginBatch(soci::session& sql, const std::string& label, const std::string& who);
/// `undo`: what besides journal and splits an undo must put back.
void endBatch(soci::session& sql, const BatchResult& result, const Json& undo);
/// Images get back the splits that the batch took, unless they have others by now.
void undoSplits(soci::session& sql, BatchId batch);
/// Numbers of meta: {key: {"before": n, "after": n}}.
void undoMeta(soci::session& sql, const Json& meta);

}  // namespace lathe::store
