// Frozen versions: an immutable, content-addressed manifest of (image digest, annotation digest, split). Their tree, restoring and
// merging: versions.h. Splits: splits.h.
#pragma once
#include <array>
#include <filesystem>

#include "core/data/splits.h"
#include "core/store/workspace.h"

namespace lathe::data {

struct SnapshotRow {
    SnapshotId id;
    std::string digest;  ///< of the content rows in order of image digest, so two workspaces share it
    std::string name, author;
    double at = 0;
    std::int64_t images = 0, annotations = 0;
    std::vector<std::pair<std::string, std::int64_t>> splits;
    SnapshotId parent;              ///< from which it descends; 0: the first
    SnapshotId merged;              ///< the other side of a merge; 0: none
    std::string note, branch;       ///< what people wrote; the name of its line of versions, its parent's when none was given
    std::vector<std::string> tags;  ///< sorted
    bool frozenTest = false;        ///< its test images are frozen
};
/// One row of a snapshot.
struct SnapshotItem {
    ImageId image;
    std::string split;
    std::int64_t document = 0;  ///< annotation_doc id, 0: none
};
struct SnapshotDiff {
    struct {
        std::int64_t added = 0, removed = 0;
    } images;
    struct {
        std::int64_t added = 0, removed = 0, changed = 0;
    } annotations;
    std::vector<std::pair<std::string, std::array<std::int64_t, 3>>> byClass;  ///< added, removed, changed
};
struct TakeOptions {
    std::string name;   ///< empty: "v1", "v2" …
    std::string query;  ///< only the images that match
    std::string author;
    std::string note = {}, branch = {};
    std::vector<std::string> tags = {};
    bool freezeTest = false;  ///< its test images can't be moved by a split any more
};
/// Equal content gives an equal digest. It descends from headSnapshot() and becomes it.
[[nodiscard]] Result<SnapshotRow> takeSnapshot(store::Workspace& workspace, const TakeOptions& options);
[[nodiscard]] Result<SnapshotRow> takeSnapshot(store::Workspace& workspace, const std::string& name, const std::string& query,
                                               const std::string& author);
[[nodiscard]] Result<std::vector<SnapshotRow>> snapshots(const store::Workspace& workspace);  ///< newest first
[[nodiscard]] Result<SnapshotRow> findSnapshot(const store::Workspace& workspace,
                                               const std::string& what);  ///< name, id, digest, tag, branch (newest), "last"
[[nodiscard]] Result<SnapshotRow> findSnapshot(const store::Workspace& workspace, SnapshotId id);
[[nodiscard]] Result<std::vector<SnapshotItem>> snapshotItems(const store::Workspace& workspace, SnapshotId id);
[[nodiscard]] Result<annot::Annotations> snapshotAnnotations(const store::Workspace& workspace, const SnapshotItem& item);
/// Where a comparison wants a version: labels and splits as they are now.
inline constexpr SnapshotId kPresent{-1};
/// Its name is "present", its parent headSnapshot(); it has no digest. From the index.
[[nodiscard]] Result<SnapshotRow> presentVersion(const store::Workspace& workspace);
/// findSnapshot(), or the present when "present" or "now" is the name of none.
[[nodiscard]] Result<SnapshotRow> findVersion(const store::Workspace& workspace, const std::string& what);
/// Either may be kPresent.
[[nodiscard]] Result<SnapshotDiff> diff(const store::Workspace& workspace, SnapshotId a, SnapshotId b);

/// Writes the run folder's data manifest (see core/runs/run_folder.h): one JSON line per image of the snapshot, paths absolute.
[[nodiscard]] Result<> writeManifest(const store::Workspace& workspace, const SnapshotRow& snapshot, const std::string& task,
                                     const std::filesystem::path& file);

/// The same of the images as they are now, for a look at a few before anything is frozen.
[[nodiscard]] Result<> writeManifestNow(const store::Workspace& workspace, std::span<const ImageId> images, const std::string& task,
                                        const std::filesystem::path& file);

}  // namespace lathe::data
