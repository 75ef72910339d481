// Counts by attribute, imported field, group and run. For core/data alone.
#pragma once
#include "core/data/bits.h"
#include "core/data/facets.h"

namespace lathe::data {

[[nodiscard]] std::vector<FieldFacet> fieldFacets(const store::ColumnIndex& index, const Bits& images);
[[nodiscard]] GroupFacet groupFacet(const store::ColumnIndex& index, const Bits& images);

}  // namespace lathe::data
