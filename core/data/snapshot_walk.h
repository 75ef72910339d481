// Two snapshots side by side without reading what they share. For core/data alone; use inside Workspace::read and ::write.
#pragma once
#include <functional>

#include "core/data/snapshot_blocks.h"

namespace lathe::data {

/// The row of an image in both; nullptr where it isn't.
using RowVisit = std::function<Result<>(const SnapshotItem* before, const SnapshotItem* after)>;
/// Calls `visit` in id order for each image whose rows differ. Blocks that both have are never read; of the others one at a time is
/// in memory. Of kPresent the images' rows are read, and documents only where they aren't the other side's.
[[nodiscard]] Result<> walkDifference(soci::session& sql, SnapshotId a, SnapshotId b, const RowVisit& visit);

/// Documents by id, with a statement prepared once.
class DocumentReader {
public:
    explicit DocumentReader(soci::session& sql);
    struct Document {
        std::string digest;  ///< of the body; empty: no annotations
        std::string body;
        [[nodiscard]] Result<annot::Annotations> annotations() const;
    };
    /// Id 0: no annotations. Corrupt when there is no such document.
    [[nodiscard]] Result<Document> read(std::int64_t id);

private:
    long long m_id = 0;
    std::string m_digest;
    store::Bytes m_body;
    soci::statement m_select;
};

}  // namespace lathe::data
