// Rename, merge and delete of classes, and another class for many objects, over all images as one operation that is undone as a
// whole.
//
// One transaction each: a stop or a crash leaves nothing half done. Every image that changes gets one entry in its journal, all
// with the operation's batch id. May take seconds: call from a job, never from the GUI thread. `who` is the author of the entries.
#pragma once
#include <map>

#include "core/base/progress.h"
#include "core/store/workspace.h"

namespace lathe::store {

using BatchId = base::Id<struct BatchTag>;

/// What a class operation would change.
struct ClassImpact {
    std::int64_t images = 0, annotations = 0;
    std::int64_t children = 0;  ///< classes that name it as parent
};
[[nodiscard]] Result<ClassImpact> impactOf(const Workspace& workspace, ClassId id, std::stop_token stop = {});

struct BatchResult {
    BatchId batch;
    std::int64_t images = 0, annotations = 0;
    std::int64_t skipped = 0;  ///< of an undo: annotations that have been changed or replaced since and stay as they are
};
/// Annotations hold the class's id, so none of them changes. AlreadyExists when the name is taken: merge instead.
[[nodiscard]] Result<BatchResult> renameClass(Workspace& workspace, ClassId id, const std::string& name, const std::string& who);
/// Every annotation of `from` becomes one of `into`; `from` is gone. An image that has both as labels keeps one.
[[nodiscard]] Result<BatchResult> mergeClass(Workspace& workspace, ClassId from, ClassId into, const std::string& who,
                                             std::stop_token stop = {}, Progress progress = {});
/// The class and all its annotations.
[[nodiscard]] Result<BatchResult> deleteClass(Workspace& workspace, ClassId id, const std::string& who, std::stop_token stop = {},
                                              Progress progress = {});

/// These annotations, whatever class they have, get another one. What isn't there any more is left out.
using ObjectsByImage = std::map<ImageId, std::vector<AnnotationId>>;
[[nodiscard]] Result<BatchResult> relabel(Workspace& workspace, const ObjectsByImage& objects, ClassId into, const std::string& who,
                                          std::stop_token stop = {}, Progress progress = {});

/// Takes the whole operation back: the class returns with its id, annotations get back what the operation took. What was edited
/// since keeps its edits. NotFound when there is no such batch, InvalidArgument when it is undone already.
[[nodiscard]] Result<BatchResult> undoBatch(Workspace& workspace, BatchId batch, const std::string& who, std::stop_token stop = {},
                                            Progress progress = {});

struct Batch {
    BatchId id;
    double at = 0;
    std::string who, label;
    std::int64_t images = 0, annotations = 0;
    bool undone = false;
};
/// Latest first.
[[nodiscard]] Result<std::vector<Batch>> batches(const Workspace& workspace, std::size_t most = 100);

}  // namespace lathe::store
