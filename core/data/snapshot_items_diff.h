// The difference of two snapshots image by image and shape by shape.
#pragma once
#include "core/data/snapshot.h"

namespace lathe::data {

/// What became of one annotation, told apart by its id.
enum class ShapeChange {
    Added,
    Removed,
    Moved,       ///< the same class, other geometry
    Relabelled,  ///< the same geometry, another class
    Redrawn,     ///< both are others
    Attributes,  ///< class and geometry as before; attributes, flags, group, author, confidence … differ
};
inline constexpr std::array<std::string_view, 6> kShapeChangeNames{"added",      "removed", "moved",
                                                                   "relabelled", "redrawn", "attributes"};
struct ShapeDiff {
    ShapeChange change = ShapeChange::Added;
    std::optional<annot::Annotation> before, after;
};

/// Added up: what became of an image.
enum ImageChange : unsigned {
    ImageAdded = 1,
    ImageRemoved = 2,
    ImageMoved = 4,       ///< to another split
    ImageRelabelled = 8,  ///< labels of the whole image
    ImageShapes = 16,     ///< anything drawn in it
};
struct ItemDiff {
    ImageId image;
    unsigned changes = 0;
    std::string splitBefore, splitAfter;
    std::int64_t documentBefore = 0, documentAfter = 0;  ///< for snapshotAnnotations(); 0: none
    std::vector<ShapeDiff> shapes;                       ///< of an image in both: in the order of before, then the added ones
};
struct ItemsDiff {
    struct {
        std::int64_t added = 0, removed = 0, moved = 0, relabelled = 0, shapes = 0;
    } images;
    std::array<std::int64_t, kShapeChangeNames.size()> shapes{};  ///< by ShapeChange, of images in both
    std::int64_t total = 0;                                       ///< images that differ
    std::vector<ItemDiff> items;                                  ///< by image id
};
/// The first `limit` images that differ (0: all), counts over all of them. Either may be kPresent. Any thread; 0.1 s for 10,000
/// that differ in a million.
[[nodiscard]] Result<ItemsDiff> diffItems(const store::Workspace& workspace, SnapshotId a, SnapshotId b, std::size_t limit = 0,
                                          std::stop_token stop = {});
/// The same of two documents; images and splits stay empty.
[[nodiscard]] std::vector<ShapeDiff> diffShapes(const annot::Annotations& before, const annot::Annotations& after);

}  // namespace lathe::data
