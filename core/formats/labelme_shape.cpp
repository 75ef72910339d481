// Shapes of LabelMe: which points each shape_type has, and what lies beside them.
#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "core/annot/area_ops.h"
#include "core/formats/exact_sum.h"
#include "core/formats/json_items.h"
#include "core/formats/labelme.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"

namespace lathe::formats::labelme {
namespace {

constexpr double kFurthest = 1e9;  // pixels
constexpr double kSquare = 0.02;   // how far a turned box's corners may be off, as part of its diagonal
constexpr double kSliver = 0.01;   // square pixels that two rings may share by rounding
constexpr std::size_t kMostRings = 1000;

Read<Points> readPoints(const Json& list) {
    if (!list.is_array() || list.empty()) return bad("missing_field", "has no \"points\"; it is left out");
    Points points;
    for (const Json& item : list) {
        const auto x = item.is_array() && item.size() >= 2 ? numberOf(item[0]) : std::nullopt;
        const auto y = x ? numberOf(item[1]) : std::nullopt;
        if (!y) return bad("bad_points", fmt::format("point {} isn't [x, y] in numbers; it is left out", points.size() + 1));
        if (std::abs(*x) > kFurthest || std::abs(*y) > kFurthest)
            return bad("bad_points", fmt::format("point {} lies at {}, {}; it is left out", points.size() + 1, *x, *y));
        points.push_back({*x, *y});
    }
    return points;
}

tl::unexpected<Bad> wrongCount(const std::string& type, std::size_t have, const char* wanted) {
    return bad("bad_points", fmt::format("is a {} of {} points, {} are needed; it is left out", type, have, wanted));
}

Read<annot::Shape> noArea() {
    return bad("zero_area", "has no width or no height; it is left out");
}

Read<annot::Shape> polygonOf(const std::string& type, Points ring) {
    if (ring.size() > 3 && ring.front() == ring.back()) ring.pop_back();
    if (ring.size() < 3) return bad("bad_polygon", fmt::format("is a {} of {} points; it is left out", type, ring.size()));
    const annot::Shape shape = annot::Polygon{{std::move(ring)}};
    const annot::Rect box = annot::bounds(shape);
    return box.w > 0 && box.h > 0 ? Read<annot::Shape>(shape) : noArea();
}

// Four corners one after another, either way round. Corners of no rectangle stay a polygon.
Read<annot::Shape> turnedBoxOf(const std::string& type, const Points& p) {
    if (p.size() != 4) return wrongCount(type, p.size(), "4");
    const Point across{p[1].x - p[0].x, p[1].y - p[0].y}, down{p[2].x - p[1].x, p[2].y - p[1].y};
    annot::RotatedBox box{{(p[0].x + p[1].x + p[2].x + p[3].x) / 4, (p[0].y + p[1].y + p[2].y + p[3].y) / 4},
                          std::hypot(across.x, across.y),
                          std::hypot(down.x, down.y),
                          std::atan2(across.y, across.x)};
    if (!(box.w > 0 && box.h > 0)) return noArea();
    auto corners = annot::corners(box);
    if (across.x * down.y < across.y * down.x) std::swap(corners[0], corners[3]), std::swap(corners[1], corners[2]);
    const double may = kSquare * std::hypot(box.w, box.h);
    for (std::size_t k = 0; k < 4; ++k)
        if (std::hypot(corners[k].x - p[k].x, corners[k].y - p[k].y) > may) return polygonOf(type, p);
    return annot::Shape(box);
}

bool isUpright(const Points& p) {
    return (p[0].x == p[3].x && p[1].x == p[2].x && p[0].y == p[1].y && p[2].y == p[3].y) ||
           (p[0].x == p[1].x && p[2].x == p[3].x && p[0].y == p[3].y && p[1].y == p[2].y);
}

// Two opposite corners in any order; X-AnyLabeling writes all four.
Read<annot::Shape> boxOf(const std::string& type, const Points& p) {
    if (p.size() != 2 && p.size() != 4) return wrongCount(type, p.size(), "2 or 4");
    if (p.size() == 4 && !isUpright(p)) return turnedBoxOf(type, p);
    const Point a = p[0], b = p.size() == 4 ? p[2] : p[1];
    const annot::Rect rect{std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
    return rect.w > 0 && rect.h > 0 ? Read<annot::Shape>(annot::Box{rect}) : noArea();
}

// The centre and a point on the rim.
Read<annot::Shape> circleOf(const std::string& type, const Points& p) {
    if (p.size() != 2) return wrongCount(type, p.size(), "2");
    const double radius = std::hypot(p[1].x - p[0].x, p[1].y - p[0].y);
    if (!(radius > 0)) return noArea();
    return annot::Shape(annot::Ellipse{p[0], radius, radius, 0});
}

Read<annot::Shape> lineOf(const std::string& type, const Points& p) {
    if (p.size() < 2) return wrongCount(type, p.size(), "2 or more");
    return annot::Shape(annot::Polyline{p});
}

Read<annot::Shape> dotOf(const std::string& type, const Points& p) {
    if (p.size() != 1) return wrongCount(type, p.size(), "1");
    return annot::Shape(annot::Dot{p[0]});
}

Read<annot::Shape> dotsOf(const std::string&, const Points& p) {
    annot::Keypoints keypoints;
    for (const Point at : p) keypoints.items.push_back({at, 2});
    return annot::Shape(std::move(keypoints));
}

struct Kind {
    const char* type;
    Read<annot::Shape> (*read)(const std::string& type, const Points& points);
};
constexpr Kind kKinds[] = {
    {"polygon", [](const std::string& type, const Points& p) { return polygonOf(type, p); }},
    {"quadrilateral", [](const std::string& type, const Points& p) { return polygonOf(type, p); }},
    {"rectangle", boxOf},
    {"oriented_rectangle", turnedBoxOf},
    {"rotation", turnedBoxOf},
    {"circle", circleOf},
    {"line", lineOf},
    {"linestrip", lineOf},
    {"point", dotOf},
    {"points", dotsOf},
};

bool isTrue(const Json& value) {
    return value.is_boolean() ? value.get<bool>() : value.is_string() && value.get_ref<const std::string&>() == "true";
}

std::uint32_t flagNamed(const std::string& name) {
    for (const auto& [flag, known] : kFlagNames)
        if (name == known) return flag;
    return 0;
}

// Flags of Lathe's own become flags, all others attributes.
void readFlags(const Json& flags, annot::Annotation& annotation, Json& kept) {
    bool plain = true;  // the writer comes to the same by itself
    Json names;
    for (const auto& [name, value] : flags.items()) {
        const std::uint32_t flag = value.is_boolean() ? flagNamed(name) : 0;
        plain = plain && flag && value.get<bool>();
        names[name] = nullptr;
        if (flag)
            annotation.flags |= value.get<bool>() ? flag : 0;
        else if (annotation.attributes.is_object() && annotation.attributes.contains(name))
            names[name] = value;
        else
            annotation.attributes[name] = value;
    }
    if (!plain) kept["flags"] = std::move(names);
}

void readDescription(const Json& description, annot::Annotation& annotation, Json& kept) {
    if (!description.is_string() || description.get_ref<const std::string&>().empty()) return;
    if (annotation.attributes.is_object() && annotation.attributes.contains("description"))
        kept["description"] = description;
    else
        annotation.attributes["description"] = description;
}

std::optional<std::int64_t> wholeOf(const Json& value) {
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        return number < INT64_MAX ? std::optional(std::int64_t(number)) : std::nullopt;
    }
    if (value.is_number_integer()) return value.get<std::int64_t>();
    const auto number = numberOf(value);
    return number && *number == std::floor(*number) && std::abs(*number) < 9e15 ? std::optional(std::int64_t(*number))
                                                                                : std::nullopt;
}

// Everything but the geometry and the group.
void readRest(const Json& shape, annot::Annotation& annotation, Json& kept) {
    Json fields;
    if (const Json& attributes = memberOf(shape, "attributes"); attributes.is_object() && !attributes.empty())
        annotation.attributes = attributes;
    for (const auto& [key, value] : shape.items()) {
        if (key == "label" || key == "points" || key == "shape_type" || key == "mask" || key == "lathe") continue;
        if (key == "flags" && value.is_object())
            readFlags(value, annotation, kept);
        else if (key == "difficult" && (value.is_boolean() || value == "true" || value == "false"))
            annotation.flags |= isTrue(value) ? std::uint32_t(annot::Difficult) : 0u;
        else if (key == "score" && value.is_number())
            annotation.confidence = value.get<double>();
        else if (key == "group_id" && wholeOf(value))
            continue;
        else if (key == "description" && value.is_string())
            readDescription(value, annotation, kept);
        else if (!value.is_null() && !(key == "attributes" && value.is_object()))
            fields[key] = value;
    }
    if (!fields.empty()) kept["fields"] = std::move(fields);
    applyMeta(annotation, memberOf(shape, "lathe"));
}

// The true shape that Lathe wrote beside, unless another program has changed the points.
void takeOwnShape(const Json& own, const Points& points, annot::Shape& shape) {
    if (!own.is_object()) return;
    if (auto keypoints = keypointsOf(own, points))
        shape = std::move(*keypoints);
    else if (own.contains("rotated_box") || own.contains("ellipse"))
        if (auto known = shapeOf(own, annot::Polygon{{points}})) shape = std::move(*known);
}

bool sharesArea(const Points& a, const Points& b) {
    const annot::Shape both[] = {annot::Polygon{{a}}, annot::Polygon{{b}}};
    const auto common = annot::intersected(both);
    return common && annot::area(*common) > kSliver;
}

}  // namespace

Read<annot::Shape> geometryOf(const std::string& type, const Points& points) {
    for (const Kind& kind : kKinds)
        if (type == kind.type) return kind.read(type, points);
    return bad("unknown_kind", fmt::format("is of the shape_type \"{}\", which Lathe doesn't know; it is left out", type));
}

std::string typeFor(const annot::Shape& shape) {
    struct TypeOf {
        std::string operator()(const annot::ImageLabel&) const { return {}; }
        std::string operator()(const annot::Box&) const { return "rectangle"; }
        std::string operator()(const annot::Polygon&) const { return "polygon"; }
        std::string operator()(const annot::Mask&) const { return "mask"; }
        std::string operator()(const annot::Keypoints&) const { return "points"; }
        std::string operator()(const annot::RotatedBox&) const { return "oriented_rectangle"; }
        std::string operator()(const annot::Ellipse& e) const { return e.rx == e.ry && e.angle == 0 ? "circle" : "polygon"; }
        std::string operator()(const annot::Polyline&) const { return "linestrip"; }
        std::string operator()(const annot::Dot&) const { return "point"; }
    };
    return std::visit(TypeOf{}, shape);
}

std::optional<Points> pointsFor(const annot::Shape& shape, const std::string& type) {
    if (const auto* box = std::get_if<annot::Box>(&shape); box && type == "rectangle") {
        const annot::Rect& r = box->rect;
        return Points{{r.x, r.y}, {sumGiving(r.w, r.x), sumGiving(r.h, r.y)}};
    }
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape))
        return polygon->rings.size() == 1 ? std::optional(polygon->rings[0]) : std::nullopt;
    if (const auto* e = std::get_if<annot::Ellipse>(&shape); e && type == "circle" && typeFor(shape) == type)
        return Points{e->centre, {sumGiving(e->rx, e->centre.x), e->centre.y}};
    if (const auto outline = outlineOf(shape)) return type == "circle" ? std::nullopt : std::optional(outline->rings[0]);
    if (const auto* line = std::get_if<annot::Polyline>(&shape)) return line->points;
    if (const auto* dot = std::get_if<annot::Dot>(&shape)) return Points{dot->at};
    const auto* keypoints = std::get_if<annot::Keypoints>(&shape);
    if (!keypoints) return {};
    Points points;
    for (const auto& item : keypoints->items)
        if (item.visibility) points.push_back(item.at);
    return points;
}

