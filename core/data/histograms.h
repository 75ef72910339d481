// Histograms over all images or objects of an index. For core/data alone.
#pragma once
#include <vector>

#include "core/data/bits.h"
#include "core/data/facets.h"

namespace lathe::data {

/// Of all that differs among the workspace's images, with nothing counted yet: their edges stay as they are while a search is
/// narrowed. Works on all cores.
[[nodiscard]] std::vector<Histogram> emptyHistograms(const store::ColumnIndex& index);
/// Equal bins between round numbers, about two dozen: edges[0] <= low, high < the last.
[[nodiscard]] std::vector<double> roundEdges(double low, double high, double leastStep);
/// Counts of the images of ranks [from, to) that `bits` has, or of their objects; one a bin.
[[nodiscard]] std::vector<std::int64_t> binned(const store::ColumnIndex& index, const Histogram& histogram, const Bits& bits,
                                               std::size_t from, std::size_t to);

}  // namespace lathe::data
