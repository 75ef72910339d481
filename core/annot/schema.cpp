// What a schema says about an annotation.
#include "core/annot/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lathe::annot {
namespace {

using Lines = std::vector<std::string>;

std::string kindsOf(const ClassSchema& schema) {
    std::string text;
    for (std::size_t k = 0; k < kKindNames.size(); ++k)
        if (schema.kinds >> k & 1) text += fmt::format("{}{}", text.empty() ? "" : ", ", kKindNames[k]);
    return text.empty() ? "none" : text;
}

std::string joined(const Lines& items) {
    std::string text;
    for (const auto& item : items) text += fmt::format("{}{}", text.empty() ? "" : ", ", item);
    return text;
}

std::string outOfRange(const Attribute& a) {
    const bool below = a.least > -1e300, above = a.most < 1e300;
    if (below && above) return fmt::format("attribute '{}' must be from {} to {}", a.name, a.least, a.most);
    return below ? fmt::format("attribute '{}' must be at least {}", a.name, a.least)
                 : fmt::format("attribute '{}' must be at most {}", a.name, a.most);
}

/// Empty: the value fits.
std::string wrong(const Attribute& a, const Json& value) {
    switch (a.type) {
        case Attribute::Type::Check:
            return value.is_boolean() ? std::string() : fmt::format("attribute '{}' must be true or false", a.name);
        case Attribute::Type::Text: return value.is_string() ? std::string() : fmt::format("attribute '{}' must be a text", a.name);
        case Attribute::Type::Choice:
            if (value.is_string() && std::ranges::find(a.choices, value.get_ref<const std::string&>()) != a.choices.end())
                return {};
            return fmt::format("attribute '{}' must be one of {}", a.name, joined(a.choices));
        case Attribute::Type::Number: break;
    }
    if (!value.is_number()) return fmt::format("attribute '{}' must be a number", a.name);
    const double number = value.get<double>();
    return number >= a.least && number <= a.most ? std::string() : outOfRange(a);
}

bool isGiven(const Json& value) {
    return !value.is_null() && !(value.is_string() && value.get_ref<const std::string&>().empty());
}

void checkOne(const Attribute& a, const Json& values, Lines& out) {
    const auto at = values.is_object() ? values.find(a.name) : values.end();
    const bool given = values.is_object() && at != values.end() && isGiven(*at);
    if (given) {
        if (auto line = wrong(a, *at); !line.empty()) out.push_back(std::move(line));
    } else if (a.required) {
        out.push_back(fmt::format("attribute '{}' is required", a.name));
    }
}

void checkShape(const ClassSchema& schema, const Shape& shape, Lines& out) {
    if (!schema.allows(shape))
        out.push_back(
            fmt::format("a shape of kind {} isn't allowed for '{}' (allowed: {})", kindName(shape), schema.name, kindsOf(schema)));
    const auto* keypoints = std::get_if<Keypoints>(&shape);
    if (keypoints && !schema.skeleton.joints.empty() && keypoints->items.size() != schema.skeleton.joints.size())
        out.push_back(fmt::format("has {} keypoints, the skeleton of '{}' has {}", keypoints->items.size(), schema.name,
                                  schema.skeleton.joints.size()));
}

}  // namespace

const ClassSchema* Schema::find(ClassId id) const {
    const auto at = std::ranges::find(classes, id, &ClassSchema::id);
    return at == classes.end() ? nullptr : &*at;
}

const ClassSchema* Schema::find(std::string_view name) const {
    const auto at = std::ranges::find(classes, name, &ClassSchema::name);
    return at == classes.end() ? nullptr : &*at;
}

std::vector<std::string> violations(const std::vector<Attribute>& attributes, const Json& values) {
    Lines out;
    for (const auto& attribute : attributes) checkOne(attribute, values, out);
    return out;
}

std::vector<std::string> violations(const Schema& schema, const Annotation& annotation) {
    const ClassSchema* own = schema.find(annotation.classId);
    if (!own)
        return {annotation.classId.valid() ? fmt::format("class {} isn't in the schema", annotation.classId.value)
                                           : std::string("has no class")};
    Lines out;
    checkShape(*own, annotation.shape, out);
    for (const auto& attribute : own->attributes) checkOne(attribute, annotation.attributes, out);
    return out;
}

Json fallbacks(const std::vector<Attribute>& attributes) {
    Json values;
    for (const auto& attribute : attributes)
        if (!attribute.fallback.is_null()) values[attribute.name] = attribute.fallback;
    return values;
}

Json fallbacks(const ClassSchema& schema) {
    return fallbacks(schema.attributes);
}

void addFallbacks(Json& values, const ClassSchema& schema) {
    for (const auto& attribute : schema.attributes)
        if (!attribute.fallback.is_null() && !values.contains(attribute.name)) values[attribute.name] = attribute.fallback;
}

}  // namespace lathe::annot
