// The objects that a search finds, for a grid with a tile for each.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/data/query.h"

namespace lathe::data {

/// An object by its image's rank in the index and its place among that image's annotations.
struct ObjectRef {
    std::uint32_t rank = 0, place = 0;
    bool operator==(const ObjectRef&) const = default;
};
enum class ObjectSort { Image, Area, Confidence, Class };

/// The objects of the images that match. Terms about objects (class:, kind:, author:, source:, attribute:, area, confidence) that
/// stand at the top of the search, not within parentheses or beside `or`, hold for the object itself: "class:WBC area>400" gives
/// the white cells above 400 pixels, not all objects of their images. Whole-image classes are no objects. Any thread; 8 bytes an
/// object.
[[nodiscard]] Result<std::vector<ObjectRef>> findObjects(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                         const std::string& text, ObjectSort sort = ObjectSort::Image,
                                                         bool descending = false);

}  // namespace lathe::data
