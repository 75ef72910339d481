#include <fmt/format.h>
#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "core/formats/label_studio_task_out.h"

namespace lathe::formats::labelstudio {

/// What a type of result is called in the interface, and its usual name.
struct ControlKind {
    const char *type, *tag, *name;
};

namespace {

constexpr ControlKind kControls[] = {{"rectanglelabels", "RectangleLabels", "rectangles"},
                                     {"polygonlabels", "PolygonLabels", "polygons"},
                                     {"brushlabels", "BrushLabels", "brushes"},
                                     {"ellipselabels", "EllipseLabels", "ellipses"},
                                     {"vectorlabels", "VectorLabels", "vectors"},
                                     {"keypointlabels", "KeyPointLabels", "points"},
                                     {"choices", "Choices", "choice"},
                                     {"taxonomy", "Taxonomy", "taxonomy"},
                                     {"number", "Number", "number"},
                                     {"rating", "Rating", "rating"},
                                     {"textarea", "TextArea", "text"},
                                     {"datetime", "DateTime", "datetime"}};

const ControlKind& controlOf(std::string_view type) {
    const auto found = std::ranges::find_if(kControls, [&](const auto& kind) { return kind.type == type; });
    return found == std::end(kControls) ? kControls[10] : *found;
}

bool isOf(const ControlKind& kind, std::string_view type) {
    return kind.type == type;
}

pugi::xml_node addControl(pugi::xml_node view, const ControlKind& kind, const std::string& name, const std::string& image) {
    auto node = view.append_child(kind.tag);
    node.append_attribute("name") = name.c_str();
    node.append_attribute("toName") = image.c_str();
    return node;
}

void addLabels(pugi::xml_node node, const ControlKind& kind, const std::vector<std::string>& labels,
               std::span<const ClassRecord> classes) {
    const bool choices = isOf(kind, "choices");
    if (choices) node.append_attribute("choice") = "multiple";
    for (const auto& label : labels) {
        auto child = node.append_child(choices || isOf(kind, "taxonomy") ? "Choice" : "Label");
        child.append_attribute("value") = label.c_str();
        const auto known = std::ranges::find(classes, label, &ClassRecord::name);
        if (known != classes.end() && !known->colour.empty()) child.append_attribute("background") = known->colour.c_str();
    }
}

}  // namespace

std::string Interface::use(std::string_view type, const std::string& wanted, bool aboutRegion) {
    const ControlKind& kind = controlOf(type);
    std::string name = wanted.empty() ? kind.name : wanted;
    auto at = m_controls.find(name);
    if (at != m_controls.end() && (at->second.kind != &kind || at->second.aboutRegion != aboutRegion)) {
        name = fmt::format("{}_{}", name, kind.name);
        at = m_controls.find(name);
    }
    if (at == m_controls.end()) m_controls.emplace(name, Control{&kind, aboutRegion, {}});
    return name;
}

void Interface::label(const std::string& control, const std::string& label) {
    auto& labels = m_controls.at(control).labels;
    if (m_seen.emplace(control, label).second) labels.push_back(label);
}

std::string Interface::text(std::span<const ClassRecord> classes) {
    addUnused(classes);
    pugi::xml_document document;
    auto view = document.append_child("View");
    if (m_images.empty()) m_images.emplace(kImage, kImage);
    for (const auto& [name, key] : m_images) {
        auto image = view.append_child("Image");
        image.append_attribute("name") = name.c_str();
        image.append_attribute("value") = ("$" + key).c_str();
    }
    for (const auto& [name, control] : m_controls) {
        auto node = addControl(view, *control.kind, name, m_images.begin()->first);
        if (control.aboutRegion) node.append_attribute("perRegion") = "true";
        addLabels(node, *control.kind, control.labels, classes);
    }
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    return out.str();
}

void Interface::addUnused(std::span<const ClassRecord> classes) {
    std::set<std::string> used;
    std::string first;
    for (const auto& [name, control] : m_controls) {
        if (control.aboutRegion || name == kSkeletonPoints) continue;
        used.insert(control.labels.begin(), control.labels.end());
        if (first.empty() && !control.labels.empty()) first = name;
    }
    for (const auto& c : classes) {
        if (used.contains(c.name)) continue;
        if (first.empty()) first = use("rectanglelabels", {});
        label(first, c.name);
    }
}

}  // namespace lathe::formats::labelstudio
