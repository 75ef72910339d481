// The schema's file. Joints, edges and pairs are told by the joints' names, kinds by theirs, so that two versions can be compared
// line by line.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "core/annot/schema.h"

namespace lathe::annot {
namespace {

constexpr int kSchemaJsonVersion = 1;
constexpr std::array<std::string_view, 4> kTypeNames{"choice", "check", "number", "text"};
constexpr std::uint32_t kAllKinds = (1u << kKindNames.size()) - 1;

// ---- out

Json toJson(const Attribute& a) {
    Json out{{"name", a.name}, {"type", kTypeNames[std::size_t(a.type)]}};
    if (a.type == Attribute::Type::Choice) out["choices"] = a.choices;
    if (a.least > -1e300) out["least"] = a.least;
    if (a.most < 1e300) out["most"] = a.most;
    if (!a.fallback.is_null()) out["default"] = a.fallback;
    if (a.required) out["required"] = true;
    return out;
}

Json toJson(const std::vector<Attribute>& attributes) {
    Json out = Json::array();
    for (const auto& a : attributes) out.push_back(toJson(a));
    return out;
}

Json pairsOf(const Skeleton& skeleton, const std::vector<std::pair<int, int>>& pairs) {
    Json out = Json::array();
    for (const auto& [a, b] : pairs) out.push_back({skeleton.joints[std::size_t(a)].name, skeleton.joints[std::size_t(b)].name});
    return out;
}

Json toJson(const Skeleton& skeleton) {
    Json joints = Json::array();
    for (const auto& joint : skeleton.joints) joints.push_back({{"name", joint.name}, {"x", joint.at.x}, {"y", joint.at.y}});
    return {{"joints", joints}, {"edges", pairsOf(skeleton, skeleton.edges)}, {"mirrored", pairsOf(skeleton, skeleton.mirrored)}};
}

Json toJson(const Example& example) {
    Json out{{"image", example.image.value},
             {"crop", {example.crop.x, example.crop.y, example.crop.w, example.crop.h}},
             {"good", example.good}};
    if (!example.note.empty()) out["note"] = example.note;
    return out;
}

Json kindsJson(std::uint32_t kinds) {
    Json out = Json::array();
    for (std::size_t k = 0; k < kKindNames.size(); ++k)
        if (kinds >> k & 1) out.push_back(kKindNames[k]);
    return out;
}

Json toJson(const ClassSchema& c) {
    Json out{{"name", c.name}};
    if (!c.colour.empty()) out["colour"] = c.colour;
    if (!c.key.empty()) out["key"] = c.key;
    if (!c.parent.empty()) out["parent"] = c.parent;
    if ((c.kinds & kAllKinds) != kAllKinds) out["kinds"] = kindsJson(c.kinds);
    if (!c.attributes.empty()) out["attributes"] = toJson(c.attributes);
    if (!c.skeleton.joints.empty()) out["skeleton"] = toJson(c.skeleton);
    if (!c.rule.empty()) out["rule"] = c.rule;
    for (const auto& example : c.examples) out["examples"].push_back(toJson(example));
    return out;
}

// ---- in

/// What is wrong, thrown inside this file and made an Error at its border.
struct Wrong {
    std::string what, where;
};

/// An object of the file and the words for where it is.
class Reader {
public:
    Reader(const Json& json, std::string where) : m_json(json), m_where(std::move(where)) {
        if (!json.is_object()) throw Wrong{"must be an object", m_where};
    }
    [[noreturn]] void fail(const std::string& what, std::string_view field) const {
        throw Wrong{what, fmt::format("{}{}field {}", m_where, m_where.empty() ? "" : ", ", field)};
    }
    [[nodiscard]] const Json* find(const char* field) const {
        const auto at = m_json.find(field);
        return at == m_json.end() || at->is_null() ? nullptr : &*at;
    }
    [[nodiscard]] std::string text(const char* field) const {
        const Json* value = find(field);
        if (value && !value->is_string()) fail("must be a text", field);
        return value ? value->get<std::string>() : std::string();
    }
    [[nodiscard]] std::string needed(const char* field) const {
        std::string value = text(field);
        if (value.empty()) fail("is needed and must not be empty", field);
        return value;
    }
    [[nodiscard]] bool flag(const char* field, bool otherwise) const {
        const Json* value = find(field);
        if (value && !value->is_boolean()) fail("must be true or false", field);
        return value ? value->get<bool>() : otherwise;
    }
    [[nodiscard]] double number(const char* field, double otherwise) const {
        const Json* value = find(field);
        if (value && (!value->is_number() || !std::isfinite(value->get<double>()))) fail("must be a number", field);
        return value ? value->get<double>() : otherwise;
    }
    [[nodiscard]] const Json& list(const char* field) const {
        static const Json none = Json::array();
        const Json* value = find(field);
        if (value && !value->is_array()) fail("must be a list", field);
        return value ? *value : none;
    }
    [[nodiscard]] std::vector<std::string> texts(const char* field) const {
        std::vector<std::string> out;
        for (const Json& item : list(field)) {
            if (!item.is_string()) fail("must be a list of texts", field);
            out.push_back(item.get<std::string>());
        }
        return out;
    }
    [[nodiscard]] const std::string& where() const { return m_where; }

private:
    const Json& m_json;
    std::string m_where;
};

Attribute::Type typeOf(const Reader& in) {
    const std::string name = in.needed("type");
    const auto at = std::ranges::find(kTypeNames, name);
    if (at == kTypeNames.end()) in.fail(fmt::format("is choice, check, number or text, not \"{}\"", name), "type");
    return Attribute::Type(at - kTypeNames.begin());
}

Attribute attributeOf(const Json& json, const std::string& where) {
    const Reader in(json, where);
    Attribute a;
    a.name = in.needed("name");
    a.type = typeOf(in);
    a.choices = in.texts("choices");
    a.least = in.number("least", -1e300), a.most = in.number("most", 1e300);
    a.required = in.flag("required", false);
    if (const Json* value = in.find("default")) a.fallback = *value;
    if (a.type == Attribute::Type::Choice && a.choices.empty()) in.fail("needs at least one choice", "choices");
    if (std::set(a.choices.begin(), a.choices.end()).size() != a.choices.size()) in.fail("names a choice twice", "choices");
    if (a.least > a.most) in.fail("is greater than most", "least");
    if (a.fallback.is_null()) return a;
    Attribute given = a;
    given.required = false;
    const auto lines = violations({given}, Json{{a.name, a.fallback}});
    if (!lines.empty()) in.fail(lines.front(), "default");
    return a;
}

std::vector<Attribute> attributesOf(const Json& list, const std::string& where) {
    std::vector<Attribute> out;
    std::set<std::string> names;
    for (const Json& json : list) {
        out.push_back(attributeOf(json, fmt::format("{}, attribute {}", where, out.size() + 1)));
        if (!names.insert(out.back().name).second)
            throw Wrong{fmt::format("the attribute '{}' is there twice", out.back().name), where};
    }
    return out;
}

std::vector<std::pair<int, int>> pairsOf(const Reader& in, const char* field, const Skeleton& skeleton) {
    const auto index = [&](const Json& name) {
        const auto at = std::ranges::find_if(skeleton.joints, [&](const auto& joint) { return name == joint.name; });
        if (at == skeleton.joints.end()) in.fail(fmt::format("names {}, which is no joint of the skeleton", name.dump()), field);
        return int(at - skeleton.joints.begin());
    };
    std::vector<std::pair<int, int>> out;
    for (const Json& pair : in.list(field)) {
        if (!pair.is_array() || pair.size() != 2) in.fail("must be a list of pairs of joint names", field);
        out.emplace_back(index(pair[0]), index(pair[1]));
        if (out.back().first == out.back().second) in.fail("pairs a joint with itself", field);
    }
    return out;
}

Skeleton skeletonOf(const Json& json, const std::string& where) {
    const Reader in(json, where + ", skeleton");
    Skeleton skeleton;
    std::set<std::string> names;
    for (const Json& item : in.list("joints")) {
        const Reader joint(item, fmt::format("{}, joint {}", in.where(), skeleton.joints.size() + 1));
        skeleton.joints.push_back({joint.needed("name"), {joint.number("x", 0.5), joint.number("y", 0.5)}});
        if (!names.insert(skeleton.joints.back().name).second) joint.fail("is the name of another joint too", "name");
    }
    skeleton.edges = pairsOf(in, "edges", skeleton);
    skeleton.mirrored = pairsOf(in, "mirrored", skeleton);
    return skeleton;
}

Example exampleOf(const Json& json, const std::string& where) {
    const Reader in(json, where);
    const Json* image = in.find("image");
    if (!image || !image->is_number_integer()) in.fail("must be an image's id", "image");
    Example example{ImageId(image->get<std::int64_t>()), {}, in.flag("good", true), in.text("note")};
    const Json& crop = in.list("crop");
    if (crop.size() != 4 || !std::ranges::all_of(crop, [](const Json& v) { return v.is_number(); }))
        in.fail("must be [x, y, width, height]", "crop");
    example.crop = {crop[0].get<double>(), crop[1].get<double>(), crop[2].get<double>(), crop[3].get<double>()};
    return example;
}

std::uint32_t kindsOf(const Reader& in) {
    if (!in.find("kinds")) return ~0u;
    std::uint32_t kinds = 0;
    for (const auto& name : in.texts("kinds")) {
        const auto at = std::ranges::find(kKindNames, name);
        if (at == kKindNames.end()) in.fail(fmt::format("names \"{}\", which is no kind of shape", name), "kinds");
        kinds |= 1u << (at - kKindNames.begin());
    }
    return kinds == kAllKinds ? ~0u : kinds;
}

bool isColour(const std::string& text) {
    return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

ClassSchema classOf(const Json& json, std::size_t number) {
    const Reader unnamed(json, fmt::format("class {}", number));
    ClassSchema c;
    c.name = unnamed.needed("name");
    const Reader in(json, fmt::format("class '{}'", c.name));
    c.colour = in.text("colour"), c.key = in.text("key"), c.parent = in.text("parent"), c.rule = in.text("rule");
    if (!c.colour.empty() && !isColour(c.colour)) in.fail("must be like \"#1f3b6b\"", "colour");
    if (c.key.size() > 1 || (c.key.size() == 1 && (c.key[0] < '0' || c.key[0] > '9'))) in.fail("must be one digit", "key");
    c.kinds = kindsOf(in);
    c.attributes = attributesOf(in.list("attributes"), in.where());
    if (const Json* skeleton = in.find("skeleton")) c.skeleton = skeletonOf(*skeleton, in.where());
    for (const Json& example : in.list("examples"))
        c.examples.push_back(exampleOf(example, fmt::format("{}, example {}", in.where(), c.examples.size() + 1)));
    return c;
}

void checkNames(const Schema& schema) {
    std::set<std::string> names;
    std::map<std::string, std::string> keys;
    for (const auto& c : schema.classes) {
        if (!names.insert(c.name).second) throw Wrong{"the class is there twice", fmt::format("class '{}'", c.name)};
        if (c.key.empty()) continue;
        if (const auto [at, fresh] = keys.emplace(c.key, c.name); !fresh)
            throw Wrong{fmt::format("'{}' has the key {} already", at->second, c.key),
                        fmt::format("class '{}', field key", c.name)};
    }
}

/// A parent may be any word (COCO's supercategory), but no class may be its own ancestor.
void checkParents(const Schema& schema) {
    std::map<std::string_view, std::string_view> parents;
    for (const auto& c : schema.classes) parents[c.name] = c.parent;
    std::set<std::string_view> sound;
    for (const auto& c : schema.classes) {
        std::set<std::string_view> line{c.name};
        for (auto at = parents.find(c.parent); at != parents.end() && !sound.contains(at->first); at = parents.find(at->second))
            if (!line.insert(at->first).second)
                throw Wrong{"is its own ancestor by this parent", fmt::format("class '{}', field parent", at->first)};
        sound.merge(line);
    }
}

Schema read(const Json& json) {
    const Reader in(json, "");
    const Json* version = in.find("lathe_schema");
    if (!version || !version->is_number_integer()) in.fail("is needed: this is no label schema", "lathe_schema");
    if (version->get<int>() != kSchemaJsonVersion)
        in.fail(fmt::format("is {}, this version of Lathe reads {}", version->get<int>(), kSchemaJsonVersion), "lathe_schema");
    Schema schema;
    schema.overlap = in.flag("overlap", true);
    schema.image = attributesOf(in.list("image"), "image");
    for (const Json& one : in.list("classes")) schema.classes.push_back(classOf(one, schema.classes.size() + 1));
    checkNames(schema);
    checkParents(schema);
    return schema;
}

}  // namespace

Json toJson(const Schema& schema) {
    Json classes = Json::array();
    for (const auto& c : schema.classes) classes.push_back(toJson(c));
    return {
        {"lathe_schema", kSchemaJsonVersion}, {"overlap", schema.overlap}, {"image", toJson(schema.image)}, {"classes", classes}};
}

Result<Schema> schemaFromJson(const Json& json) {
    try {
        return read(json);
    } catch (const Wrong& wrong) {
        return fail(ErrorCode::InvalidData, wrong.what, wrong.where);
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("the schema can't be read: {}", error.what()));
    }
}

}  // namespace lathe::annot
