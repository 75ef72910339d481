// Bringing the present labels and splits to a wanted state. For core/data alone.
#pragma once
#include "core/data/snapshot_walk.h"
#include "core/data/versions.h"
#include "core/store/batch.h"

namespace lathe::data {

/// How an image should be.
struct WantedImage {
    SnapshotItem item;  ///< its document, unless `annotations` is there
    std::optional<annot::Annotations> annotations = {};
};

/// Makes `wanted` (in id order) the present state, within one transaction: in a batch of `label`, or only counted. `heads`: what
/// the present state descends from afterwards.
struct Applying {
    std::string label, who;
    ApplyOptions options;
    std::pair<SnapshotId, SnapshotId> heads;
    std::stop_token stop;
    Progress progress;
};
using WantedState = std::function<Result<std::vector<WantedImage>>(soci::session& sql)>;
[[nodiscard]] Result<ApplyReport> applyState(store::Workspace& workspace, const WantedState& wanted, const Applying& how);

/// The snapshot's rows, inside a transaction.
[[nodiscard]] Result<std::vector<SnapshotItem>> allItems(soci::session& sql, SnapshotId id);

}  // namespace lathe::data
