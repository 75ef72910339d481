#include "core/formats/cvat_shapes.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/base/json_depth.h"
#include "core/formats/cvat_mask.h"
#include "core/formats/exact_shape.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"

namespace lathe::formats::cvat_xml {
namespace {

using annot::Annotation;
using pugi::xml_node;

// Attributes of XML that are fields of Lathe's; the others go into extra.
constexpr std::string_view kKnown[] = {"label", "occluded", "source", "z_order", "group_id", "rotation", "lathe",    "points",
                                       "xtl",   "ytl",      "xbr",    "ybr",     "cx",       "cy",       "rx",       "ry",
                                       "rle",   "left",     "top",    "width",   "height",   "outside",  "keyframe", "frame"};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool numberIn(std::string_view text, double& value) {
    text = trimmed(text);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(value);
}

// The values of XML attributes that have to be numbers.
template <std::size_t N>
tl::expected<std::array<double, N>, Problem> numbersOf(const xml_node& node, const char* const (&names)[N]) {
    std::array<double, N> out{};
    for (std::size_t k = 0; k < N; ++k) {
        const auto attribute = node.attribute(names[k]);
        if (!attribute) return bad("missing_field", fmt::format("has no {}; it is left out", names[k]));
        if (!numberIn(attribute.value(), out[k]))
            return bad("invalid_data", fmt::format("{} isn't a number: \"{:.40}\"; it is left out", names[k], attribute.value()));
    }
    return out;
}

using ShapeOr = tl::expected<annot::Shape, Problem>;

tl::expected<double, Problem> rotationOf(const xml_node& node) {
    double degrees = 0;
    const auto attribute = node.attribute("rotation");
    if (attribute && !numberIn(attribute.value(), degrees))
        return bad("invalid_data", fmt::format("rotation isn't a number: \"{:.40}\"; it is left out", attribute.value()));
    return degrees;
}

ShapeOr boxOf(const xml_node& node) {
    const auto v = numbersOf(node, {"xtl", "ytl", "xbr", "ybr"});
    if (!v) return tl::unexpected(v.error());
    const auto degrees = rotationOf(node);
    if (!degrees) return tl::unexpected(degrees.error());
    const auto& [x1, y1, x2, y2] = *v;
    if (x2 <= x1 || y2 <= y1)
        return bad("zero_area", fmt::format("the box {}, {} to {}, {} has no area; it is left out", x1, y1, x2, y2));
    const annot::Rect box{x1, y1, exact::extentOf(x1, x2), exact::extentOf(y1, y2)};
    if (*degrees == 0) return annot::Box{box};
    return exact::turned(box, *degrees);
}

ShapeOr ellipseOf(const xml_node& node) {
    const auto v = numbersOf(node, {"cx", "cy", "rx", "ry"});
    if (!v) return tl::unexpected(v.error());
    const auto degrees = rotationOf(node);
    if (!degrees) return tl::unexpected(degrees.error());
    const auto& [cx, cy, rx, ry] = *v;
    if (rx <= 0 || ry <= 0) return bad("zero_area", fmt::format("the ellipse of {} x {} has no area; it is left out", rx, ry));
    return annot::Ellipse{{cx, cy}, rx, ry, exact::radiansOf(*degrees)};
}

ShapeOr polygonOf(const xml_node& node) {
    auto points = readPoints(node);
    if (!points) return tl::unexpected(points.error());
    if (points->size() < 3)
        return bad("bad_polygon", fmt::format("has {} points, a polygon needs three; it is left out", points->size()));
    annot::Polygon polygon{{std::move(*points)}};
    if (annot::area(polygon) <= 0) return bad("zero_area", "the polygon has no area; it is left out");
    return polygon;
}

ShapeOr polylineOf(const xml_node& node) {
    auto points = readPoints(node);
    if (!points) return tl::unexpected(points.error());
    if (points->size() < 2)
        return bad("bad_polyline", fmt::format("has {} points, a line needs two; it is left out", points->size()));
    return annot::Polyline{std::move(*points)};
}

ShapeOr dotsOf(const xml_node& node) {
    const auto points = readPoints(node);
    if (!points) return tl::unexpected(points.error());
    if (points->size() == 1) return annot::Dot{points->front()};
    annot::Keypoints keypoints;
    for (const annot::Point at : *points) keypoints.items.push_back({at, 2});
    return keypoints;
}

ShapeOr skeletonOf(const xml_node& node, const Label& label) {
    annot::Keypoints keypoints;
    keypoints.items.resize(label.points.size());
    bool any = false;
    for (const auto& child : node.children()) {
        if (!isShape(child.name())) continue;
        const std::string_view kind = child.name();
        if (kind != "points") return bad("unsupported", fmt::format("a skeleton of <{}> isn't supported; it is left out", kind));
        const auto place = std::ranges::find(label.points, std::string_view(child.attribute("label").value()));
        if (place == label.points.end())
            return bad("bad_keypoints",
                       fmt::format("its skeleton has no point \"{:.60}\"; it is left out", child.attribute("label").value()));
        const auto at = readPoints(child);
        if (!at) return tl::unexpected(at.error());
        if (at->size() != 1) return bad("bad_keypoints", "a point of it has several places; it is left out");
        const std::uint8_t visibility = isOn(child, "outside") ? 0 : isOn(child, "occluded") ? 1 : 2;
        keypoints.items[std::size_t(place - label.points.begin())] = {at->front(), visibility};
        any = true;
    }
    if (!any) return bad("bad_keypoints", "the skeleton has no points; it is left out");
    return keypoints;
}

ShapeOr shapeOf(const xml_node& node, const Label& label, int width, int height) {
    const std::string_view kind = node.name();
    if (kind == "box") return boxOf(node);
    if (kind == "polygon") return polygonOf(node);
    if (kind == "polyline") return polylineOf(node);
    if (kind == "points") return dotsOf(node);
    if (kind == "ellipse") return ellipseOf(node);
    if (kind == "skeleton") return skeletonOf(node, label);
    if (kind == "tag") return annot::ImageLabel{};
    if (kind != "mask") return bad("unsupported", fmt::format("<{}> isn't supported; it is left out", kind));
    auto mask = maskOf(node, width, height);
    if (!mask) return tl::unexpected(mask.error());
    return std::move(*mask);
}

Json valueOf(const std::string& text, Input input) {
    const std::string_view word = trimmed(text);
    if (input == Input::Checkbox && (word == "true" || word == "True")) return true;
    if (input == Input::Checkbox && (word == "false" || word == "False")) return false;
    if (input != Input::Number) return text;
    std::int64_t whole = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), whole);
    if (!word.empty() && read.ec == std::errc() && read.ptr == word.data() + word.size()) return whole;
    double number = 0;
    return numberIn(word, number) ? Json(number) : Json(text);
}

