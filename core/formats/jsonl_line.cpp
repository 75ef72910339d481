#include "core/formats/jsonl_line.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_set>

#include "core/base/json_depth.h"
#include "core/formats/annotation_json.h"
#include "core/formats/json_items.h"

namespace lathe::formats::jsonlines {
namespace {

constexpr std::array<const char*, 6> kImageKeys{"image", "file_name", "file", "filename", "image_path", "path"};
constexpr std::array<const char*, 4> kLabelKeys{"label", "labels", "class", "category"};

const Json& firstOf(const Json& object, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const Json& value = memberOf(object, key); !value.is_null()) return value;
    return memberOf(object, keys.begin()[0]);
}

/// A class as a line names it: text, or a number in words.
std::string classText(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : std::string();
}

class LineParser {
public:
    LineParser(const Json& json, std::string item, ClassList& classes)
        : m_json(json), m_item(std::move(item)), m_classes(classes) {}

    Line run() {
        readSize();
        const Json& annotations = memberOf(m_json, "annotations");
        if (annotations.is_array())
            for (const Json& one : annotations) readOne(one);
        else if (!annotations.is_null())
            m_line.problems.push_back({m_item, "invalid_data", "annotations isn't a list; it is left out"});
        if (memberOf(m_json, "objects").is_object()) readObjects(m_json["objects"]);
        const bool labelled = !annotations.is_null() || m_json.contains("objects");
        for (const char* key : kLabelKeys)
            if (!labelled && m_json.contains(key)) {
                readLabels(m_json[key]);
                break;
            }
        number();
        readExtra(labelled);
        return std::move(m_line);
    }

private:
    void readSize() {
        const auto sizeAt = [&](const char* key) {
            const double v = numberAt(m_json, key).value_or(0);
            return v >= 1 && v < 1e9 ? int(v) : 0;
        };
        m_line.record.width = sizeAt("width"), m_line.record.height = sizeAt("height");
        m_line.record.split = splitOf(m_json);
    }
    static std::string splitOf(const Json& json) {
        const std::string split = textOf(json, "split");
        const std::string known = splitNamed(split);
        return known.empty() ? split : known;
    }

    void bad(Fault fault) {
        m_line.problems.push_back({fmt::format("{}, annotation {}", m_item, m_count), std::move(fault.code),
                                   std::move(fault.message) + "; it is left out"});
    }

    void readOne(const Json& json) {
        ++m_count;
        auto annotation = annotationOfJson(json);
        if (!annotation) return bad(annotation.error());
        const std::string name = classText(firstOf(json, {"class", "label", "category"}));
        if (name.empty()) return bad({"missing_field", "names no class"});
        annotation->classId = m_classes.idOf(name);
        m_line.record.annotations.push_back(std::move(*annotation));
    }

    // Hugging Face: lists that run beside each other.
    void readObjects(const Json& objects) {
        const Json& boxes = firstOf(objects, {"bbox", "bboxes", "boxes"});
        const Json& names = firstOf(objects, {"categories", "category", "labels", "label", "classes", "class"});
        if (!boxes.is_array() || !names.is_array() || names.size() != boxes.size()) {
            m_line.problems.push_back(
                {m_item, "invalid_data", "objects has no boxes and categories of one length; they are left out"});
            return;
        }
        for (std::size_t k = 0; k < boxes.size(); ++k) {
            ++m_count;
            auto shape = shapeOfJson({{"kind", "box"}, {"box", boxes[k]}});
            const std::string name = classText(names[k]);
            if (!shape)
                bad(shape.error());
            else if (name.empty())
                bad({"missing_field", "names no class"});
            else
                m_line.record.annotations.push_back({.classId = m_classes.idOf(name), .shape = std::move(*shape)});
        }
    }

    void readLabels(const Json& value) {
        if (value.is_null()) return;
        for (const Json& one : value.is_array() ? value : Json::array({value})) {
            ++m_count;
            const std::string name = classText(one);
            if (name.empty())
                bad({"invalid_data", "the label is neither a name nor a number"});
            else
                m_line.record.annotations.push_back({.classId = m_classes.idOf(name), .shape = annot::ImageLabel{}});
        }
    }

    // The file's own ids where they can be, the others after them.
    void number() {
        std::unordered_set<std::int64_t> taken;
        std::int64_t last = 0;
        for (auto& a : m_line.record.annotations)
            if (a.id.value <= 0 || !taken.insert(a.id.value).second) a.id = {};
        for (auto& a : m_line.record.annotations) {
            while (!a.id.valid())
                if (taken.insert(++last).second) a.id = AnnotationId(last);
        }
    }

    void readExtra(bool labelled) {
        Json& extra = m_line.record.extra;
        if (memberOf(m_json, "extra").is_object()) extra = m_json["extra"];
        const char* found = imageKeyOf(m_json);
        const std::string_view imageKey = found ? found : "";
        for (const auto& [key, value] : m_json.items()) {
            const bool isLabel = !labelled && std::ranges::find(kLabelKeys, key) != kLabelKeys.end();
            if (key != imageKey && key != "width" && key != "height" && key != "split" && key != "annotations" &&
                key != "objects" && !(key == "extra" && value.is_object()) && !isLabel)
                extra["jsonl"][key] = value;
        }
    }

