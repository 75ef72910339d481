#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "core/formats/json_items.h"
#include "core/formats/label_studio_task_out.h"

namespace lathe::formats::labelstudio {
namespace {

using annot::Annotation;

constexpr std::uint32_t kOwnFlags = annot::Hidden | annot::Locked;

Json pathOf(const std::string& text) {
    Json path = Json::array();
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, '/');) path.push_back(part);
    return path;
}

/// The value of a result that says this attribute; null when that kind of result can't.
Json detailValue(std::string_view kind, const Json& value) {
    if (kind == "number" || kind == "rating" || kind == "datetime") return {{std::string(kind), value}};
    const Json list = value.is_array() ? value : Json::array({value});
    if (list.empty() || !std::ranges::all_of(list, [](const Json& one) { return one.is_string(); })) return {};
    if (kind == "textarea") return {{"text", list}};
    if (kind == "choices") return {{"choices", list}};
    if (kind != "taxonomy") return {};
    Json paths = Json::array();
    for (const Json& one : list) paths.push_back(pathOf(one.get<std::string>()));
    return {{"taxonomy", std::move(paths)}};
}

/// One task's results.
class TaskWriter {
public:
    TaskWriter(const ImageRecord& image, const Size& size, const WriteSource& source, Interface& interface, Losses& losses)
        : m_image(image), m_size(size), m_source(source), m_interface(interface), m_losses(losses) {}

    TaskResults run() {
        for (const auto& a : m_image.annotations) {
            const auto index = std::size_t(a.classId.value - 1);
            if (index >= m_source.classes.size())
                m_losses.add("annotation of no class", m_image.name);
            else if (std::holds_alternative<annot::ImageLabel>(a.shape))
                addChoice(a, m_source.classes[index].name);
            else
                addRegion(a, m_source.classes[index]);
        }
        const Json& own = ownOf(m_image.extra);
        addDetails(memberOf(own, "attributes"), memberOf(own, "details"), {}, Json::object());
        if (memberOf(own, "relations").is_array())
            for (const Json& relation : own["relations"])
                if (m_ids.contains(textOf(relation, "from_id")) && m_ids.contains(textOf(relation, "to_id")))
                    m_results.push_back(relation);
        return {std::move(m_results), m_written, m_sized};
    }

private:
    /// What Label Studio has no place for.
    static Json metaJson(const Annotation& a) {
        Json meta = metaOf(a, kOwnFlags);
        if (meta.is_null()) meta = Json::object();
        meta.erase("confidence");
        Json extra = a.extra;
        if (extra.is_object()) extra.erase(kOwn);
        if (extra.is_object() && !extra.empty()) meta["extra"] = std::move(extra);
        if (a.givenArea) meta["given_area"] = *a.givenArea;
        if (a.givenBox) meta["given_box"] = Json::array({a.givenBox->x, a.givenBox->y, a.givenBox->w, a.givenBox->h});
        return meta;
    }

    std::string toName(const Json& own) {
        std::string name = textOf(own, "to_name").empty() ? kImage : textOf(own, "to_name");
        const std::string key = textOf(ownOf(m_image.extra), "key");
        m_interface.show(name, key.empty() ? kImage : key);
        return name;
    }

    // Choices of one control are one result.
    void addChoice(const Annotation& a, const std::string& name) {
        const Json& own = ownOf(a.extra);
        const Json& path = memberOf(own, "path");
        const std::string type = path.is_array() ? "taxonomy" : "choices";
        const std::string control = m_interface.use(type, textOf(own, "from_name"));
        m_interface.label(control, name);
        auto [at, fresh] = m_choices.try_emplace(control, m_results.size());
        if (fresh)
            m_results.push_back({{"id", fmt::format("choice-{}", m_choices.size())},
                                 {"type", type},
                                 {"from_name", control},
                                 {"to_name", toName(own)},
                                 {"value", {{type, Json::array()}}},
                                 {"lathe", {{"items", Json::array()}}}});
        Json& result = m_results[at->second];
        Json meta = metaJson(a);
        meta["id"] = a.id.value;
        if (a.attributes.is_object()) meta["attributes"] = a.attributes;
        if (a.confidence) meta["confidence"] = *a.confidence;
        if (a.flags & kOwnFlags) meta["flags"] = metaOf(a, 0)["flags"];
        result["value"][type].push_back(path.is_array() ? path : Json(name));
        result["lathe"]["items"].push_back(std::move(meta));
        ++m_written;
    }

    [[nodiscard]] Size sizeFor(const Annotation& a) const {
        const auto* mask = std::get_if<annot::Mask>(&a.shape);
        return mask ? Size{double(mask->width), double(mask->height)} : m_size;
    }

    /// Says why not, when it can't be written.
    [[nodiscard]] bool canWrite(const Annotation& a, const Size& size) {
        const bool tooLarge = typeOf(a.shape) == "brushlabels" && size.width * size.height > double(kLargestMask);
        const char* why = !size.known()      ? "shape on a picture of unknown size"
                          : faultOf(a.shape) ? "shape without an area"
                          : tooLarge         ? "shape too large for a brush"
                                             : nullptr;
        if (why) m_losses.add(why, m_image.name);
        return !why;
    }

