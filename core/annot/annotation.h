// An annotation, and all annotations of one image: the document that the store keeps packed.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/annot/shape.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace lathe::annot {

enum Flag : std::uint32_t { Occluded = 1, Truncated = 2, Crowd = 4, Difficult = 8, Locked = 16, Hidden = 32 };

struct Annotation {
    AnnotationId id = {};  ///< unique in its image, never used again
    ClassId classId = {};
    Shape shape = {};
    std::uint32_t flags = 0;
    std::int64_t group = 0;   ///< shapes of one image with the same number belong together; 0: none
    std::string author = {};  ///< empty: imported
    std::string source = {};  ///< "" by hand or import, "model:RUN" accepted unchanged, "model:RUN corrected"
    std::optional<double> confidence = {};
    std::optional<double> givenArea = {};  ///< COCO's own `area` field when a file gave one
    std::optional<Rect> givenBox = {};     ///< COCO's own `bbox` when it isn't bounds(shape) bit for bit
    Json attributes = {};                  ///< object or null: name -> value
    Json extra = {};                       ///< object or null: a foreign file's unknown fields, written back by export
    bool operator==(const Annotation&) const = default;

    /// Gives it another shape and drops givenArea and givenBox, which described the old one. Use it for every edit of a shape.
    void setShape(Shape next);
};

/// All annotations of one image in drawing order (first is lowest).
using Annotations = std::vector<Annotation>;

/// Packs losslessly (numbers bit for bit) into the store's document body; see reference in the .cpp. Deterministic: equal values
/// give equal bytes, so the digest of the body is the digest of the annotations. Text in attributes and extra must be UTF-8 (bytes
/// that aren't become U+FFFD).
[[nodiscard]] std::string pack(const Annotations& annotations);
/// Unpacks; a torn or foreign body is ErrorCode::Corrupt, never undefined behaviour.
[[nodiscard]] Result<Annotations> unpack(std::string_view body);

/// The same for a single annotation: what readers of big files hold on to.
[[nodiscard]] std::string packOne(const Annotation& annotation);
[[nodiscard]] Result<Annotation> unpackOne(std::string_view body);

/// Canonical JSON of one annotation as `lathe labels` prints it: {id, kind, class, box|points|mask, attributes, ...}.
[[nodiscard]] Json toJson(const Annotation& annotation, std::string_view className);

}  // namespace lathe::annot
