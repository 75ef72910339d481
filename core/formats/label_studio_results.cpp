// Results of an annotation to annotations of Lathe.
#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/formats/json_items.h"
#include "core/formats/label_studio.h"

namespace lathe::formats::labelstudio {
namespace {

using annot::Annotation;

/// Everything with one id.
struct Region {
    const Json* geometry = nullptr;
    int place = 0;  ///< of its first result, from 1
    std::vector<std::string> labels;
    std::vector<const Json*> details;  ///< what is said about it: choices, numbers, texts
};

bool isDetail(const std::string& type) {
    static const std::set<std::string, std::less<>> types{"choices",  "taxonomy", "number",   "rating",
                                                          "textarea", "datetime", "pairwise", "ranker"};
    return types.contains(type);
}

void takeLabels(const Json& value, std::vector<std::string>& labels) {
    if (!value.is_object()) return;
    for (const auto& [key, list] : value.items()) {
        if (!key.ends_with("labels") || !list.is_array()) continue;
        for (const Json& label : list)
            if (label.is_string() && std::ranges::find(labels, label.get_ref<const std::string&>()) == labels.end())
                labels.push_back(label.get<std::string>());
    }
}

/// "A/B" of ["A", "B"].
std::string joined(const Json& path) {
    if (path.is_string()) return path.get<std::string>();
    std::string text;
    if (path.is_array())
        for (const Json& part : path)
            if (part.is_string()) text += (text.empty() ? "" : "/") + part.get<std::string>();
    return text;
}

std::vector<std::string> classesIn(const Json& detail) {
    std::vector<std::string> names;
    const Json& value = memberOf(detail, "value");
    for (const char* kind : {"choices", "taxonomy"})
        if (const Json& list = memberOf(value, kind); list.is_array())
            for (const Json& one : list)
                if (std::string name = joined(one); !name.empty()) names.push_back(std::move(name));
    return names;
}

Size sizeIn(const Json& result) {
    return {numberAt(result, "original_width").value_or(0), numberAt(result, "original_height").value_or(0)};
}

std::size_t pictureOf(const Json& result) {
    if (const auto index = numberAt(result, "item_index")) return *index >= 0 && *index < 1e6 ? std::size_t(*index) : 0;
    const std::string to = textOf(result, "to_name");
    const auto at = to.find_last_not_of("0123456789");
    std::size_t number = 0;
    if (at != std::string::npos && to[at] == '_') std::from_chars(to.data() + at + 1, to.data() + to.size(), number);
    return number;
}

class Results {
public:
    Results(const Task& task, std::size_t picture, const Size& fileSize)
        : m_task(task), m_size(task.size.known() ? task.size : fileSize) {
        for (const Json& result : task.results) {
            ++m_place;
            if (task.pictures.size() > 1 && pictureOf(result) != picture) continue;
            if (!result.is_object())
                m_bad.push_back(m_place);
            else if (textOf(result, "type") == "relation")
                m_relations.push_back(result);
            else
                add(result);
        }
        findGroups();
        for (const auto& id : m_order) readSkeleton(id);
    }

    void gather(ClassList& classes) {
        for (const auto& id : m_order) {
            const Region& region = m_regions[id];
            if (region.geometry && isPartOfSkeleton(*region.geometry)) continue;
            if (region.geometry) (void)classes.idOf(region.labels.empty() ? std::string() : region.labels.front());
            if (!region.geometry)
                for (const Json* detail : region.details)
                    for (const auto& name : classesIn(*detail)) (void)classes.idOf(name);
        }
    }

    void read(const Reading& out) {
        for (const int place : m_bad) out.problems.push_back({itemOf(place), "invalid_data", "isn't an object; it is left out"});
        for (const auto& id : m_order) {
            const Region& region = m_regions[id];
            if (!region.geometry && region.details.empty())
                out.problems.push_back({itemOf(region.place), "unknown_kind", "is no region of a picture; it is left out"});
            else if (!region.geometry)
                readWhole(region, out);
            else if (!isPartOfSkeleton(*region.geometry))
                readRegion(id, region, out);
        }
        number(out.record.annotations);
        Json own = m_task.extra;
        if (!m_relations.empty()) own["relations"] = m_relations;
        if (!m_said.is_null()) own["attributes"] = m_said;
        if (!m_saidKinds.is_null()) own["details"] = m_saidKinds;
        if (m_task.other.is_object()) out.record.extra = m_task.other;
        if (!own.empty()) out.record.extra[kOwn] = std::move(own);
    }

private:
    [[nodiscard]] std::string itemOf(int place) const { return fmt::format("{}, annotation {}", m_task.item, place); }