    const Json& m_json;
    const std::string m_item;
    ClassList& m_classes;
    Line m_line;
    int m_count = 0;
};

/// Takes a member out, also one further down.
Json take(Json& object, const std::string& name) {
    if (object.is_object() && object.contains(name)) {
        Json value = std::move(object[name]);
        object.erase(name);
        return value;
    }
    const auto dot = name.find('.');
    if (dot == std::string::npos || !object.is_object() || !object.contains(name.substr(0, dot))) return {};
    return take(object[name.substr(0, dot)], name.substr(dot + 1));
}

/// x, y, width and height from whichever four numbers there are.
std::optional<Json> boxOf(const std::map<std::string, Json>& taken) {
    const auto number = [&](const char* role) {
        const auto at = taken.find(role);
        return at == taken.end() ? std::nullopt : numberOf(at->second);
    };
    if (const auto at = taken.find("box"); at != taken.end() && at->second.is_array()) return at->second;
    const auto w = number("w"), h = number("h");
    if (const auto x = number("xmin"), y = number("ymin"), right = number("xmax"), low = number("ymax"); x && y && right && low)
        return Json::array({*x, *y, *right - *x, *low - *y});
    if (const auto x = number("x"), y = number("y"); x && y && w && h) return Json::array({*x, *y, *w, *h});
    if (const auto x = number("cx"), y = number("cy"); x && y && w && h) return Json::array({*x - *w / 2, *y - *h / 2, *w, *h});
    return {};
}

}  // namespace

Result<Json> parsedLine(const std::string& line) {
    if (base::isTooDeep(line)) return fail(ErrorCode::InvalidData, "is nested too deep; the line is left out");
    return base::parseJson(line);
}

const char* imageKeyOf(const Json& line) {
    for (const char* key : kImageKeys) {
        const Json& value = memberOf(line, key);
        if ((value.is_string() && !value.get_ref<const std::string&>().empty()) || !textOf(value, "path").empty()) return key;
    }
    return nullptr;
}

std::string imageNameOf(const Json& line) {
    const char* key = imageKeyOf(line);
    if (!key) return {};
    const std::string text = textOf(line, key);
    return text.empty() ? textOf(memberOf(line, key), "path") : text;
}

const char* labelKeyOf(const Json& line) {
    const auto found = std::ranges::find_if(kLabelKeys, [&](const char* key) { return line.contains(key); });
    return found == kLabelKeys.end() ? nullptr : *found;
}

std::span<const char* const> imageKeys() {
    return kImageKeys;
}

Json renamed(Json line, const ColumnMap& columns) {
    if (columns.empty() || !line.is_object()) return line;
    std::map<std::string, Json> taken;
    for (const auto& [role, name] : columns)
        if (!name.empty()) taken[role] = take(line, name);
    const auto put = [&](const char* role, const char* key) {
        if (const auto at = columns.find(role); at == columns.end()) return;
        line.erase(key);
        if (!taken[role].is_null()) line[key] = taken[role];
    };
    put("image", "image"), put("split", "split"), put("width", "width"), put("height", "height");
    const auto box = boxOf(taken);
    if (!box) {
        put("class", "label");
        return line;
    }
    const Json name = taken["class"].is_null() ? Json("object") : taken["class"];
    line["objects"] = {{"bbox", Json::array({*box})}, {"categories", Json::array({name})}};
    return line;
}

Line recordOfLine(const Json& line, std::string item, ClassList& classes) {
    return LineParser(line, std::move(item), classes).run();
}

Json lineHead(const ImageRecord& image, const std::string& name) {
    Json line{{"image", name}, {"width", image.width}, {"height", image.height}, {"split", image.split}};
    Json extra = image.extra;
    if (extra.is_object() && extra.contains("jsonl") && extra["jsonl"].is_object()) {
        Json foreign = extra["jsonl"], kept;
        for (const auto& [key, value] : foreign.items())
            (line.contains(key) || key == "annotations" || key == "extra" || key == "objects" ? kept : line)[key] = value;
        if (kept.is_null())
            extra.erase("jsonl");
        else
            extra["jsonl"] = std::move(kept);
        if (extra.empty()) extra = Json();
    }
    if (!extra.is_null()) line["extra"] = std::move(extra);
    line["annotations"] = Json::array();
    return line;
}

std::vector<Json> lineAnnotations(const ImageRecord& image, const std::vector<ClassRecord>& classes, Losses& losses) {
    std::vector<Json> all;
    all.reserve(image.annotations.size());
    for (const auto& a : image.annotations) {
        const auto index = std::size_t(a.classId.value - 1);
        if (index < classes.size())
            all.push_back(fullJson(a, classes[index].name));
        else
            losses.add(kNoClass, image.name);
    }
    return all;
}

Json classesJson(const std::vector<ClassRecord>& classes) {
    Json list = Json::array();
    for (const auto& c : classes) {
        Json one{{"name", c.name}};
        if (!c.parent.empty()) one["parent"] = c.parent;
        if (!c.colour.empty()) one["colour"] = c.colour;
        if (!c.extra.is_null()) one["extra"] = c.extra;
        list.push_back(std::move(one));
    }
    return list;
}

bool readClasses(const Json& list, ClassList& classes) {
    if (!list.is_array()) return false;
    for (const Json& one : list) {
        const std::string name = textOf(one, "name");
        if (name.empty()) continue;
        ClassRecord& record = classes.record(classes.idOf(name));
        record.parent = textOf(one, "parent"), record.colour = textOf(one, "colour");
        record.extra = memberOf(one, "extra");
    }
    return true;
}

}  // namespace lathe::formats::jsonlines
