#include "core/annot/convert.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "core/annot/area_ops.h"
#include "core/annot/clip.h"
#include "core/annot/mask.h"
#include "core/annot/moments.h"
#include "core/annot/runs.h"

namespace lathe::annot {
namespace {

using Kind = std::string_view;

constexpr double kFromEllipse = 0.1;  // how far an ellipse's polygon may be from it

template <class T>
bool is(const Shape& shape) {
    return std::holds_alternative<T>(shape);
}

// The points that say where a shape is: corners, vertices, joints.
std::vector<Point> pointsOf(const Shape& shape) {
    if (const auto* line = std::get_if<Polyline>(&shape)) return line->points;
    if (const auto* dot = std::get_if<Dot>(&shape)) return {dot->at};
    std::vector<Point> out;
    if (const auto* keypoints = std::get_if<Keypoints>(&shape)) {
        for (const auto& item : keypoints->items)
            if (item.visibility) out.push_back(item.at);
        return out;
    }
    const auto rings = is<Mask>(shape) ? polygonOf(std::get<Mask>(shape)).rings : ringsOf(shape, kFromEllipse);
    for (const Ring& ring : rings) out.insert(out.end(), ring.begin(), ring.end());
    return out;
}

// Rings that turn the one way for outlines and the other for holes.
Result<std::vector<Ring>> orientedRings(const Shape& shape) {
    if (const auto* mask = std::get_if<Mask>(&shape)) return polygonOf(*mask).rings;
    LATHE_TRY(const Shape clean, united(std::span(&shape, 1)));
    return std::get<Polygon>(clean).rings;
}

Result<Shape> toBox(const Shape& shape) {
    const Rect box = bounds(shape);
    if (!(box.w > 0 && box.h > 0))
        return fail(ErrorCode::InvalidData, "the shape has no width or no height, so there is no box round it");
    return Shape(Box{box});
}

Result<Shape> toRotatedBox(const Shape& shape) {
    if (const auto* box = std::get_if<Box>(&shape))
        return Shape(RotatedBox{{box->rect.x + box->rect.w / 2, box->rect.y + box->rect.h / 2}, box->rect.w, box->rect.h, 0});
    if (const auto* e = std::get_if<Ellipse>(&shape)) return Shape(RotatedBox{e->centre, 2 * e->rx, 2 * e->ry, e->angle});
    const auto box = smallestBox(hullOf(pointsOf(shape)));
    if (!box) return fail(ErrorCode::InvalidData, "the shape's points lie on one line, so there is no box round them");
    return Shape(*box);
}

Result<Shape> toEllipse(const Shape& shape) {
    LATHE_TRY(const auto rings, orientedRings(shape));
    const auto ellipse = ellipseOf(momentsOf(rings));
    if (!ellipse) return fail(ErrorCode::InvalidData, "the shape has no area, so it can't become an ellipse");
    return Shape(*ellipse);
}

Result<Shape> toPolygon(const Shape& shape) {
    if (const auto* mask = std::get_if<Mask>(&shape)) return Shape(polygonOf(*mask));
    if (isAreal(shape)) return Shape(Polygon{ringsOf(shape, kFromEllipse)});
    Ring ring = is<Keypoints>(shape) ? hullOf(pointsOf(shape)) : pointsOf(shape);
    if (ring.size() < 3) return fail(ErrorCode::InvalidData, "a polygon needs three points");
    return Shape(Polygon{{std::move(ring)}});
}

Result<Shape> toMask(const Shape& shape, std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0 || std::uint64_t(width) * height > UINT32_MAX)
        return fail(ErrorCode::InvalidData, fmt::format("there is no mask of {} x {} pixels", width, height));
    LATHE_TRY(const Shape area, isAreal(shape) ? Result<Shape>(shape) : toPolygon(shape));
    Mask mask = maskOf(area, width, height);
    if (maskArea(mask) == 0) return fail(ErrorCode::InvalidData, "the shape covers no pixel of the image");
    return Shape(std::move(mask));
}

// The middle of an area; half way along a line.
Result<Shape> toDot(const Shape& shape) {
    if (isAreal(shape)) {
        LATHE_TRY(const auto rings, orientedRings(shape));
        const Moments m = momentsOf(rings);
        if (!(m.area > 0)) return fail(ErrorCode::InvalidData, "the shape has no area, so it has no middle");
        return Shape(Dot{m.centre});
    }
    const auto points = pointsOf(shape);
    if (points.empty()) return fail(ErrorCode::InvalidData, "the shape has no point");
    return Shape(Dot{is<Polyline>(shape) ? halfWay(points) : points.front()});
}

Result<Shape> toPolyline(const Shape& shape) {
    if (!isAreal(shape)) return Shape(Polyline{pointsOf(shape)});
    LATHE_TRY(const Shape polygon, toPolygon(shape));
    auto rings = std::get<Polygon>(polygon).rings;
    if (rings.empty()) return fail(ErrorCode::InvalidData, "the shape has no outline");
    auto longest = std::ranges::max_element(rings, {}, [](const Ring& ring) { return std::abs(shoelace(ring)); });
    longest->push_back(longest->front());
    return Shape(Polyline{std::move(*longest)});
}

Result<Shape> toKeypoints(const Shape& shape) {
    Keypoints out;
    for (const Point p : pointsOf(shape)) out.items.push_back({p, 2});
    return Shape(std::move(out));
}

Shape wholeImage(std::uint32_t width, std::uint32_t height) {
    return Box{{0, 0, double(width), double(height)}};
}

Result<Shape> made(const Shape& shape, Kind kind, std::uint32_t width, std::uint32_t height) {
    if (kind == "image") return Shape(ImageLabel{});
    if (kind == "box") return toBox(shape);
    if (kind == "rotated_box") return toRotatedBox(shape);
    if (kind == "ellipse") return toEllipse(shape);
    if (kind == "polygon") return toPolygon(shape);
    if (kind == "mask") return toMask(shape, width, height);
    if (kind == "polyline") return toPolyline(shape);
    if (kind == "keypoints") return toKeypoints(shape);
    return toDot(shape);
}

bool isCollapsed(const Shape& shape) {
    if (isEmpty(shape)) return true;
    const auto* polygon = std::get_if<Polygon>(&shape);
    return polygon && !(area(shape) > 0);
}

Result<> checkNumbers(const Shape& shape) {
    if (const auto* mask = std::get_if<Mask>(&shape)) return checkMask(*mask);
    return checkPoints(pointsOf(shape));
}

}  // namespace

