#include "core/data/query.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <numeric>

#include "core/data/query_eval.h"
#include "core/data/sorted.h"

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
        case Sort::Contrast: return radixSorted(ranks, [v = x.contrast()](auto r) { return sortable(v[r]); });
        case Sort::Sharpness: return radixSorted(ranks, [v = x.sharpness()](auto r) { return sortable(v[r]); });
        case Sort::Entropy: return radixSorted(ranks, [v = x.entropy()](auto r) { return sortable(v[r]); });
        case Sort::Colourfulness: return radixSorted(ranks, [v = x.colourfulness()](auto r) { return sortable(v[r]); });
        case Sort::Objects: return radixSorted(ranks, [v = x.objectStart()](auto r) { return v[r + 1] - v[r]; });
        case Sort::Added: break;
    }
    std::stable_sort(ranks.begin(), ranks.end(), [v = x.added()](auto a, auto b) { return v[a] < v[b]; });
    return ranks;
}

}  // namespace

Result<std::vector<ImageId>> runQuery(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& text,
                                      Sort sort, bool descending) {
    LATHE_TRY(const Bits bits, matching(workspace, index, text));
    return sortedIds(index, bits, sort, descending);
}

std::vector<ImageId> sortedIds(const store::ColumnIndex& index, const Bits& bits, Sort sort, bool descending) {
    Ranks ranks;
    ranks.reserve(bits.count());
    bits.each([&](std::size_t rank) { ranks.push_back(std::uint32_t(rank)); });
    ranks = sortedBy(index, std::move(ranks), sort);
    if (descending) std::reverse(ranks.begin(), ranks.end());
    std::vector<ImageId> ids(ranks.size());
    std::transform(ranks.begin(), ranks.end(), ids.begin(), [all = index.imageIds()](auto rank) { return ImageId(all[rank]); });
    return ids;
}

}  // namespace lathe::data
