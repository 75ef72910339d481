// Bins with round edges and the words that find what is in them. For core/data alone.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/data/explore.h"

namespace lathe::data {

/// Images by split of each value that occurs.
using ValueCounts = std::map<double, std::vector<std::int64_t>>;

/// 1, 2 or 5 times a power of ten: the smallest that cuts `span` into at most `most` pieces.
[[nodiscard]] double roundStep(double span, int most);
/// `step` * n as the decimal number that it looks like (0.3, not 0.30000000000000004).
[[nodiscard]] double roundEdge(double step, std::int64_t n);
/// "640", "1.2": the shortest text that reads back as the same number; it is what queries hold.
[[nodiscard]] std::string numberText(double value);
/// "field:from..to", "field>=from", "field<to", "field=from" for a single value.
[[nodiscard]] std::string rangeQuery(const std::string& field, double from, double to);
[[nodiscard]] std::string rangeLabel(double from, double to, bool whole);

/// Empty bins between the edges, which ascend; open ends by infinities. `whole`: values are whole numbers.
[[nodiscard]] Bars binsBetween(const std::string& field, const std::vector<double>& edges, std::size_t splits, bool whole);
/// The bin with the value, -1: none.
[[nodiscard]] int binOf(const Bars& bars, double value);
/// Whole numbers: a bin for each value if there are few, else about `most` bins of equal width, the thin tails (1 % at either end)
/// in open ones.
[[nodiscard]] Bars wholeBins(const std::string& field, const ValueCounts& values, std::size_t splits, int most = 16);
/// Puts the counts into the bins.
void fill(Bars& bars, const ValueCounts& values);
/// Drops empty bins at both ends.
void trim(Bars& bars);

}  // namespace lathe::data