    void addRegion(const Annotation& a, const ClassRecord& className) {
        const Size size = sizeFor(a);
        if (!canWrite(a, size)) return;
        const Json& own = ownOf(a.extra);
        const std::string type(typeOf(a.shape));
        const std::string id = memberOf(own, "id").is_string() ? own["id"].get<std::string>() : std::to_string(a.id.value);
        Json value = valueOfShape(a.shape, size);
        const Json geometry = value.contains("rle") ? Json::object() : value;
        Json lathe = metaJson(a);
        if (const auto again = shapeOfValue(value, size); !again || *again != a.shape) lathe["shape"] = shapeJson(a.shape);
        addForeign(own, className.name, type, value);
        Json result = resultOf(id, type, m_interface.use(type, textOf(own, "from_name")), toName(own), size, own);
        for (const Json& label : value[type]) m_interface.label(textOf(result, "from_name"), label.get<std::string>());
        result["value"] = std::move(value);
        if (a.flags & annot::Hidden) result["hidden"] = true;
        if (a.flags & annot::Locked) result["locked"] = true;
        if (a.confidence) result["score"] = *a.confidence;
        const std::size_t place = m_results.size();
        m_results.push_back(std::move(result));
        m_ids.insert(id);
        if (!addDetails(a.attributes, memberOf(own, "details"), id, geometry)) lathe["attributes"] = a.attributes;
        if (!lathe.empty()) m_results[place]["lathe"] = std::move(lathe);
        countLoss(a);
        if (const auto* keypoints = std::get_if<annot::Keypoints>(&a.shape)) addPoints(*keypoints, className, id, size);
        ++m_written;
        m_sized = true;
    }

    static void addForeign(const Json& own, const std::string& className, const std::string& type, Json& value) {
        if (memberOf(own, "value").is_object())
            for (const auto& [key, part] : own["value"].items())
                if (!value.contains(key) || key == "width") value[key] = part;
        value[type] = Json::array({className});
        if (memberOf(own, "labels").is_array())
            for (const Json& label : own["labels"])
                if (label.is_string()) value[type].push_back(label);
    }

    static Json resultOf(const std::string& id, const std::string& type, const std::string& from, const std::string& to,
                         const Size& size, const Json& own) {
        Json result{{"id", id},
                    {"type", type},
                    {"from_name", from},
                    {"to_name", to},
                    {"original_width", std::int64_t(size.width)},
                    {"original_height", std::int64_t(size.height)},
                    {"image_rotation", 0}};
        static const std::set<std::string, std::less<>> said{"id", "from_name", "to_name", "labels", "details", "value"};
        if (own.is_object())
            for (const auto& [key, part] : own.items())
                if (!said.contains(key)) result[key] = part;
        return result;
    }

    void countLoss(const Annotation& a) {
        const auto* polygon = std::get_if<annot::Polygon>(&a.shape);
        if (polygon && polygon->rings.size() != 1) m_losses.add("polygon of several parts or with holes", m_image.name);
        if (std::holds_alternative<annot::Keypoints>(a.shape)) m_losses.add("keypoints", m_image.name);
    }

    // The points of a skeleton are regions of their own, parts of its box.
    void addPoints(const annot::Keypoints& keypoints, const ClassRecord& className, const std::string& parent, const Size& size) {
        const Json& names = memberOf(className.extra, "keypoints");
        const std::string control = m_interface.use("keypointlabels", kSkeletonPoints);
        for (std::size_t k = 0; k < keypoints.items.size(); ++k) {
            if (keypoints.items[k].visibility == 0) continue;
            const bool named = names.is_array() && k < names.size() && names[k].is_string();
            const std::string label = named ? names[k].get<std::string>() : fmt::format("{} {}", className.name, k + 1);
            m_interface.label(control, label);
            Json result = resultOf(fmt::format("{}-{}", parent, k + 1), "keypointlabels", control, toName({}), size, {});
            result["value"] = valueOfShape(annot::Dot{keypoints.items[k].at}, size);
            result["value"]["keypointlabels"] = Json::array({label});
            result["parentID"] = parent;
            result["lathe"] = {{"keypoint", k}};
            m_results.push_back(std::move(result));
        }
    }

    /// Attributes of a region, or of the whole picture when `id` is empty. False when one of them can't be said exactly.
    bool addDetails(const Json& attributes, const Json& kinds, const std::string& id, const Json& geometry) {
        if (!attributes.is_object()) return true;
        bool exact = !attributes.empty();
        for (const auto& [name, value] : attributes.items()) {
            const std::string given = textOf(kinds, name);
            const std::string kind = given.empty() ? std::string(kindOf(value)) : given;
            Json said = detailValue(kind, value);
            if (said.is_null() || attributeOf({{"value", said}}) != value) {
                exact = false;
                if (id.empty()) m_losses.add("attribute of the picture", m_image.name);
                continue;
            }
            for (const auto& [key, part] : geometry.items()) said[key] = part;
            const std::string control = m_interface.use(kind, name, !id.empty());
            exact = exact && control == name;
            if (kind == "choices" && said["choices"].is_array())
                for (const Json& choice : said["choices"]) m_interface.label(control, choice.get<std::string>());
            m_results.push_back({{"id", id.empty() ? fmt::format("picture-{}", m_results.size() + 1) : id},
                                 {"type", kind},
                                 {"from_name", control},
                                 {"to_name", toName({})},
                                 {"value", std::move(said)}});
        }
        return exact;
    }

    const ImageRecord& m_image;
    const Size m_size;
    const WriteSource& m_source;
    Interface& m_interface;
    Losses& m_losses;
    Json m_results = Json::array();
    std::map<std::string, std::size_t> m_choices;
    std::set<std::string> m_ids;
    std::int64_t m_written = 0;
    bool m_sized = false;
};

}  // namespace

const Json& ownOf(const Json& extra) {
    return memberOf(extra, kOwn);
}

TaskResults resultsOf(const ImageRecord& image, const Size& size, const WriteSource& source, Interface& interface, Losses& losses) {
    return TaskWriter(image, size, source, interface, losses).run();
}

}  // namespace lathe::formats::labelstudio
