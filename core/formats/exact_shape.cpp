#include "core/formats/exact_shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/annot/convert.h"
#include "core/formats/json_items.h"
#include "core/formats/own_shape.h"

namespace lathe::formats::exact {
namespace {

using annot::Point;

constexpr std::uint64_t kMostPixels = 1ull << 29;
constexpr std::uint32_t kLongestSide = 1 << 20;

// The candidates for a number, those with few decimals first, until one is `good`.
template <class Good>
double shortest(double value, Good good) {
    double scale = 1;
    for (int decimals = 0; decimals <= 12; ++decimals, scale *= 10) {
        const double rounded = std::round(value * scale) / scale;
        if (std::isfinite(rounded) && good(rounded)) return rounded;
    }
    for (const double near : {value, std::nextafter(value, 1e300), std::nextafter(value, -1e300)})
        if (good(near)) return near;
    return value;
}

double lowEdge(double centre, double size) {
    return shortest(centre - size / 2, [&](double low) { return low + size / 2 == centre; });
}

bool hasHole(const annot::Polygon& polygon) {
    for (const auto& ring : polygon.rings)
        for (const auto& other : polygon.rings)
            if (&ring != &other && !ring.empty() && annot::contains(annot::Polygon{{other}}, ring.front())) return true;
    return false;
}

Json ringsJson(const annot::Polygon& polygon) {
    Json rings = Json::array();
    for (const auto& ring : polygon.rings) {
        Json& numbers = rings.emplace_back(Json::array());
        for (const Point p : ring) numbers.push_back(p.x), numbers.push_back(p.y);
    }
    return rings;
}

std::optional<annot::Polygon> polygonOf(const Json& rings) {
    annot::Polygon polygon;
    if (!rings.is_array()) return {};
    for (const Json& numbers : rings) {
        if (!numbers.is_array() || numbers.size() % 2 || numbers.size() < 6) return {};
        auto& ring = polygon.rings.emplace_back();
        for (std::size_t k = 0; k < numbers.size(); k += 2) {
            const auto x = numberOf(numbers[k]), y = numberOf(numbers[k + 1]);
            if (!x || !y) return {};
            ring.push_back({*x, *y});
        }
    }
    return polygon;
}

// Of a plain box too, which a turned one of angle 0 is written as.
std::optional<annot::Polygon> drawnOutline(const annot::Shape& shape) {
    const auto* box = std::get_if<annot::Box>(&shape);
    if (!box) return outlineOf(shape);
    const annot::Rect& r = box->rect;
    return outlineOf(annot::RotatedBox{{r.x + r.w / 2, r.y + r.h / 2}, r.w, r.h, 0});
}

void restoreKeypoints(annot::Keypoints& keypoints, const Json& own) {
    const Json& box = memberOf(own, "box");
    if (box.is_array() && box.size() == 4) {
        std::array<double, 4> v{};
        bool all = true;
        for (std::size_t k = 0; k < 4; ++k) {
            const auto number = numberOf(box[k]);
            all = all && number;
            v[k] = number.value_or(0);
        }
        if (all) keypoints.box = {v[0], v[1], v[2], v[3]};
    }
    const Json& visibility = memberOf(own, "visibility");
    if (!visibility.is_array() || visibility.size() != keypoints.items.size()) return;
    for (std::size_t k = 0; k < visibility.size(); ++k)
        if (visibility[k].is_number_integer() && visibility[k] >= 0 && visibility[k] <= 2)
            keypoints.items[k].visibility = visibility[k].get<std::uint8_t>();
}

}  // namespace

double radiansOf(double degrees) {
    return degrees * (std::numbers::pi / 180);
}

double degreesOf(double radians) {
    return shortest(radians * (180 / std::numbers::pi), [&](double degrees) { return radiansOf(degrees) == radians; });
}

double extentOf(double from, double to) {
    const double extent = to - from;
    if (from + extent == to) return extent;
    for (const double other : {std::nextafter(extent, 1e300), std::nextafter(extent, -1e300)})
        if (from + other == to) return other;
    return extent;
}

annot::RotatedBox turned(const annot::Rect& box, double degrees) {
    return {{box.x + box.w / 2, box.y + box.h / 2}, box.w, box.h, radiansOf(degrees)};
}

annot::Rect upright(const annot::RotatedBox& box) {
    return {lowEdge(box.centre.x, box.w), lowEdge(box.centre.y, box.h), box.w, box.h};
}

std::vector<Piece> piecesOf(const annot::Shape& shape, int width, int height, std::string& loss) {
    const auto* polygon = std::get_if<annot::Polygon>(&shape);
    if (!polygon) return {{shape}};
    annot::Polygon good;
    for (const auto& ring : polygon->rings)
        if (ring.size() >= 3) good.rings.push_back(ring);
    if (good.rings.size() == 1) return {{std::move(good)}};
    if (width > 0 && height > 0 && std::uint64_t(width) * std::uint64_t(height) <= kMostPixels && hasHole(good)) {
        loss = "polygon with a hole";
        return {{annot::maskOf(good, std::uint32_t(width), std::uint32_t(height)), {{"polygon", ringsJson(good)}}}};
    }
    std::vector<Piece> pieces;
    for (auto& ring : good.rings) pieces.push_back({annot::Polygon{{std::move(ring)}}, {{"ring", pieces.size()}}});
    if (!pieces.empty()) loss = "polygon of several parts";
    return pieces;
}

bool joined(annot::Annotations& all, annot::Annotation& next, const Json& own) {
    const Json& ring = memberOf(own, "ring");
    auto* more = std::get_if<annot::Polygon>(&next.shape);
    if (!ring.is_number_integer() || !(ring > 0) || !more || all.empty()) return false;
    auto* polygon = std::get_if<annot::Polygon>(&all.back().shape);
    if (!polygon || ring != polygon->rings.size() || all.back().classId != next.classId) return false;
    std::ranges::move(more->rings, std::back_inserter(polygon->rings));
    return true;
}

void restore(annot::Shape& shape, const Json& own) {
    if (!own.is_object()) return;
    if (const auto* mask = std::get_if<annot::Mask>(&shape)) {
        auto polygon = polygonOf(memberOf(own, "polygon"));
        if (polygon && mask->width <= kLongestSide && annot::maskOf(*polygon, mask->width, mask->height) == *mask)
            shape = std::move(*polygon);
        return;
    }
    if (auto* dot = std::get_if<annot::Dot>(&shape)) {
        if (!own.contains("visibility")) return;
        shape = annot::Keypoints{{{dot->at, 2}}, {}};
    }
    if (auto* keypoints = std::get_if<annot::Keypoints>(&shape)) return restoreKeypoints(*keypoints, own);
    const auto outline = drawnOutline(shape);
    if (!outline) return;
    auto kept = shapeOf(memberOf(own, "shape"), *outline);
    const bool isUpright = kept && std::holds_alternative<annot::Box>(shape) && std::holds_alternative<annot::RotatedBox>(*kept);
    if (kept && (isUpright || kept->index() == shape.index())) shape = std::move(*kept);
}

void keepDifference(Json& own, const annot::Shape& shape, const annot::Shape& read) {
    if (shape == read) return;
    if (const auto* keypoints = std::get_if<annot::Keypoints>(&shape)) {
        const auto* other = std::get_if<annot::Keypoints>(&read);
        if (keypoints->box != annot::Rect{})
            own["box"] = Json::array({keypoints->box.x, keypoints->box.y, keypoints->box.w, keypoints->box.h});
        if (other && other->items == keypoints->items) return;
        Json& visibility = own["visibility"] = Json::array();
        for (const auto& item : keypoints->items) visibility.push_back(item.visibility);
        return;
    }
    if (Json exact = ownShape(shape); !exact.is_null() && outlineOf(shape)) own["shape"] = std::move(exact);
}

}  // namespace lathe::formats::exact
