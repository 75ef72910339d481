// Exploratory figures, from the column index alone.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/annot/shape.h"
#include "core/data/query_eval.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

Stats::Spread spreadOf(std::vector<std::int32_t>& values) {
    if (values.empty()) return {};
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    const double upper = *middle;
    const double lower = values.size() % 2 ? upper : double(*std::max_element(values.begin(), middle));
    const auto [min, max] = std::minmax_element(values.begin(), values.end());
    return {double(*min), (lower + upper) / 2, double(*max)};
}

Stats::Spread spreadOf(const Bits& bits, std::span<const std::int32_t> column) {
    std::vector<std::int32_t> values;
    bits.each([&](std::size_t rank) {
        if (column[rank] > 0) values.push_back(column[rank]);
    });
    return spreadOf(values);
}

void brightnessOf(Stats& stats, const Bits& bits, std::span<const float> values) {
    double n = 0, sum = 0, squares = 0;
    bits.each([&](std::size_t rank) {
        const double v = double(values[rank]);
        if (v >= 0) ++n, sum += v, squares += v * v;
    });
    if (n == 0) return;
    stats.brightnessMean = sum / n;
    stats.brightnessStd = std::sqrt(std::max(0.0, squares / n - stats.brightnessMean * stats.brightnessMean));
}

struct Counts {
    std::array<std::int64_t, 256> kinds{};
    std::map<std::string, std::int64_t> splits, channels;
};

void countImages(Stats& stats, Counts& counts, const store::ColumnIndex& x, const Bits& bits) {
    const auto start = x.objectStart();
    bits.each([&](std::size_t rank) {
        ++stats.images;
        stats.labelled += start[rank + 1] > start[rank];
        const auto& state = x.stateNames()[x.stateCodes()[rank]];
        stats.reviewed += state == "accepted" || state == "rejected";
        const auto& split = x.splitNames()[x.splitCodes()[rank]];
        ++counts.splits[split.empty() ? "none" : split];
        if (x.channels()[rank] > 0) ++counts.channels[std::to_string(x.channels()[rank])];
        stats.annotations += start[rank + 1] - start[rank];
        for (std::size_t k = start[rank]; k < start[rank + 1]; ++k) ++counts.kinds[x.objectKinds()[k]];
    });
}

void countClasses(Stats& stats, const store::ColumnIndex& x, const Bits& bits) {
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> byClass;
    std::map<std::int64_t, std::size_t> last;
    const auto start = x.objectStart();
    bits.each([&](std::size_t rank) {
        for (std::size_t k = start[rank]; k < start[rank + 1]; ++k) {
            auto& [images, objects] = byClass[x.objectClasses()[k]];
            ++objects;
            const auto [at, fresh] = last.try_emplace(x.objectClasses()[k], rank);
            if (fresh || at->second != rank) ++images, at->second = rank;
        }
    });
    for (auto& row : stats.classes) {
        std::tie(row.images, row.annotations) = byClass[row.id.value];
        stats.byClass.emplace_back(row.name, row.annotations);
    }
}

Result<Problems> problemsOf(const store::Workspace& workspace) {
    Problems problems;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        const auto missing = store::oneNumber(sql, "SELECT count(*) FROM image WHERE missing = 1");
        if (missing > 0)
            problems.push_back({fmt::format("{} images", missing), "missing_image",
                                "registered, but their files are not there; import again with --images DIR when you have them"});
        return {};
    }));
    return problems;
}

}  // namespace

Result<Stats> stats(const store::Workspace& workspace, const std::string& query) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
    LATHE_TRY(const Bits bits, matching(workspace, *index, query));
    Stats stats;
    Counts counts;
    LATHE_TRY(stats.classes, workspace.classes());
    countImages(stats, counts, *index, bits);
    countClasses(stats, *index, bits);
    for (std::size_t k = 0; k < annot::kKindNames.size(); ++k)
        if (counts.kinds[k] > 0) stats.byKind.emplace_back(annot::kKindNames[k], counts.kinds[k]);
    stats.splits.assign(counts.splits.begin(), counts.splits.end());
    stats.channels.assign(counts.channels.begin(), counts.channels.end());
    stats.width = spreadOf(bits, index->widths());
    stats.height = spreadOf(bits, index->heights());
    brightnessOf(stats, bits, index->brightness());
    LATHE_TRY(stats.problems, problemsOf(workspace));
    return stats;
}

}  // namespace lathe::data
