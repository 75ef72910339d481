// Three versions of a small workspace, and a run trained on one: v1 -> v2 on the main line, v1 -> v3 on a branch.
#pragma once
#include "core/data/versions.h"
#include "core/runs/runs.h"
#include "tests/support/labelled.h"

namespace lathe::test {

/// The first box of the image; an empty annotation when it has none.
inline annot::Annotation boxIn(const store::Workspace& workspace, ImageId image) {
    const auto annotations = workspace.annotations(image);
    for (const auto& a : *annotations)
        if (std::holds_alternative<annot::Box>(a.shape)) return a;
    return {};
}
inline Result<> drawBox(store::Workspace& workspace, ImageId image, annot::Rect rect, ClassId classId) {
    LATHE_TRY(const auto id, workspace.nextAnnotationId(image));
    LATHE_CHECK(workspace.commit(adding(image, shapeOf(id.value, classId, annot::Box{rect}))));
    return {};
}
inline Result<> moveBox(store::Workspace& workspace, ImageId image, annot::Rect rect) {
    const annot::Annotation from = boxIn(workspace, image);
    annot::Annotation to = from;
    to.setShape(annot::Box{rect});
    LATHE_CHECK(workspace.commit(changing(image, from, to)));
    return {};
}

/// Of a sample workspace (sample_set.h). v2: box of image 1 moved, one drawn in 2, image 3 in another split. v3: box of image 1
/// moved elsewhere, one drawn in 5; the present descends from it.
inline Result<> makeVersions(store::Workspace& workspace, ClassId disc, ClassId square) {
    LATHE_CHECK(drawBox(workspace, ImageId(1), {2, 2, 8, 8}, disc));
    LATHE_CHECK(drawBox(workspace, ImageId(4), {2, 2, 8, 8}, disc));
    LATHE_TRY(
        const auto first,
        data::takeSnapshot(workspace, {.name = "v1", .query = {}, .author = "ana", .note = "first labels", .tags = {"baseline"}}));
    LATHE_CHECK(moveBox(workspace, ImageId(1), {10, 10, 8, 8}));
    LATHE_CHECK(drawBox(workspace, ImageId(2), {4, 4, 10, 10}, square));
    const std::vector<ImageId> one{ImageId(3)};
    LATHE_TRY(const auto image, workspace.image(ImageId(3)));
    LATHE_CHECK(workspace.setSplit(one, image->split == "val" ? "train" : "val"));
    LATHE_CHECK(data::takeSnapshot(workspace, {.name = "v2", .query = {}, .author = "ana"}));
    LATHE_CHECK(data::restoreSnapshot(workspace, first.id, "ben", {}));
    LATHE_CHECK(moveBox(workspace, ImageId(1), {20, 2, 6, 6}));
    LATHE_CHECK(drawBox(workspace, ImageId(5), {3, 3, 9, 9}, square));
    LATHE_CHECK(data::takeSnapshot(workspace, {.name = "v3", .query = {}, .author = "ben", .branch = "other"}));
    return {};
}

/// A finished run "baseline" of this content.
inline Result<> trainOn(store::Workspace& workspace, const data::SnapshotRow& snapshot, const std::string& id) {
    const runs::RunFolder folder(workspace.layout().runs() / id);
    LATHE_CHECK(base::makeFolders(folder.path()));
    runs::RunSpec spec;
    spec.name = "baseline", spec.snapshot = snapshot.digest, spec.snapshotName = snapshot.name;
    LATHE_CHECK(base::writeJson(folder.spec(), runs::toJson(spec)));
    LATHE_TRY(auto events, runs::EventWriter::open(folder.events()));
    LATHE_CHECK(events.event({{"kind", "state"}, {"time", 1.79e9}, {"state", "running"}}));
    events.metric("val/accuracy", {1, 1, 1.79e9, 0.9});
    LATHE_CHECK(events.event({{"kind", "state"}, {"time", 1.79e9 + 3}, {"state", "finished"}, {"message", ""}}));
    LATHE_CHECK(events.flush());
    LATHE_CHECK(runs::adoptRun(workspace, folder.path()));
    return {};
}

}  // namespace lathe::test