    void add(const Json& result) {
        std::string id = textOf(result, "id");
        if (id.empty()) id = fmt::format("#{}", m_place);
        const auto [at, fresh] = m_regions.try_emplace(id);
        Region& region = at->second;
        if (fresh) m_order.push_back(id), region.place = m_place;
        const Json& value = memberOf(result, "value");
        if (isDetail(textOf(result, "type"))) {
            region.details.push_back(&result);
            return;
        }
        if (!region.geometry && hasGeometry(value)) region.geometry = &result;
        takeLabels(value, region.labels);
    }

    // A parent and its parts are one group.
    void findGroups() {
        for (const auto& id : m_order) {
            const Json* geometry = m_regions[id].geometry;
            const std::string parent = geometry ? textOf(*geometry, "parentID") : std::string();
            if (parent.empty() || !m_regions.contains(parent)) continue;
            const std::int64_t group = m_groups.try_emplace(parent, std::int64_t(m_groups.size()) + 1).first->second;
            m_groups.try_emplace(id, group);
            m_parts[parent].push_back(geometry);
        }
    }

    [[nodiscard]] Size sizeOf(const Json& result) const {
        const Size own = sizeIn(result);
        return own.known() ? own : m_size;
    }

    // Keypoints that Lathe wrote as a box and points, when all of these are as they were.
    void readSkeleton(const std::string& id) {
        const Json* geometry = m_regions[id].geometry;
        if (!geometry) return;
        const Json& own = memberOf(memberOf(*geometry, "lathe"), "shape");
        if (textOf(own, "kind") != "keypoints") return;
        const auto shape = shapeOfJson(own);
        if (!shape) return;
        const auto& items = std::get<annot::Keypoints>(*shape).items;
        std::size_t seen = std::size_t(std::ranges::count_if(items, [](const auto& item) { return item.visibility > 0; }));
        for (const Json* part : m_parts[id]) {
            const auto index = numberAt(memberOf(*part, "lathe"), "keypoint");
            const bool known = index && *index >= 0 && *index < double(items.size());
            if (!known || !says(memberOf(*part, "value"), annot::Dot{items[std::size_t(*index)].at}, sizeOf(*part))) return;
            --seen;
        }
        if (seen == 0 && says(memberOf(*geometry, "value"), *shape, sizeOf(*geometry))) m_skeletons.insert(id);
    }
    [[nodiscard]] bool isPartOfSkeleton(const Json& result) const { return m_skeletons.contains(textOf(result, "parentID")); }

    [[nodiscard]] Checked<annot::Shape> shapeOf(const std::string& id, const Json& result) const {
        const Json& value = memberOf(result, "value");
        const Json& own = memberOf(memberOf(result, "lathe"), "shape");
        if (own.is_object()) {
            auto shape = shapeOfJson(own);
            const bool whole = shape && (!std::holds_alternative<annot::Keypoints>(*shape) || m_skeletons.contains(id));
            if (whole && says(value, *shape, sizeOf(result))) return shape;
        }
        return shapeOfValue(value, sizeOf(result));
    }

