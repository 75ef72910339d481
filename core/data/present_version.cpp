// The present as a side of a comparison.
#include "core/data/versions.h"
#include "core/store/column_index.h"

namespace lathe::data {

Result<SnapshotRow> presentVersion(const store::Workspace& workspace) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
    SnapshotRow row;
    row.id = kPresent, row.name = "present";
    LATHE_TRY(row.parent, headSnapshot(workspace));
    row.images = std::int64_t(index->imageCount()), row.annotations = std::int64_t(index->objectClasses().size());
    std::vector<std::int64_t> counts(index->splitNames().size());
    for (const std::uint8_t code : index->splitCodes()) ++counts[code];
    for (std::size_t k = 0; k < counts.size(); ++k)
        if (const auto& name = index->splitNames()[k]; counts[k] > 0)
            row.splits.emplace_back(name.empty() ? "none" : name, counts[k]);
    return row;
}

Result<SnapshotRow> findVersion(const store::Workspace& workspace, const std::string& what) {
    auto found = findSnapshot(workspace, what);
    if (found || (what != "present" && what != "now")) return found;
    return presentVersion(workspace);
}

}  // namespace lathe::data
