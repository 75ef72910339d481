#include "core/formats/own_shape.h"

#include <algorithm>
#include <cmath>

#include "core/annot/convert.h"

namespace lathe::formats {
namespace {

using annot::Point;

bool numbersOf(const Json& list, std::size_t count, std::vector<double>& out) {
    if (!list.is_array() || list.size() != count) return false;
    for (const Json& number : list) {
        if (!number.is_number()) return false;
        out.push_back(number.get<double>());
    }
    return true;
}

std::optional<annot::Shape> lineOf(const Json& list) {
    annot::Polyline line;
    if (!list.is_array()) return {};
    for (const Json& item : list) {
        std::vector<double> v;
        if (!numbersOf(item, 2, v)) return {};
        line.points.push_back({v[0], v[1]});
    }
    return line;
}

std::optional<annot::Shape> read(const Json& own) {
    if (!own.is_object()) return {};
    std::vector<double> v;
    if (own.contains("rotated_box") && numbersOf(own["rotated_box"], 5, v))
        return annot::RotatedBox{{v[0], v[1]}, v[2], v[3], v[4]};
    if (own.contains("ellipse") && numbersOf(own["ellipse"], 5, v)) return annot::Ellipse{{v[0], v[1]}, v[2], v[3], v[4]};
    if (own.contains("point") && numbersOf(own["point"], 2, v)) return annot::Dot{{v[0], v[1]}};
    return own.contains("polyline") ? lineOf(own["polyline"]) : std::nullopt;
}

bool isSame(const std::vector<Point>& a, const std::vector<Point>& b) {
    constexpr double kSame = 1e-6;
    return std::ranges::equal(a, b, [](Point p, Point q) { return std::abs(p.x - q.x) <= kSame && std::abs(p.y - q.y) <= kSame; });
}

}  // namespace

std::optional<annot::Polygon> outlineOf(const annot::Shape& shape) {
    if (const auto* ellipse = std::get_if<annot::Ellipse>(&shape)) return annot::Polygon{{annot::ringOf(*ellipse)}};
    const auto* box = std::get_if<annot::RotatedBox>(&shape);
    if (!box) return {};
    const auto c = annot::corners(*box);
    return annot::Polygon{{{c.begin(), c.end()}}};
}

Json ownShape(const annot::Shape& shape) {
    if (const auto* b = std::get_if<annot::RotatedBox>(&shape))
        return {{"rotated_box", Json::array({b->centre.x, b->centre.y, b->w, b->h, b->angle})}};
    if (const auto* e = std::get_if<annot::Ellipse>(&shape))
        return {{"ellipse", Json::array({e->centre.x, e->centre.y, e->rx, e->ry, e->angle})}};
    if (const auto* dot = std::get_if<annot::Dot>(&shape)) return {{"point", Json::array({dot->at.x, dot->at.y})}};
    const auto* line = std::get_if<annot::Polyline>(&shape);
    if (!line) return {};
    Json points = Json::array();
    for (const Point p : line->points) points.push_back(Json::array({p.x, p.y}));
    return {{"polyline", std::move(points)}};
}

Json ownPolygon(const annot::Polygon& polygon) {
    Json rings = Json::array();
    for (const auto& ring : polygon.rings) {
        Json numbers = Json::array();
        for (const Point p : ring) numbers.push_back(p.x), numbers.push_back(p.y);
        rings.push_back(std::move(numbers));
    }
    return {{"polygon", std::move(rings)}};
}

std::optional<annot::Shape> polygonOf(const Json& own, const annot::Mask& beside) {
    if (!own.is_object() || !own.contains("polygon") || !own["polygon"].is_array()) return {};
    annot::Polygon polygon;
    for (const Json& ring : own["polygon"]) {
        std::vector<double> v;
        if (!ring.is_array() || ring.size() < 6 || ring.size() % 2 || !numbersOf(ring, ring.size(), v)) return {};
        auto& points = polygon.rings.emplace_back();
        for (std::size_t k = 0; k < v.size(); k += 2) points.push_back({v[k], v[k + 1]});
    }
    const bool same = !polygon.rings.empty() && annot::maskOf(annot::Shape(polygon), beside.width, beside.height) == beside;
    return same ? std::optional<annot::Shape>(std::move(polygon)) : std::nullopt;
}

std::optional<annot::Shape> shapeOf(const Json& own, const annot::Polygon& beside) {
    auto shape = read(own);
    if (!shape) return {};
    const auto outline = outlineOf(*shape).value_or(annot::Polygon{});
    return std::ranges::equal(outline.rings, beside.rings, isSame) ? shape : std::nullopt;
}

}  // namespace lathe::formats