    void readRegion(const std::string& id, const Region& region, const Reading& out) {
        const Json& result = *region.geometry;
        auto shape = shapeOf(id, result);
        if (!shape)
            return out.problems.push_back({itemOf(region.place), shape.error().code, shape.error().message + "; it is left out"});
        takeSize(result, out);
        Annotation a;
        a.shape = std::move(*shape);
        readMeta(memberOf(result, "lathe"), a);
        readModel(result, a);
        out.tally.unlabelled += region.labels.empty();
        a.classId = out.classes.idOf(region.labels.empty() ? std::string() : region.labels.front());
        if (memberOf(result, "hidden") == Json(true)) a.flags |= annot::Hidden;
        if (memberOf(result, "locked") == Json(true)) a.flags |= annot::Locked;
        const auto group = m_groups.find(id);
        if (a.group == 0 && group != m_groups.end() && !m_skeletons.contains(id)) a.group = group->second;
        Json foreign = foreignOf(result, a);
        out.tally.furtherLabels += region.labels.size() > 1;
        for (std::size_t k = 1; k < region.labels.size(); ++k) foreign["labels"].push_back(region.labels[k]);
        for (const Json* detail : region.details) say(*detail, a.attributes, foreign["details"]);
        if (memberOf(foreign, "details").is_null()) foreign.erase("details");
        out.tally.turned += numberAt(result, "image_rotation").value_or(0) != 0;
        out.tally.curves += hasCurves(memberOf(result, "value"));
        if (!foreign.empty()) a.extra[kOwn] = std::move(foreign);
        out.record.annotations.push_back(std::move(a));
    }

    static bool hasCurves(const Json& value) {
        const Json& vertices = memberOf(value, "vertices");
        return vertices.is_array() &&
               std::ranges::any_of(vertices, [](const Json& v) { return memberOf(v, "isBezier") == Json(true); });
    }

    void takeSize(const Json& result, const Reading& out) const {
        const Size size = sizeOf(result);
        if (out.record.width > 0 || !size.known() || size.width > 1e9 || size.height > 1e9) return;
        out.record.width = int(size.width), out.record.height = int(size.height);
    }

    void readModel(const Json& result, Annotation& a) const {
        if (const auto score = numberAt(result, "score")) a.confidence = score;
        if (m_task.model.empty()) return;
        if (!a.confidence) a.confidence = m_task.score;
        a.source = "model:" + m_task.model;
    }

    /// What lies in "lathe".
    static void readMeta(const Json& own, Annotation& a) {
        applyMeta(a, own);
        if (memberOf(own, "id").is_number_integer()) a.id = AnnotationId(own["id"].get<std::int64_t>());
        if (memberOf(own, "attributes").is_object()) a.attributes = own["attributes"];
        if (memberOf(own, "extra").is_object()) a.extra = own["extra"];
        if (own.is_object() && own.contains("given_area")) a.givenArea = numberAt(own, "given_area");
        const Json& box = memberOf(own, "given_box");
        if (!box.is_array() || box.size() != 4 || !std::ranges::all_of(box, [](const Json& v) { return v.is_number(); })) return;
        a.givenBox = annot::Rect{box[0].get<double>(), box[1].get<double>(), box[2].get<double>(), box[3].get<double>()};
    }

    /// The fields that Lathe has no place for. A region's id that is a number is the annotation's own.
    static Json foreignOf(const Json& result, Annotation& a) {
        static const std::set<std::string, std::less<>> known{"value",  "type",   "original_width", "original_height", "score",
                                                              "hidden", "locked", "lathe",          "item_index"};
        Json foreign = Json::object();
        // In this order they are written, so that reading again gives the same.
        for (const char* key : {"id", "from_name", "to_name", "image_rotation"})
            if (result.contains(key)) foreign[key] = result[key];
        for (const auto& [key, value] : result.items())
            if (!known.contains(key)) foreign[key] = value;
        if (memberOf(foreign, "image_rotation") == Json(0)) foreign.erase("image_rotation");
        const std::string id = textOf(result, "id");
        std::int64_t number = 0;
        const auto read = std::from_chars(id.data(), id.data() + id.size(), number);
        if (!id.empty() && read.ec == std::errc() && read.ptr == id.data() + id.size() && number > 0)
            a.id = AnnotationId(number), foreign.erase("id");
        if (id.starts_with('{')) foreign.erase("id");  // made up for JSON_MIN
        keepOfValue(memberOf(result, "value"), a.shape, foreign);
        return foreign;
    }