Read<Part> readShape(const Json& shape, const SizeOf& imageSize) {
    if (!shape.is_object()) return bad("invalid_data", "isn't an object; it is left out");
    Part part;
    part.label = textOf(shape, "label");
    if (part.label.empty()) return bad("missing_field", "has no \"label\"; it is left out");
    std::string type = textOf(shape, "shape_type");
    if (type.empty()) type = "polygon";  // versions before 3 have nothing else
    auto points = readPoints(memberOf(shape, "points"));
    if (!points) return tl::unexpected(points.error());
    Json kept;
    if (type == "mask") {
        const auto size = imageSize();
        if (!size) return bad("no_image_size", "is a mask, and the image's size isn't known; put the image beside its labels");
        auto mask = readMask(textOf(shape, "mask"), *points, *size);
        if (!mask) return tl::unexpected(mask.error());
        part.annotation.shape = std::move(*mask);
    } else {
        auto geometry = geometryOf(type, *points);
        if (!geometry) return tl::unexpected(geometry.error());
        part.annotation.shape = std::move(*geometry);
        takeOwnShape(memberOf(memberOf(shape, "lathe"), "shape"), *points, part.annotation.shape);
    }
    if (type != typeFor(part.annotation.shape)) kept["shape_type"] = type;
    const bool ring = std::holds_alternative<annot::Polygon>(part.annotation.shape);  // may join others; its last point may go
    if (!ring && type != "mask" && pointsFor(part.annotation.shape, type) != *points) kept["points"] = shape["points"];
    part.groupId = wholeOf(memberOf(shape, "group_id"));
    part.annotation.group = part.groupId ? groupOf(*part.groupId) : 0;
    readRest(shape, part.annotation, kept);
    if (!kept.is_null()) part.annotation.extra["labelme"] = std::move(kept);
    return part;
}

