// LabelMe JSON (versions 3 to 7) and the dialect of X-AnyLabeling: one file an image with "shapes", "flags", "imagePath". What the
// reader and the writer share. Private to core/formats.
//
// In `extra.labelme` of an annotation: "fields" (keys that Lathe doesn't know), "shape_type" and "points" where the file has others
// than the writer would choose, "flags" (the shape's flags by name; null: the value is an attribute or a flag of Lathe's),
// "description" (where an attribute has that name already), "parts" (the same for each further polygon of the object). Of an image:
// "version", "flags" (when not all are true), "fields".
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/annot/annotation.h"
#include "core/formats/format.h"

namespace lathe::formats::labelme {

using annot::Point;
using Points = std::vector<Point>;

inline constexpr std::array kFlagNames{std::pair{annot::Occluded, "occluded"}, std::pair{annot::Truncated, "truncated"},
                                       std::pair{annot::Crowd, "crowd"},       std::pair{annot::Difficult, "difficult"},
                                       std::pair{annot::Locked, "locked"},     std::pair{annot::Hidden, "hidden"}};

/// Why a shape is left out.
struct Bad {
    std::string code, message;
};
template <class T>
using Read = tl::expected<T, Bad>;
[[nodiscard]] inline tl::unexpected<Bad> bad(std::string code, std::string message) {
    return tl::unexpected<Bad>(Bad{std::move(code), std::move(message)});
}

struct Size {
    int width = 0, height = 0;
};
/// The image's size; only masks ask for it.
using SizeOf = std::function<std::optional<Size>()>;

/// One of "shapes".
struct Part {
    std::string label;
    std::optional<std::int64_t> groupId;
    annot::Annotation annotation;  ///< without id and class
};
[[nodiscard]] Read<Part> readShape(const Json& shape, const SizeOf& imageSize);

/// The shape that a shape_type has with these points (not "mask").
[[nodiscard]] Read<annot::Shape> geometryOf(const std::string& type, const Points& points);
/// The points that the writer gives a shape of that shape_type; nothing when the type doesn't fit the shape.
[[nodiscard]] std::optional<Points> pointsFor(const annot::Shape& shape, const std::string& type);
/// The writer's choice of a shape_type; empty when the format has none.
[[nodiscard]] std::string typeFor(const annot::Shape& shape);
/// {"keypoints": [[x, y, visibility], ...], "box": [x, y, w, h]} and back; nothing when its points aren't `beside`.
[[nodiscard]] Json ownKeypoints(const annot::Keypoints& keypoints);
[[nodiscard]] std::optional<annot::Keypoints> keypointsOf(const Json& own, const Points& beside);

/// "mask": the pixels of a PNG, set where they aren't 0, and the box round them.
[[nodiscard]] Read<annot::Mask> readMask(const std::string& base64, const Points& box, Size image);
struct MaskText {
    std::string base64;
    Points box;  ///< its first and its last pixel
};
/// Nothing for a mask without pixels.
[[nodiscard]] std::optional<MaskText> maskText(const annot::Mask& mask, Point offset = {});
/// Polygons that can't be written as they are, as pixels.
[[nodiscard]] std::optional<MaskText> maskText(const annot::Polygon& polygon);

/// Does a ring from place `from` on share an area with one before it (one lies in the other, or they cross)?
[[nodiscard]] bool overlap(const annot::Polygon& polygon, std::size_t from = 1);

/// LabelMe counts groups from 0, and 0 is no group in Lathe.
[[nodiscard]] inline std::int64_t groupOf(std::int64_t groupId) {
    return groupId >= 0 ? groupId + 1 : groupId;
}
[[nodiscard]] inline std::optional<std::int64_t> groupIdOf(std::int64_t group) {
    return group == 0 ? std::nullopt : std::optional(group > 0 ? group - 1 : group);
}

/// A file's top object, as far as it is whole.
[[nodiscard]] Result<Json> membersOf(const std::filesystem::path& file);
[[nodiscard]] bool isLabelMe(const Json& members);

[[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                            const Progress& progress);
[[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source, const WriteOptions& options,
                                        std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::labelme
