#include "widgets/browser/search/run_facet.h"

#include <algorithm>

#include "core/base/log.h"
#include "core/runs/runs.h"

namespace lathe::widgets::browser::search {
namespace {

/// The name where it is one of a kind.
RunFacet::Run runOf(const runs::RunRow& row, const std::vector<runs::RunRow>& all) {
    const bool only = !row.name.empty() && std::ranges::count(all, row.name, &runs::RunRow::name) == 1;
    const std::string title = row.name.empty() ? row.id.value : only ? row.name : row.name + "  " + row.id.value;
    return {row.id.value, only ? row.name : row.id.value, title};
}

}  // namespace

RunFacet runFacet(const store::Workspace& workspace, const store::ColumnIndex& index, const std::vector<ImageId>& ids,
                  const std::string& wanted) {
    RunFacet facet;
    auto rows = runs::runs(workspace);
    if (!rows) return facet;
    std::ranges::stable_sort(*rows, std::greater<>(), [](const runs::RunRow& row) { return row.started + row.seconds; });
    for (const auto& row : *rows)
        if (std::filesystem::exists(runs::RunFolder(row.folder).predictions())) facet.runs.push_back(runOf(row, *rows));
    for (std::size_t k = 0; k < facet.runs.size(); ++k)
        if (facet.runs[k].id == wanted || facet.runs[k].term == wanted) facet.chosen = k;
    if (facet.runs.empty()) return facet;
    const auto counts = data::runCounts(workspace, index, ids, facet.runs[facet.chosen].id);
    if (!counts) {
        log::warn("the filters are without runs: " + counts.error().text());
        return {};
    }
    facet.counts = *counts;
    return facet;
}

}  // namespace lathe::widgets::browser::search