Json ownKeypoints(const annot::Keypoints& keypoints) {
    Json items = Json::array();
    for (const auto& item : keypoints.items) items.push_back(Json::array({item.at.x, item.at.y, item.visibility}));
    const annot::Rect& box = keypoints.box;
    return {{"keypoints", std::move(items)}, {"box", Json::array({box.x, box.y, box.w, box.h})}};
}

std::optional<annot::Keypoints> keypointsOf(const Json& own, const Points& beside) {
    const Json &items = memberOf(own, "keypoints"), &box = memberOf(own, "box");
    if (!items.is_array() || !box.is_array() || box.size() != 4) return {};
    annot::Keypoints keypoints;
    double b[4]{};
    for (std::size_t k = 0; k < 4; ++k) {
        if (!numberOf(box[k])) return {};
        b[k] = *numberOf(box[k]);
    }
    keypoints.box = {b[0], b[1], b[2], b[3]};
    for (const Json& item : items) {
        if (!item.is_array() || item.size() != 3 || !numberOf(item[0]) || !numberOf(item[1]) || !item[2].is_number_unsigned())
            return {};
        keypoints.items.push_back(
            {{*numberOf(item[0]), *numberOf(item[1])}, std::uint8_t(std::min(item[2].get<std::uint64_t>(), std::uint64_t(2)))});
    }
    if (pointsFor(annot::Shape(keypoints), "points") != beside) return {};
    return keypoints;
}

bool overlap(const annot::Polygon& polygon, std::size_t from) {
    const auto& rings = polygon.rings;
    if (rings.size() > kMostRings) return true;
    std::vector<annot::Rect> extents;
    for (const auto& ring : rings) extents.push_back(annot::bounds(annot::Polygon{{ring}}));
    for (std::size_t b = from; b < rings.size(); ++b)
        for (std::size_t a = 0; a < b; ++a)
            if (extents[a].intersects(extents[b]) && sharesArea(rings[a], rings[b])) return true;
    return false;
}

}  // namespace lathe::formats::labelme