Json attributesOf(const xml_node& node, const Label& label) {
    Json out;
    for (const auto& attribute : node.children("attribute")) {
        const std::string name = attribute.attribute("name").value();
        const auto input = label.inputs.find(name);
        out[name] = valueOf(attribute.text().get(), input == label.inputs.end() ? Input::Words : input->second);
    }
    return out;
}

void readExtra(const xml_node& node, Annotation& annotation) {
    Json said;
    if (const std::string source = node.attribute("source").value(); !source.empty() && source != "manual") said["source"] = source;
    if (const auto z = wholeOf(node, "z_order")) said["z_order"] = z;
    for (const auto& attribute : node.attributes())
        if (std::ranges::find(kKnown, std::string_view(attribute.name())) == std::end(kKnown))
            said[attribute.name()] = std::string(attribute.value());
    for (const auto& point : node.children("points"))
        if (Json attributes = attributesOf(point, {}); !attributes.is_null())
            said["points"][point.attribute("label").value()] = std::move(attributes);
    if (!said.is_null()) annotation.extra["cvat"] = std::move(said);
}

}  // namespace

bool isShape(std::string_view name) {
    constexpr std::string_view names[] = {"box", "polygon", "polyline", "points", "ellipse", "mask", "skeleton", "tag", "cuboid"};
    return std::ranges::find(names, name) != std::end(names);
}

tl::expected<std::vector<annot::Point>, Problem> readPoints(const xml_node& node) {
    const auto attribute = node.attribute("points");
    if (!attribute) return bad("missing_field", "has no points; it is left out");
    std::vector<annot::Point> points;
    std::string_view rest = trimmed(attribute.value());
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find(';'));
        const auto comma = pair.find(',');
        annot::Point at;
        if (comma == std::string_view::npos || !numberIn(pair.substr(0, comma), at.x) || !numberIn(pair.substr(comma + 1), at.y))
            return bad("invalid_data", fmt::format("\"{:.40}\" isn't a point x,y; it is left out", pair));
        points.push_back(at);
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    }
    if (points.empty()) return bad("missing_field", "has no points; it is left out");
    return points;
}

bool isOn(const xml_node& node, const char* flag) {
    return std::strcmp(node.attribute(flag).value(), "1") == 0;
}

std::int64_t wholeOf(const xml_node& node, const char* name, std::int64_t otherwise) {
    const std::string_view text = trimmed(node.attribute(name).value());
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size()) return value;
    double number = 0;
    return numberIn(text, number) && std::abs(number) < 1e15 ? std::int64_t(number) : otherwise;
}

Json ownOf(const xml_node& node) {
    const auto attribute = node.attribute("lathe");
    if (!attribute) return {};
    Json own = base::parseOrDiscard(attribute.value());
    return own.is_object() ? own : Json();
}

void readFields(const xml_node& node, const Label& label, Annotation& annotation) {
    annotation.classId = label.id;
    if (isOn(node, "occluded")) annotation.flags |= annot::Occluded;
    annotation.group = std::max<std::int64_t>(0, wholeOf(node, "group_id"));
    annotation.attributes = attributesOf(node, label);
    readExtra(node, annotation);
}

ReadShape readShape(const xml_node& node, const Label& label, int width, int height) {
    auto shape = shapeOf(node, label, width, height);
    if (!shape) return tl::unexpected(std::move(shape.error()));
    Annotation annotation;
    annotation.shape = std::move(*shape);
    readFields(node, label, annotation);
    const Json own = ownOf(node);
    exact::restore(annotation.shape, own);
    applyMeta(annotation, own);
    return annotation;
}

}  // namespace lathe::formats::cvat_xml