std::vector<Kind> conversionsOf(const Shape& shape) {
    std::vector<Kind> kinds;
    if (isAreal(shape))
        kinds = {"box", "rotated_box", "ellipse", "polygon", "mask", "polyline", "point", "image"};
    else if (is<Polyline>(shape))
        kinds = {"box", "rotated_box", "polygon", "mask", "keypoints", "point", "image"};
    else if (is<Keypoints>(shape))
        kinds = {"box", "rotated_box", "polygon", "mask", "polyline", "point", "image"};
    else if (is<Dot>(shape))
        kinds = {"keypoints", "image"};
    else
        kinds = {"box", "mask"};
    std::erase(kinds, kindName(shape));
    return kinds;
}

Result<Shape> converted(const Shape& shape, Kind kind, std::uint32_t width, std::uint32_t height) {
    const auto kinds = conversionsOf(shape);
    if (std::ranges::find(kinds, kind) == kinds.end())
        return fail(ErrorCode::InvalidData,
                    fmt::format("a shape of the kind {} can't become one of the kind {}", kindName(shape), kind));
    LATHE_CHECK(checkNumbers(shape));
    LATHE_TRY(Shape out, made(is<ImageLabel>(shape) ? wholeImage(width, height) : shape, kind, width, height));
    if (isCollapsed(out))
        return fail(ErrorCode::InvalidData, fmt::format("nothing of the shape would be left as a shape of the kind {}", kind));
    return out;
}

}  // namespace lathe::annot