    static void keepOfValue(const Json& value, const annot::Shape& shape, Json& foreign) {
        static const std::set<std::string, std::less<>> known{
            "x",        "y",   "height", "rotation",     "radiusX",        "radiusY",        "points",
            "vertices", "rle", "format", "imageDataURL", "original_width", "original_height"};
        const bool dot = std::holds_alternative<annot::Dot>(shape);
        for (const auto& [key, part] : value.items()) {
            const bool usual = known.contains(key) || key.ends_with("labels") || (key == "closed" && part == Json(true)) ||
                               (key == "closed" && std::holds_alternative<annot::Polyline>(shape)) || (key == "width" && !dot);
            if (!usual && !(dot && key == "width" && part == Json(0.5))) foreign["value"][key] = part;
        }
    }

    /// An attribute by the name of its control; `kinds` tells what kind of result it was where that can't be guessed.
    static void say(const Json& detail, Json& attributes, Json& kinds) {
        std::string name = textOf(detail, "from_name");
        const std::string kind = textOf(detail, "type");
        if (name.empty()) name = kind;
        const Json value = attributeOf(detail);
        if (kindOf(value) != kind) kinds[name] = kind;
        attributes[name] = value;
    }

    void readWhole(const Region& region, const Reading& out) {
        for (const Json* detail : region.details) {
            takeSize(*detail, out);
            const auto names = classesIn(*detail);
            if (names.empty()) {
                say(*detail, m_said, m_saidKinds);
                continue;
            }
            const Json& items = memberOf(memberOf(*detail, "lathe"), "items");
            for (std::size_t k = 0; k < names.size(); ++k) {
                Annotation a{.classId = out.classes.idOf(names[k]), .shape = annot::ImageLabel{}};
                if (items.is_array() && items.size() == names.size()) readMeta(items[k], a);
                readModel(*detail, a);
                Json foreign;
                for (const char* key : {"from_name", "to_name"})
                    if (const std::string text = textOf(*detail, key); !text.empty()) foreign[key] = text;
                const Json& paths = memberOf(memberOf(*detail, "value"), "taxonomy");
                if (paths.is_array() && paths.size() == names.size()) foreign["path"] = paths[k];
                if (!foreign.is_null()) a.extra[kOwn] = std::move(foreign);
                out.record.annotations.push_back(std::move(a));
            }
        }
    }

    static void number(annot::Annotations& annotations) {
        std::unordered_set<std::int64_t> taken;
        std::int64_t last = 0;
        for (auto& a : annotations)
            if (a.id.value <= 0 || !taken.insert(a.id.value).second) a.id = {};
        for (auto& a : annotations) {
            while (!a.id.valid())
                if (taken.insert(++last).second) a.id = AnnotationId(last);
        }
    }

    const Task& m_task;
    const Size m_size;
    int m_place = 0;
    std::vector<int> m_bad;
    std::vector<std::string> m_order;
    std::unordered_map<std::string, Region> m_regions;
    std::map<std::string, std::int64_t> m_groups;
    std::map<std::string, std::vector<const Json*>> m_parts;
    std::set<std::string> m_skeletons;
    Json m_relations = Json::array(), m_said, m_saidKinds;
};

}  // namespace

Json attributeOf(const Json& detail) {
    const Json& value = memberOf(detail, "value");
    Json found;
    for (const char* kind : {"choices", "taxonomy", "number", "rating", "text", "datetime"})
        if (found.is_null() && value.is_object() && value.contains(kind)) found = value[kind];
    if (found.is_null()) return value;
    if (!found.is_array()) return found;
    for (Json& one : found)
        if (one.is_array()) one = joined(one);
    return found.size() == 1 ? Json(found[0]) : found;
}

std::string_view kindOf(const Json& value) {
    return value.is_number() ? "number" : value.is_string() ? "textarea" : "choices";
}

void gatherClasses(const Task& task, ClassList& classes) {
    for (std::size_t k = 0; k < task.pictures.size(); ++k) Results(task, k, {}).gather(classes);
}

bool lacksSize(const Task& task) {
    return !task.size.known() && std::ranges::any_of(task.results, [](const Json& result) {
        return hasGeometry(memberOf(result, "value")) && !sizeIn(result).known();
    });
}

void readResults(const Task& task, std::size_t picture, const Size& fileSize, const Reading& out) {
    Results(task, picture, fileSize).read(out);
}

}  // namespace lathe::formats::labelstudio
