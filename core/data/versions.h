// The tree of versions: what descends from what, notes and tags, frozen test sets, restoring and merging.
//
// Nothing here deletes: images are never removed, labels change as journal edits of one batch (store::undoBatch takes it back).
// Restoring and merging may take seconds: call from a job.
#pragma once
#include "core/data/snapshot_items_diff.h"
#include "core/store/class_ops.h"

namespace lathe::data {

/// From which snapshot the present labels and splits descend: the last that was taken or restored. 0: none yet.
[[nodiscard]] Result<SnapshotId> headSnapshot(const store::Workspace& workspace);

struct SnapshotEdit {
    std::optional<std::string> note, branch;
    std::vector<std::string> addTags = {}, removeTags = {};
    std::optional<bool> freezeTest = {};
};
/// What people say about a snapshot; its content never changes. InvalidArgument: an empty tag.
[[nodiscard]] Result<SnapshotRow> editSnapshot(store::Workspace& workspace, SnapshotId id, const SnapshotEdit& edit);

/// The snapshot and all from which it descends over both parents, newest first. `all` as snapshots() gives them.
[[nodiscard]] std::vector<SnapshotRow> lineage(const std::vector<SnapshotRow>& all, SnapshotId id);
/// The nearest one from which both descend; nullopt: they have nothing in common.
[[nodiscard]] std::optional<SnapshotRow> commonAncestor(const std::vector<SnapshotRow>& all, SnapshotId a, SnapshotId b);

struct ApplyOptions {
    bool dryRun = false;  ///< only say what would change
    bool force = false;   ///< frozen test images too
};
/// What came, or would come, of bringing the present state to a version.
struct ApplyReport {
    store::BatchId batch;  ///< for store::undoBatch(); none for a dry run
    struct {
        std::int64_t changed = 0, unchanged = 0;  ///< of the version
        std::int64_t moved = 0;                   ///< to another split
    } images;
    std::array<std::int64_t, kShapeChangeNames.size()> shapes{};  ///< by ShapeChange
    std::vector<ImageId> outside;                                 ///< images that the version doesn't have: they stay as they are
    Problems problems;                                            ///< "frozen_test": left where they are
};
/// The labels and splits that the snapshot holds become the present state, which descends from it from now on: the next snapshot
/// begins a branch when the snapshot has a child already.
[[nodiscard]] Result<ApplyReport> restoreSnapshot(store::Workspace& workspace, SnapshotId id, const std::string& who,
                                                  const ApplyOptions& options, std::stop_token stop = {}, Progress progress = {});

/// Both sides changed the same thing since the base, each in its way.
struct MergeConflict {
    ImageId image;
    AnnotationId annotation;  ///< 0: it is about the split
    std::optional<annot::Annotation> base, ours, theirs;
    std::string baseSplit, ourSplit, theirSplit;
};
enum class Prefer { None, Ours, Theirs };
struct MergeOptions {
    std::optional<SnapshotId> base;  ///< the nearest common ancestor when not given
    Prefer prefer = Prefer::None;    ///< who wins a conflict
    ApplyOptions apply;
};
struct MergeReport {
    SnapshotRow base;
    std::vector<MergeConflict> conflicts;  ///< also those that `prefer` decided
    std::optional<ApplyReport> applied;    ///< none: conflicts are left, nothing was changed
};
/// Three ways by image and annotation id: what one side changed since the base is taken, what both changed alike too. An image that
/// a side doesn't have is no opinion of that side. The result becomes the present state, which descends from both. InvalidArgument:
/// the two have no common ancestor and no base was named.
[[nodiscard]] Result<MergeReport> mergeSnapshots(store::Workspace& workspace, SnapshotId ours, SnapshotId theirs,
                                                 const std::string& who, const MergeOptions& options, std::stop_token stop = {},
                                                 Progress progress = {});

}  // namespace lathe::data
