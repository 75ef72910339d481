#include "core/data/snapshot_items_diff.h"

#include <unordered_map>

#include "core/data/snapshot_walk.h"

namespace lathe::data {
namespace {

using annot::Annotation;
using annot::Annotations;

ShapeChange changeOf(const Annotation& before, const Annotation& after) {
    const bool sameClass = before.classId == after.classId, sameShape = before.shape == after.shape;
    if (sameClass) return sameShape ? ShapeChange::Attributes : ShapeChange::Moved;
    return sameShape ? ShapeChange::Relabelled : ShapeChange::Redrawn;
}

bool isImageLabel(const ShapeDiff& shape) {
    return std::holds_alternative<annot::ImageLabel>((shape.after ? *shape.after : *shape.before).shape);
}

void compareShapes(ItemDiff& item, const Annotations& before, const Annotations& after) {
    item.shapes = diffShapes(before, after);
    for (const auto& shape : item.shapes) item.changes |= isImageLabel(shape) ? ImageRelabelled : ImageShapes;
}

/// Fills in what differs; changes 0: nothing but the documents' ids.
Result<ItemDiff> itemOf(DocumentReader& documents, const SnapshotItem* before, const SnapshotItem* after) {
    ItemDiff item;
    item.image = (after ? after : before)->image;
    if (before) item.splitBefore = before->split, item.documentBefore = before->document;
    if (after) item.splitAfter = after->split, item.documentAfter = after->document;
    if (!before || !after) {
        item.changes = before ? ImageRemoved : ImageAdded;
        return item;
    }
    if (before->split != after->split) item.changes |= ImageMoved;
    if (before->document == after->document) return item;
    LATHE_TRY(const auto old, documents.read(before->document));
    LATHE_TRY(const auto now, documents.read(after->document));
    if (old.digest == now.digest) return item;
    LATHE_TRY(const auto was, old.annotations());
    LATHE_TRY(const auto is, now.annotations());
    compareShapes(item, was, is);
    return item;
}

void countItem(ItemsDiff& diff, const ItemDiff& item) {
    ++diff.total;
    diff.images.added += bool(item.changes & ImageAdded), diff.images.removed += bool(item.changes & ImageRemoved);
    diff.images.moved += bool(item.changes & ImageMoved), diff.images.relabelled += bool(item.changes & ImageRelabelled);
    diff.images.shapes += bool(item.changes & ImageShapes);
    for (const auto& shape : item.shapes) ++diff.shapes[std::size_t(shape.change)];
}

}  // namespace

std::vector<ShapeDiff> diffShapes(const Annotations& before, const Annotations& after) {
    std::unordered_map<AnnotationId, const Annotation*> now;
    for (const auto& a : after) now.emplace(a.id, &a);
    std::vector<ShapeDiff> shapes;
    for (const auto& old : before) {
        const auto found = now.extract(old.id);
        if (!found)
            shapes.push_back({ShapeChange::Removed, old, std::nullopt});
        else if (!(old == *found.mapped()))
            shapes.push_back({changeOf(old, *found.mapped()), old, *found.mapped()});
    }
    for (const auto& a : after)
        if (now.contains(a.id)) shapes.push_back({ShapeChange::Added, std::nullopt, a});
    return shapes;
}

Result<ItemsDiff> diffItems(const store::Workspace& workspace, SnapshotId a, SnapshotId b, std::size_t limit,
                            std::stop_token stop) {
    ItemsDiff diff;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        diff = {};
        DocumentReader documents(sql);
        return walkDifference(sql, a, b, [&](const SnapshotItem* before, const SnapshotItem* after) -> Result<> {
            if (stop.stop_requested()) return base::fail(ErrorCode::Cancelled, "stopped");
            LATHE_TRY(ItemDiff item, itemOf(documents, before, after));
            if (item.changes == 0) return {};
            countItem(diff, item);
            if (limit == 0 || diff.items.size() < limit) diff.items.push_back(std::move(item));
            return {};
        });
    }));
    return diff;
}

}  // namespace lathe::data
