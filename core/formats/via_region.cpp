// A region of the VGG Image Annotator: its shape, its class and its attributes.
#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "core/formats/json_items.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"
#include "core/formats/via.h"

namespace lathe::formats::via {
namespace {

using annot::Point;
template <class T>
using Read = tl::expected<T, Bad>;

constexpr double kFurthest = 1e9;  // pixels

tl::unexpected<Bad> bad(std::string code, std::string message) {
    return tl::unexpected<Bad>(Bad{std::move(code), std::move(message)});
}

// The numbers of these names; a message when one isn't there.
Read<std::vector<double>> numbersOf(const Json& shape, std::initializer_list<const char*> names) {
    std::vector<double> numbers;
    for (const char* name : names) {
        const auto value = numberAt(shape, name);
        if (!value) return bad("missing_field", fmt::format("has no number \"{}\"; it is left out", name));
        if (std::abs(*value) > kFurthest) return bad("bad_points", fmt::format("its \"{}\" is {}; it is left out", name, *value));
        numbers.push_back(*value);
    }
    return numbers;
}

Read<annot::Shape> noArea() {
    return bad("zero_area", "has no width or no height; it is left out");
}

Read<annot::Shape> rectOf(const Json& shape) {
    const auto v = numbersOf(shape, {"x", "y", "width", "height"});
    if (!v) return tl::unexpected(v.error());
    if (!((*v)[2] > 0 && (*v)[3] > 0)) return noArea();
    return annot::Shape(annot::Box{{(*v)[0], (*v)[1], (*v)[2], (*v)[3]}});
}

Read<annot::Shape> circleOf(const Json& shape) {
    const auto v = numbersOf(shape, {"cx", "cy", "r"});
    if (!v) return tl::unexpected(v.error());
    if (!((*v)[2] > 0)) return noArea();
    return annot::Shape(annot::Ellipse{{(*v)[0], (*v)[1]}, (*v)[2], (*v)[2], 0});
}

Read<annot::Shape> ellipseOf(const Json& shape) {
    const auto v = numbersOf(shape, {"cx", "cy", "rx", "ry"});
    if (!v) return tl::unexpected(v.error());
    if (!((*v)[2] > 0 && (*v)[3] > 0)) return noArea();
    const auto theta = numberAt(shape, "theta");  // VIA 1 has none
    return annot::Shape(annot::Ellipse{{(*v)[0], (*v)[1]}, (*v)[2], (*v)[3], theta.value_or(0)});
}

Read<annot::Shape> dotOf(const Json& shape) {
    const auto v = numbersOf(shape, {"cx", "cy"});
    if (!v) return tl::unexpected(v.error());
    return annot::Shape(annot::Dot{{(*v)[0], (*v)[1]}});
}

Read<std::vector<Point>> pointsOf(const Json& shape) {
    const Json &xs = memberOf(shape, "all_points_x"), &ys = memberOf(shape, "all_points_y");
    if (!xs.is_array() || !ys.is_array())
        return bad("missing_field", "has no \"all_points_x\" and \"all_points_y\"; it is left out");
    if (xs.size() != ys.size()) return bad("bad_points", fmt::format("has {} x and {} y; it is left out", xs.size(), ys.size()));
    std::vector<Point> points;
    for (std::size_t k = 0; k < xs.size(); ++k) {
        const auto x = numberOf(xs[k]), y = numberOf(ys[k]);
        if (!x || !y || std::abs(*x) > kFurthest || std::abs(*y) > kFurthest)
            return bad("bad_points", fmt::format("its point {} isn't two numbers in reach; it is left out", k + 1));
        points.push_back({*x, *y});
    }
    return points;
}

Read<annot::Shape> polygonOf(const Json& shape) {
    auto points = pointsOf(shape);
    if (!points) return tl::unexpected(points.error());
    if (points->size() > 3 && points->front() == points->back()) points->pop_back();  // VIA 1 closes them
    if (points->size() < 3) return bad("bad_polygon", fmt::format("is a polygon of {} points; it is left out", points->size()));
    const annot::Shape polygon = annot::Polygon{{std::move(*points)}};
    const annot::Rect box = annot::bounds(polygon);
    return box.w > 0 && box.h > 0 ? Read<annot::Shape>(polygon) : noArea();
}

Read<annot::Shape> lineOf(const Json& shape) {
    auto points = pointsOf(shape);
    if (!points) return tl::unexpected(points.error());
    if (points->size() < 2) return bad("bad_points", fmt::format("is a line of {} points; it is left out", points->size()));
    return annot::Shape(annot::Polyline{std::move(*points)});
}

struct ShapeKind {
    const char* name;
    Read<annot::Shape> (*read)(const Json& shape);
};
constexpr ShapeKind kKinds[] = {{"rect", rectOf},       {"circle", circleOf}, {"ellipse", ellipseOf},
                                {"polygon", polygonOf}, {"polyline", lineOf}, {"point", dotOf}};

std::optional<std::vector<double>> listOf(const Json& list, std::size_t count) {
    if (!list.is_array() || list.size() != count) return {};
    std::vector<double> numbers;
    for (const Json& item : list) {
        const auto number = numberOf(item);
        if (!number || std::abs(*number) > kFurthest) return {};
        numbers.push_back(*number);
    }
    return numbers;
}

std::optional<annot::Keypoints> keypointsOf(const Json& own) {
    const Json& items = memberOf(own, "keypoints");
    const auto box = listOf(memberOf(own, "box"), 4);
    if (!box || !items.is_array()) return {};
    annot::Keypoints keypoints{{}, {(*box)[0], (*box)[1], (*box)[2], (*box)[3]}};
    for (const Json& item : items) {
        const auto v = listOf(item, 3);
        if (!v || (*v)[2] < 0 || (*v)[2] > 2) return {};
        keypoints.items.push_back({{(*v)[0], (*v)[1]}, std::uint8_t((*v)[2])});
    }
    return keypoints;
}

void addHoles(const Json& holes, annot::Polygon& polygon) {
    if (!holes.is_array()) return;
    for (const Json& hole : holes) {
        std::vector<Point> ring;
        if (!hole.is_array()) continue;
        for (const Json& item : hole)
            if (const auto v = listOf(item, 2)) ring.push_back({(*v)[0], (*v)[1]});
        if (ring.size() >= 3 && ring.size() == hole.size()) polygon.rings.push_back(std::move(ring));
    }
}

// The true shape that Lathe wrote beside, unless another program has changed the region.
void takeOwnShape(const Json& lathe, annot::Shape& shape) {
    if (auto* polygon = std::get_if<annot::Polygon>(&shape)) {
        if (auto own = shapeOf(memberOf(lathe, "shape"), *polygon); own && std::holds_alternative<annot::RotatedBox>(*own))
            shape = std::move(*own);
        else
            addHoles(memberOf(lathe, "holes"), *polygon);
    } else if (auto keypoints = keypointsOf(memberOf(lathe, "shape"));
               keypoints && annot::bounds(*keypoints) == annot::bounds(shape)) {
        shape = std::move(*keypoints);
    }
}

// What the writer wouldn't come to by itself.
Json shapeExtra(const Json& shape, const annot::Shape& read) {
    Json kept;
    const std::string name = textOf(shape, "name");
    const auto* ellipse = std::get_if<annot::Ellipse>(&read);
    if (ellipse && name == "ellipse" && ellipse->rx == ellipse->ry && ellipse->angle == 0) kept["name"] = name;
    if (const Json& xs = memberOf(shape, "all_points_x"); name == "polygon" && xs.size() > 3) {
        const Json& ys = memberOf(shape, "all_points_y");
        if (xs.front() == xs.back() && ys.front() == ys.back()) kept["closed"] = true;
    }
    return kept;
}

void readAttributes(const Json& attributes, const std::string& classAttribute, annot::Annotation& annotation, Json& kept) {
    const Json& value = memberOf(attributes, classAttribute);
    if (namesOf(value).empty())
        kept["class"] = nullptr;
    else if (!value.is_string())
        kept["class"] = value;
    if (!attributes.is_object()) return;
    for (const auto& [name, other] : attributes.items())
        if (name != classAttribute) annotation.attributes[name] = other;
}

}  // namespace

std::vector<std::string> namesOf(const Json& value) {
    std::vector<std::string> names;
    if (value.is_string() && !value.get_ref<const std::string&>().empty()) names.push_back(value.get<std::string>());
    if (value.is_number() || value.is_boolean()) names.push_back(value.dump());
    if (value.is_object())
        for (const auto& [name, ticked] : value.items())
            if (ticked == true) names.push_back(name);
    return names;
}

Json ownKeypoints(const annot::Keypoints& keypoints) {
    Json items = Json::array();
    for (const auto& item : keypoints.items) items.push_back(Json::array({item.at.x, item.at.y, item.visibility}));
    const annot::Rect& box = keypoints.box;
    return {{"keypoints", std::move(items)}, {"box", Json::array({box.x, box.y, box.w, box.h})}};
}

tl::expected<Region, Bad> readRegion(const Json& region, const std::string& classAttribute) {
    const Json& shape = memberOf(region, "shape_attributes");
    if (!shape.is_object()) return bad("invalid_data", "has no \"shape_attributes\"; it is left out");
    const std::string name = textOf(shape, "name");
    const auto kind = std::ranges::find_if(kKinds, [&](const ShapeKind& k) { return name == k.name; });
    if (kind == std::end(kKinds))
        return bad("unknown_kind", fmt::format("is a \"{}\", which Lathe doesn't know; it is left out", name));
    auto geometry = kind->read(shape);
    if (!geometry) return tl::unexpected(geometry.error());
    Region read;
    read.annotation.shape = std::move(*geometry);
    Json kept = shapeExtra(shape, read.annotation.shape);
    const Json& lathe = memberOf(region, "lathe");
    takeOwnShape(lathe, read.annotation.shape);
    applyMeta(read.annotation, lathe);
    if (const Json& object = memberOf(lathe, "object"); object.is_number_integer() && object > 0)
        read.object = object.get<std::int64_t>();
    readAttributes(memberOf(region, "region_attributes"), classAttribute, read.annotation, kept);
    Json fields;
    for (const auto& [key, value] : region.items())
        if (key != "shape_attributes" && key != "region_attributes" && key != "lathe") fields[key] = value;
    if (!fields.empty()) kept["fields"] = std::move(fields);
    if (!kept.is_null()) read.annotation.extra["via"] = std::move(kept);
    return read;
}

}  // namespace lathe::formats::via
