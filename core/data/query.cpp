#include "core/data/query.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <numeric>

#include "core/data/query_eval.h"

namespace lathe::data {
namespace {

using Ranks = std::vector<std::uint32_t>;

/// An order of floats that is an order of bits.
std::uint32_t sortable(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return bits >> 31 ? ~bits : bits | 1u << 31;
}

/// Stable order by a 32-bit key: least significant digit first, three digits of 11 bits, passes of one value skipped.
template <class Key>
Ranks radixSorted(const Ranks& ranks, Key key) {
    const std::size_t n = ranks.size();
    std::vector<std::pair<std::uint32_t, std::uint32_t>> from(n), to(n);
    std::array<std::array<std::uint32_t, 2048>, 3> counts{};
    for (std::size_t i = 0; i < n; ++i) {
        from[i] = {key(ranks[i]), ranks[i]};
        for (unsigned d = 0; d < 3; ++d) ++counts[d][from[i].first >> (11 * d) & 2047];
    }
    for (unsigned d = 0; d < 3 && n > 0; ++d) {
        if (counts[d][from[0].first >> (11 * d) & 2047] == n) continue;
        std::exclusive_scan(counts[d].begin(), counts[d].end(), counts[d].begin(), 0u);
        for (const auto& item : from) to[counts[d][item.first >> (11 * d) & 2047]++] = item;
        from.swap(to);
    }
    Ranks sorted(n);
    std::transform(from.begin(), from.end(), sorted.begin(), [](const auto& item) { return item.second; });
    return sorted;
}

Ranks sortedBy(const store::ColumnIndex& x, Ranks ranks, Sort sort) {
    switch (sort) {
        case Sort::Id: return ranks;
        case Sort::Name: return radixSorted(ranks, [v = x.nameRanks()](auto r) { return v[r]; });
        case Sort::Width: return radixSorted(ranks, [v = x.widths()](auto r) { return std::uint32_t(v[r]); });
        case Sort::Height: return radixSorted(ranks, [v = x.heights()](auto r) { return std::uint32_t(v[r]); });
        case Sort::Brightness: return radixSorted(ranks, [v = x.brightness()](auto r) { return sortable(v[r]); });
        case Sort::Objects: return radixSorted(ranks, [v = x.objectStart()](auto r) { return v[r + 1] - v[r]; });
        case Sort::Added: break;
    }
    std::stable_sort(ranks.begin(), ranks.end(), [v = x.added()](auto a, auto b) { return v[a] < v[b]; });
    return ranks;
}

template <class Codes>
std::vector<std::pair<std::string, std::int64_t>> named(const Codes& counts, const std::vector<std::string>& names) {
    std::vector<std::pair<std::string, std::int64_t>> out;
    for (std::size_t k = 0; k < names.size(); ++k)
        if (counts[k] > 0) out.emplace_back(names[k], counts[k]);
    std::sort(out.begin(), out.end());
    return out;
}

/// Counts by class id; class ids are small and dense.
struct ClassCounts {
    std::vector<std::int64_t> images, objects, last;
    void count(std::int32_t id, std::int64_t rank) {
        const auto k = std::size_t(std::max(id, 0));
        if (k >= images.size()) images.resize(k + 1), objects.resize(k + 1), last.resize(k + 1, -1);
        ++objects[k];
        if (last[k] != rank) last[k] = rank, ++images[k];
    }
};

}  // namespace

Result<std::vector<ImageId>> runQuery(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& text,
                                      Sort sort, bool descending) {
    LATHE_TRY(const Bits bits, matching(workspace, index, text));
    Ranks ranks;
    ranks.reserve(bits.count());
    bits.each([&](std::size_t rank) { ranks.push_back(std::uint32_t(rank)); });
    ranks = sortedBy(index, std::move(ranks), sort);
    if (descending) std::reverse(ranks.begin(), ranks.end());
    std::vector<ImageId> ids(ranks.size());
    std::transform(ranks.begin(), ranks.end(), ids.begin(), [all = index.imageIds()](auto rank) { return ImageId(all[rank]); });
    return ids;
}

Facets facets(const store::ColumnIndex& index, const std::vector<ImageId>& ids) {
    ClassCounts classes;
    std::array<std::int64_t, 256> splits{}, states{};
    const auto start = index.objectStart();
    const auto objects = index.objectClasses();
    for (const ImageId id : ids) {
        const auto rank = index.rankOf(id);
        if (rank < 0) continue;
        const auto r = std::size_t(rank);
        ++splits[index.splitCodes()[r]], ++states[index.stateCodes()[r]];
        for (std::size_t k = start[r]; k < start[r + 1]; ++k) classes.count(objects[k], rank);
    }
    Facets out;
    for (std::size_t k = 0; k < classes.images.size(); ++k) {
        if (classes.objects[k] == 0) continue;
        out.imagesByClass.emplace_back(ClassId(std::int64_t(k)), classes.images[k]);
        out.objectsByClass.emplace_back(ClassId(std::int64_t(k)), classes.objects[k]);
    }
    out.bySplit = named(splits, index.splitNames());
    out.byState = named(states, index.stateNames());
    return out;
}

}  // namespace lathe::data
