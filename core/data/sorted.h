// The order of a search's images. For core/data alone.
#pragma once
#include "core/data/bits.h"
#include "core/data/query.h"

namespace lathe::data {

/// Ids of the ranks in the set, by radix sort of the column.
[[nodiscard]] std::vector<ImageId> sortedIds(const store::ColumnIndex& index, const Bits& bits, Sort sort, bool descending);

}  // namespace lathe::data
