#include "core/formats/cvat_labels.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

#include "core/formats/json_items.h"

namespace lathe::formats::cvat_xml {
namespace {

using pugi::xml_node;

constexpr std::string_view kInputNames[] = {"text", "checkbox", "number"};

// <attribute> as {"name": ..., "input_type": ...}; very old files have one line of text.
Json attributeJson(const xml_node& attribute) {
    if (!attribute.child("name")) return std::string(attribute.text().get());
    Json out;
    for (const auto& field : attribute.children())
        if (field.type() == pugi::node_element) out[field.name()] = std::string(field.text().get());
    return out;
}

Json attributesJson(const xml_node& label) {
    Json out = Json::array();
    for (const auto& attribute : label.child("attributes").children("attribute")) out.push_back(attributeJson(attribute));
    return out;
}

bool isColour(const std::string& text) {
    return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

Input inputNamed(const std::string& type) {
    return type == "checkbox" ? Input::Checkbox : type == "number" ? Input::Number : Input::Words;
}

// Pairs of points of the svg's lines, counted from 1.
Json edgesOf(const std::string& svg, const std::vector<std::string>& points) {
    pugi::xml_document document;
    if (svg.empty() || !document.load_buffer(svg.data(), svg.size(), pugi::parse_default | pugi::parse_fragment)) return {};
    std::unordered_map<std::string, std::size_t> places;  // by node
    for (const auto& circle : document.children("circle")) {
        const auto at = std::ranges::find(points, std::string(circle.attribute("data-label-name").value()));
        if (at != points.end()) places[circle.attribute("data-node-id").value()] = std::size_t(at - points.begin()) + 1;
    }
    Json edges = Json::array();
    for (const auto& line : document.children("line")) {
        const auto from = places.find(line.attribute("data-node-from").value());
        const auto to = places.find(line.attribute("data-node-to").value());
        if (from != places.end() && to != places.end()) edges.push_back(Json::array({from->second, to->second}));
    }
    return edges.empty() ? Json() : edges;
}

// Points on a circle of CVAT's 100 x 100 drawing, with the edges between them.
std::string drawing(const std::vector<std::string>& points, const Json& edges) {
    pugi::xml_document document;
    const auto at = [&](std::size_t k) {
        const double turn = 2 * std::numbers::pi * double(k) / double(points.size());
        return std::pair{fmt::format("{:.2f}", 50 + 40 * std::sin(turn)), fmt::format("{:.2f}", 50 - 40 * std::cos(turn))};
    };
    const auto put = [](xml_node node, const char* name, const std::string& value) { node.append_attribute(name) = value.c_str(); };
    for (const Json& edge : edges) {
        if (!edge.is_array() || edge.size() != 2 || !edge[0].is_number_integer() || !edge[1].is_number_integer()) continue;
        const auto from = edge[0].get<std::int64_t>(), to = edge[1].get<std::int64_t>();
        if (std::min(from, to) < 1 || std::max(from, to) > std::int64_t(points.size())) continue;
        xml_node line = document.append_child("line");
        const auto [x1, y1] = at(std::size_t(from - 1));
        const auto [x2, y2] = at(std::size_t(to - 1));
        put(line, "x1", x1), put(line, "y1", y1), put(line, "x2", x2), put(line, "y2", y2);
        put(line, "data-type", "edge"), put(line, "data-node-from", std::to_string(from));
        put(line, "data-node-to", std::to_string(to));
    }
    for (std::size_t k = 0; k < points.size(); ++k) {
        xml_node circle = document.append_child("circle");
        const auto [x, y] = at(k);
        const std::string number = std::to_string(k + 1);
        put(circle, "r", "1.5"), put(circle, "cx", x), put(circle, "cy", y), put(circle, "data-type", "element node");
        put(circle, "data-element-id", number), put(circle, "data-node-id", number), put(circle, "data-label-name", points[k]);
    }
    std::ostringstream out;
    document.print(out, "", pugi::format_raw);
    return out.str();
}

void putText(xml_node parent, const char* name, const std::string& text) {
    parent.append_child(name).text() = text.c_str();
}

void putAttribute(xml_node list, const Json& declared) {
    xml_node attribute = list.append_child("attribute");
    if (declared.is_string()) attribute.text() = declared.get_ref<const std::string&>().c_str();
    if (!declared.is_object()) return;
    for (const auto& [name, value] : declared.items())
        if (!name.empty()) putText(attribute, name.c_str(), textOf(declared, name));
}

void putSeen(xml_node list, const std::string& name, Input input) {
    constexpr const char* defaults[] = {"", "false", "0"};
    xml_node attribute = list.append_child("attribute");
    putText(attribute, "name", name);
    putText(attribute, "mutable", "False");
    putText(attribute, "input_type", std::string(kInputNames[int(input)]));
    putText(attribute, "default_value", defaults[int(input)]);
    putText(attribute, "values", defaults[int(input)]);
}

void putAttributes(xml_node label, const Json& declared, const SeenAttributes& seen) {
    xml_node list = label.append_child("attributes");
    SeenAttributes rest = seen;
    for (const Json& one : declared) {
        putAttribute(list, one);
        rest.erase(textOf(one, "name"));
    }
    for (const auto& [name, input] : rest) putSeen(list, name, input);
}

}  // namespace

Label& Labels::named(const std::string& name) {
    const auto [at, added] = m_labels.try_emplace(name);
    if (added) at->second.id = m_classes.idOf(name);
    return at->second;
}

const Label* Labels::find(const std::string& name) const {
    const auto found = m_labels.find(name);
    return found == m_labels.end() ? nullptr : &found->second;
}

void Labels::declare(const xml_node& label) {
    const std::string name = label.child("name").text().get();
    Label& own = named(name);
    ClassRecord& record = m_classes.record(own.id);
    const Json attributes = attributesJson(label);
    for (const Json& attribute : attributes)
        own.inputs.try_emplace(textOf(attribute, "name"), inputNamed(textOf(attribute, "input_type")));
    if (record.extra.contains("cvat")) return;
    Json& said = record.extra["cvat"] = Json::object();
    const std::string colour = label.child("color").text().get();
    if (isColour(colour))
        record.colour = colour;
    else if (!colour.empty())
        said["color"] = colour;
    for (const char* field : {"type", "svg"})
        if (const xml_node text = label.child(field)) said[field] = std::string(text.text().get());
    if (!attributes.empty()) said["attributes"] = attributes;
}

void Labels::declarePoint(const std::string& parent, const xml_node& label) {
    const std::string name = label.child("name").text().get();
    Label& skeleton = named(parent);
    if (std::ranges::find(skeleton.points, name) != skeleton.points.end()) return;
    skeleton.points.push_back(name);
    Json said{{"name", name}};
    for (const char* field : {"color", "type"})
        if (const xml_node text = label.child(field)) said[field] = std::string(text.text().get());
    if (Json attributes = attributesJson(label); !attributes.empty()) said["attributes"] = std::move(attributes);
    m_classes.record(skeleton.id).extra["cvat"]["sublabels"].push_back(std::move(said));
}

void Labels::readMeta(const xml_node& meta) {
    for (const auto& owner : meta.children())
        for (const auto& label : owner.child("labels").children("label"))
            if (label.child("parent").text().empty()) declare(label);
    for (const auto& owner : meta.children())
        for (const auto& label : owner.child("labels").children("label")) {
            if (const char* parent = label.child("parent").text().get(); *parent) declarePoint(parent, label);
            for (const auto& point : label.child("sublabels").children("label"))
                declarePoint(label.child("name").text().get(), point);
        }
}

void Labels::learnPoints(const std::string& name, const xml_node& skeleton) {
    Label& label = named(name);
    for (const auto& point : skeleton.children())
        if (const auto attribute = point.attribute("label"))
            if (std::ranges::find(label.points, attribute.value()) == label.points.end()) label.points.push_back(attribute.value());
}

std::vector<ClassRecord> Labels::records() const {
    std::vector<ClassRecord> records = m_classes.records();
    for (const auto& [name, label] : m_labels) {
        if (label.points.empty()) continue;
        Json& extra = records[std::size_t(label.id.value - 1)].extra;
        extra["keypoints"] = label.points;
        if (Json edges = edgesOf(textOf(memberOf(extra, "cvat"), "svg"), label.points); !edges.is_null())
            extra["skeleton"] = std::move(edges);
    }
    return records;
}

Input inputOf(const Json& value) {
    return value.is_boolean() ? Input::Checkbox : value.is_number() ? Input::Number : Input::Words;
}

std::optional<Input> declaredInput(const ClassRecord& record, const std::string& attribute) {
    for (const Json& declared : memberOf(memberOf(record.extra, "cvat"), "attributes"))
        if (textOf(declared, "name") == attribute) return inputNamed(textOf(declared, "input_type"));
    return {};
}

std::vector<std::string> pointsOf(const ClassRecord& record) {
    std::vector<std::string> names;
    for (const Json& name : memberOf(record.extra, "keypoints"))
        if (name.is_string()) names.push_back(name.get<std::string>());
    return names;
}

void putLabel(xml_node labels, const ClassRecord& record, const SeenAttributes& seen) {
    const Json& said = memberOf(record.extra, "cvat");
    const auto points = pointsOf(record);
    xml_node label = labels.append_child("label");
    putText(label, "name", record.name);
    const std::string colour = record.colour.empty() ? textOf(said, "color") : record.colour;
    if (!colour.empty()) putText(label, "color", colour);
    const std::string type = textOf(said, "type");
    if (!type.empty() || !points.empty()) putText(label, "type", points.empty() ? type : "skeleton");
    putAttributes(label, memberOf(said, "attributes"), seen);
    if (points.empty()) return;
    const std::string svg = textOf(said, "svg");
    putText(label, "svg", svg.empty() ? drawing(points, memberOf(record.extra, "skeleton")) : svg);
    for (const auto& name : points) {
        Json point;
        for (const Json& one : memberOf(said, "sublabels"))
            if (textOf(one, "name") == name) point = one;
        xml_node sub = labels.append_child("label");
        putText(sub, "name", name);
        if (const auto own = textOf(point, "color"); !own.empty()) putText(sub, "color", own);
        const std::string kind = textOf(point, "type");
        putText(sub, "type", kind.empty() ? "points" : kind);
        putAttributes(sub, memberOf(point, "attributes"), {});
        putText(sub, "parent", record.name);
    }
}

}  // namespace lathe::formats::cvat_xml
