// The label schema: what may be drawn, with which attributes, and by which rules.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/annot/annotation.h"

namespace lathe::annot {

struct Attribute {
    enum class Type { Choice, Check, Number, Text };
    std::string name;
    Type type = Type::Text;
    std::vector<std::string> choices = {};  ///< of a Choice
    double least = -1e300, most = 1e300;    ///< of a Number; these: no limit
    Json fallback = {};                     ///< what a new shape gets; null: nothing
    bool required = false;
    bool operator==(const Attribute&) const = default;
};

/// Joints in a picture of 1 x 1, edges and left-right pairs by index.
struct Skeleton {
    struct Joint {
        std::string name;
        Point at;
        bool operator==(const Joint&) const = default;
    };
    std::vector<Joint> joints;
    std::vector<std::pair<int, int>> edges, mirrored;
    bool operator==(const Skeleton&) const = default;
};

/// A crop of an image in the workspace that shows how it is done, or how not.
struct Example {
    ImageId image;
    Rect crop;
    bool good = true;
    std::string note = {};
    bool operator==(const Example&) const = default;
};

struct ClassSchema {
    ClassId id = {};
    std::string name, colour, key, parent;  ///< as store::ClassRow
    std::uint32_t kinds = ~0u;              ///< bit of each allowed alternative of Shape
    std::vector<Attribute> attributes = {};
    Skeleton skeleton = {};
    std::string rule = {};  ///< Markdown
    std::vector<Example> examples = {};
    bool operator==(const ClassSchema&) const = default;
    [[nodiscard]] bool allows(const Shape& shape) const { return kinds >> shape.index() & 1; }
};

struct Schema {
    std::vector<ClassSchema> classes = {};
    std::vector<Attribute> image = {};  ///< attributes of the whole image
    bool overlap = true;                ///< may areas of a layer of masks overlap
    bool operator==(const Schema&) const = default;
    [[nodiscard]] const ClassSchema* find(ClassId id) const;
    [[nodiscard]] const ClassSchema* find(std::string_view name) const;
};

/// The schema's file: JSON, {"lathe_schema": 1, ...}, readable and diffable; resources/schemas/label_schema.json describes it.
[[nodiscard]] Json toJson(const Schema& schema);
/// InvalidData names the class and the field that is wrong.
[[nodiscard]] Result<Schema> schemaFromJson(const Json& json);
/// What an annotation lacks or must not have by the schema ("attribute 'subtype' is required"); empty: nothing.
[[nodiscard]] std::vector<std::string> violations(const Schema& schema, const Annotation& annotation);
/// The same for the values of a list of attributes: those of the whole image.
[[nodiscard]] std::vector<std::string> violations(const std::vector<Attribute>& attributes, const Json& values);
/// The fallbacks of its class, for a new shape; null when there are none.
[[nodiscard]] Json fallbacks(const ClassSchema& schema);
[[nodiscard]] Json fallbacks(const std::vector<Attribute>& attributes);
/// For a shape that changes to this class: those that `values` doesn't hold are added, the others stay.
void addFallbacks(Json& values, const ClassSchema& schema);

}  // namespace lathe::annot
