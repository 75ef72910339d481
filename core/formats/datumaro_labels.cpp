#include "core/formats/datumaro_labels.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>

#include "core/formats/json_items.h"

namespace lathe::formats::datumaro_json {
namespace {

constexpr const char* kNone = "unnamed";

std::optional<std::int64_t> wholeAt(const Json& object, const char* key) {
    const Json& value = memberOf(object, key);
    return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

std::unordered_map<std::int64_t, Json> byLabel(const Json& list) {
    std::unordered_map<std::int64_t, Json> out;
    for (const Json& item : list)
        if (const auto id = wholeAt(item, "label_id")) out.emplace(*id, item);
    return out;
}

std::string colourOf(const Json& item) {
    int rgb[3] = {};
    for (int k = 0; k < 3; ++k) {
        const auto value = wholeAt(item, std::array{"r", "g", "b"}[std::size_t(k)]);
        if (!value || *value < 0 || *value > 255) return {};
        rgb[k] = int(*value);
    }
    return fmt::format("#{:02x}{:02x}{:02x}", rgb[0], rgb[1], rgb[2]);
}

std::vector<std::string> wordsOf(const Json& list) {
    std::vector<std::string> out;
    if (list.is_array())
        for (const Json& word : list)
            if (word.is_string()) out.push_back(word.get<std::string>());
    return out;
}

// Joints counted from 1; those of a file that has a 0 are taken to count from 0.
Json edgesOf(const Json& joints, std::int64_t points) {
    Json edges = Json::array();
    std::int64_t least = INT64_MAX, most = INT64_MIN;
    for (const Json& joint : joints) {
        if (!joint.is_array() || joint.size() != 2 || !joint[0].is_number_integer() || !joint[1].is_number_integer()) return {};
        for (const Json& end : joint)
            least = std::min(least, end.get<std::int64_t>()), most = std::max(most, end.get<std::int64_t>());
        edges.push_back(joint);
    }
    if (edges.empty() || least < 0 || most > points) return {};
    if (least > 0) return edges;
    for (Json& edge : edges)
        for (Json& end : edge) end = end.get<std::int64_t>() + 1;
    return most < points ? edges : Json();
}

void readPoints(const Json& item, ClassRecord& record) {
    const auto names = wordsOf(memberOf(item, "labels"));
    if (names.empty()) return;
    record.extra["keypoints"] = names;
    const Json& joints = memberOf(item, "joints");
    if (Json edges = joints.is_array() ? edgesOf(joints, std::int64_t(names.size())) : Json(); !edges.is_null())
        record.extra["skeleton"] = std::move(edges);
    Json said = item;
    said.erase("label_id");
    record.extra["datumaro"]["points"] = std::move(said);
}

void readLabel(const Json& label, ClassRecord& record) {
    record.parent = textOf(label, "parent");
    for (const auto& [name, value] : label.items())
        if (name != "name" && name != "parent" && !(name == "attributes" && value.is_array() && value.empty()))
            record.extra["datumaro"][name] = value;
}

// Names of the labels that are points of another label's skeleton.
bool isPoint(const Json& label, const Json& labels, const std::unordered_map<std::int64_t, Json>& points) {
    const std::string parent = textOf(label, "parent"), name = textOf(label, "name");
    for (const auto& [id, item] : points) {
        if (id < 0 || id >= std::int64_t(labels.size()) || textOf(labels[std::size_t(id)], "name") != parent) continue;
        const auto names = wordsOf(memberOf(item, "labels"));
        if (std::ranges::find(names, name) != names.end()) return true;
    }
    return false;
}

Json pointsOf(const ClassRecord& record, std::int64_t labelId) {
    const auto names = wordsOf(memberOf(record.extra, "keypoints"));
    if (names.empty()) return {};
    Json out{{"label_id", labelId}, {"labels", names}, {"joints", Json::array()}};
    const Json& said = memberOf(memberOf(record.extra, "datumaro"), "points");
    if (said.is_object() && wordsOf(memberOf(said, "labels")) == names)
        out.update(said);
    else if (const Json& edges = memberOf(record.extra, "skeleton"); edges.is_array())
        out["joints"] = edges;
    return out;
}

Json colourItem(const std::string& colour, std::int64_t labelId) {
    unsigned rgb = 0;
    if (colour.size() != 7 || std::from_chars(colour.data() + 1, colour.data() + 7, rgb, 16).ptr != colour.data() + 7) return {};
    return {{"label_id", labelId}, {"r", rgb >> 16}, {"g", rgb >> 8 & 255}, {"b", rgb & 255}};
}

}  // namespace

std::size_t Labels::addFile(const Json& categories, const Used& used) {
    auto& ids = m_files.emplace_back();
    const Json& labels = memberOf(memberOf(categories, "label"), "labels");
    if (!labels.is_array()) return m_files.size() - 1;
    const auto points = byLabel(memberOf(memberOf(categories, "points"), "items"));
    const auto colours = byLabel(memberOf(memberOf(categories, "mask"), "colormap"));
    std::vector<const Json*> sub;
    for (std::size_t k = 0; k < labels.size(); ++k) {
        const auto id = std::int64_t(k);
        if (!used.labels.contains(id) && isPoint(labels[k], labels, points)) {
            sub.push_back(&labels[k]);
            continue;
        }
        const std::size_t before = m_classes.records().size();
        ids[id] = m_classes.idOf(textOf(labels[k], "name"));
        if (m_classes.records().size() == before) continue;  // of an earlier file
        ClassRecord& record = m_classes.record(ids[id]);
        if (labels[k].is_object()) readLabel(labels[k], record);
        if (const auto at = points.find(id); at != points.end()) readPoints(at->second, record);
        if (const auto at = colours.find(id); at != colours.end()) record.colour = colourOf(at->second);
    }
    for (const Json* label : sub) {
        Json& kept = m_classes.record(m_classes.idOf(textOf(*label, "parent"))).extra["datumaro"]["sublabels"];
        if (kept.is_null() || std::ranges::find(kept, *label) == kept.end()) kept.push_back(*label);
    }
    return m_files.size() - 1;
}

void Labels::addNone() {
    const std::size_t before = m_classes.records().size();
    m_none = m_classes.idOf(kNone);
    if (m_classes.records().size() > before) m_classes.record(m_none).extra["datumaro"]["unlabelled"] = true;
}

ClassId Labels::classOf(std::size_t file, const Json& labelId) const {
    if (labelId.is_null()) return m_none;
    if (!labelId.is_number_integer()) return {};
    const auto found = m_files[file].find(labelId.get<std::int64_t>());
    return found == m_files[file].end() ? ClassId() : found->second;
}

Written categoriesOf(const std::vector<ClassRecord>& classes, const Json& extra) {
    Written out;
    Json labels = Json::array(), points = Json::array(), colours = Json::array();
    for (const ClassRecord& record : classes) {
        const Json& said = memberOf(record.extra, "datumaro");
        if (memberOf(said, "unlabelled") == true && record.name == kNone) {
            out.labelIds.push_back(nullptr);
            continue;
        }
        const auto id = std::int64_t(labels.size());
        out.labelIds.push_back(id);
        Json label{{"name", record.name}, {"parent", record.parent}, {"attributes", Json::array()}};
        if (said.is_object())
            for (const auto& [name, value] : said.items())
                if (name != "points" && name != "sublabels" && name != "unlabelled") label[name] = value;
        labels.push_back(std::move(label));
        for (const Json& sub : memberOf(said, "sublabels")) labels.push_back(sub);
        if (Json item = pointsOf(record, id); !item.is_null()) points.push_back(std::move(item));
        if (Json item = colourItem(record.colour, id); !item.is_null()) colours.push_back(std::move(item));
    }
    out.categories = memberOf(extra, "categories").is_object() ? memberOf(extra, "categories") : Json::object();
    for (const char* name : {"label", "points", "mask"})
        if (out.categories.contains(name) && !out.categories[name].is_object()) out.categories.erase(name);
    out.categories["label"]["labels"] = std::move(labels);
    if (!out.categories["label"].contains("attributes")) out.categories["label"]["attributes"] = Json::array();
    if (!points.empty() || out.categories.contains("points")) out.categories["points"]["items"] = std::move(points);
    if (!colours.empty()) out.categories["mask"]["colormap"] = std::move(colours);
    return out;
}

}  // namespace lathe::formats::datumaro_json
