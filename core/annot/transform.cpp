// Moving, resizing and clipping shapes.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/annot/mask.h"
#include "core/annot/shape.h"

namespace lathe::annot {
namespace {

struct Map {  // x -> ax * x + bx
    double ax = 1, bx = 0, ay = 1, by = 0;
    [[nodiscard]] Point operator()(Point p) const { return {ax * p.x + bx, ay * p.y + by}; }
};

Map between(const Rect& from, const Rect& to) {
    const double ax = from.w != 0 ? to.w / from.w : 1, ay = from.h != 0 ? to.h / from.h : 1;
    return {ax, to.x - ax * from.x, ay, to.y - ay * from.y};
}

Rect normalised(double x0, double y0, double x1, double y1) {
    return {std::min(x0, x1), std::min(y0, y1), std::abs(x1 - x0), std::abs(y1 - y0)};
}

Rect mapped(const Rect& r, const Map& map) {
    const Point a = map({r.x, r.y}), b = map({r.x + r.w, r.y + r.h});
    return normalised(a.x, a.y, b.x, b.y);
}

// Nearest pixel: each pixel centre of the result is looked up in the source.
Mask resampled(const Mask& mask, const Map& map) {
    if (map.ax == 0 || map.ay == 0) return maskFromRaster({}, mask.height, mask.width);
    const auto source = maskToRaster(mask);
    std::vector<std::uint8_t> raster(source.size());
    for (std::uint32_t y = 0; y < mask.height; ++y) {
        const double fromY = std::floor((y + 0.5 - map.by) / map.ay);
        if (!(fromY >= 0 && fromY < mask.height)) continue;
        for (std::uint32_t x = 0; x < mask.width; ++x) {
            const double fromX = std::floor((x + 0.5 - map.bx) / map.ax);
            if (fromX >= 0 && fromX < mask.width)
                raster[std::size_t(y) * mask.width + x] = source[std::size_t(fromY) * mask.width + std::size_t(fromX)];
        }
    }
    return maskFromRaster(raster, mask.height, mask.width);
}

// By whole pixels: the runs of each column go elsewhere, what leaves the mask is cut. Work by runs, whatever the size.
Mask shifted(const Mask& mask, double dx, double dy) {
    if (!std::isfinite(dx + dy)) return mask;
    const auto w = std::int64_t(mask.width), h = std::int64_t(mask.height);
    Mask out{mask.height, mask.width, {}};
    const auto x0 = std::int64_t(std::clamp(dx, -double(w), double(w))), y0 = std::int64_t(std::clamp(dy, -double(h), double(h)));
    std::int64_t at = 0, end = 0;  // of the source; end of what was written
    const auto put = [&](std::int64_t from, std::int64_t to) {
        if (from == end && !out.counts.empty()) {
            out.counts.back() += std::uint32_t(to - from);
        } else {
            out.counts.push_back(std::uint32_t(from - end));
            out.counts.push_back(std::uint32_t(to - from));
        }
        end = to;
    };
    for (std::size_t k = 0; k < mask.counts.size(); at += mask.counts[k++]) {
        if (k % 2 == 0 || h == 0) continue;
        for (std::int64_t from = at, last = at + mask.counts[k]; from < last;) {
            const std::int64_t column = from / h, to = std::min(last, (column + 1) * h), x = column + x0;
            const std::int64_t top = std::clamp<std::int64_t>(from - column * h + y0, 0, h);
            const std::int64_t bottom = std::clamp<std::int64_t>(to - column * h + y0, 0, h);
            if (x >= 0 && x < w && top < bottom) put(x * h + top, x * h + bottom);
            from = to;
        }
    }
    if (end < w * h || out.counts.empty()) out.counts.push_back(std::uint32_t(w * h - end));
    return out;
}

struct Mapped {
    Map map;
    void operator()(ImageLabel&) const {}
    void operator()(Box& box) const { box.rect = mapped(box.rect, map); }
    void operator()(Polygon& polygon) const {
        for (auto& ring : polygon.rings)
            for (Point& p : ring) p = map(p);
    }
    void operator()(Mask& mask) const { mask = resampled(mask, map); }
    void operator()(Keypoints& keypoints) const {
        for (auto& item : keypoints.items)
            if (item.visibility) item.at = map(item.at);
        if (keypoints.box != Rect{}) keypoints.box = mapped(keypoints.box, map);
    }
    void operator()(RotatedBox& box) const { turned(box.centre, box.w, box.h, box.angle); }
    void operator()(Ellipse& e) const { turned(e.centre, e.rx, e.ry, e.angle); }
    void operator()(Polyline& line) const {
        for (Point& p : line.points) p = map(p);
    }
    void operator()(Dot& dot) const { dot.at = map(dot.at); }

private:
    // Each side is scaled as its own direction is; mirroring turns the other way round.
    void turned(Point& centre, double& along, double& across, double& angle) const {
        const double c = std::cos(angle), s = std::sin(angle);
        centre = map(centre);
        along *= std::hypot(map.ax * c, map.ay * s);
        across *= std::hypot(map.ax * s, map.ay * c);
        angle = std::atan2(map.ay * s, map.ax * c);
    }
};

// Moving keeps w and h bit for bit, which going through the corners would not.
struct Moved {
    double dx, dy;
    void operator()(ImageLabel&) const {}
    void operator()(Box& box) const { box.rect.x += dx, box.rect.y += dy; }
    void operator()(Polygon& polygon) const { Mapped{{1, dx, 1, dy}}(polygon); }
    void operator()(Mask& mask) const { mask = shifted(mask, std::round(dx), std::round(dy)); }
    void operator()(Keypoints& keypoints) const {
        const Rect box = keypoints.box;
        Mapped{{1, dx, 1, dy}}(keypoints);
        if (box != Rect{}) keypoints.box = {box.x + dx, box.y + dy, box.w, box.h};
    }
    void operator()(RotatedBox& box) const { box.centre.x += dx, box.centre.y += dy; }
    void operator()(Ellipse& e) const { e.centre.x += dx, e.centre.y += dy; }
    void operator()(Polyline& line) const { Mapped{{1, dx, 1, dy}}(line); }
    void operator()(Dot& dot) const { dot.at.x += dx, dot.at.y += dy; }
};

struct TurnedBy {
    Point about;
    double angle, c = std::cos(angle), s = std::sin(angle);
    [[nodiscard]] Point at(Point p) const {
        const double x = p.x - about.x, y = p.y - about.y;
        return {about.x + c * x - s * y, about.y + s * x + c * y};
    }
    Shape operator()(ImageLabel shape) const { return shape; }
    Shape operator()(const Box& box) const {
        const Rect& r = box.rect;
        return RotatedBox{at({r.x + r.w / 2, r.y + r.h / 2}), r.w, r.h, angle};
    }
    Shape operator()(Polygon polygon) const {
        for (auto& ring : polygon.rings)
            for (Point& p : ring) p = at(p);
        return polygon;
    }
    Shape operator()(Mask mask) const { return mask; }
    Shape operator()(Keypoints keypoints) const {
        for (auto& item : keypoints.items)
            if (item.visibility) item.at = at(item.at);
        keypoints.box = {};
        return keypoints;
    }
    Shape operator()(RotatedBox box) const {
        box.centre = at(box.centre);
        box.angle = std::remainder(box.angle + angle, 2 * std::numbers::pi);
        return box;
    }
    Shape operator()(Ellipse e) const {
        e.centre = at(e.centre);
        e.angle = std::remainder(e.angle + angle, 2 * std::numbers::pi);
        return e;
    }
    Shape operator()(Polyline line) const {
        for (Point& p : line.points) p = at(p);
        return line;
    }
    Shape operator()(Dot dot) const { return Dot{at(dot.at)}; }
};

using Ring = std::vector<Point>;

// One side of Sutherland and Hodgman's clipping ("Reentrant polygon clipping", 1974). `inside` > 0 is kept.
template <class Signed>
Ring clippedBy(const Ring& ring, Signed distance) {
    Ring out;
    for (std::size_t k = 0; k < ring.size(); ++k) {
        const Point a = ring[(k + ring.size() - 1) % ring.size()], b = ring[k];
        const double da = distance(a), db = distance(b);
        if ((da >= 0) != (db >= 0)) {
            const double t = da / (da - db);
            out.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
        }
        if (db >= 0) out.push_back(b);
    }
    return out;
}

Ring clipped(const Ring& ring, double w, double h) {
    Ring out = clippedBy(ring, [](Point p) { return p.x; });
    out = clippedBy(out, [](Point p) { return p.y; });
    out = clippedBy(out, [w](Point p) { return w - p.x; });
    return clippedBy(out, [h](Point p) { return h - p.y; });
}

bool isInside(const Ring& ring, double w, double h) {
    return std::ranges::all_of(ring, [=](Point p) { return p.x >= 0 && p.y >= 0 && p.x <= w && p.y <= h; });
}

Rect cut(const Rect& r, double w, double h) {
    if (r.x >= 0 && r.y >= 0 && r.x + r.w <= w && r.y + r.h <= h) return r;
    return normalised(std::clamp(r.x, 0.0, w), std::clamp(r.y, 0.0, h), std::clamp(r.x + r.w, 0.0, w),
                      std::clamp(r.y + r.h, 0.0, h));
}

struct Kept {
    double w, h;
    void operator()(ImageLabel&) const {}
    void operator()(Box& box) const { box.rect = cut(box.rect, w, h); }
    void operator()(Polygon& polygon) const {
        for (auto& ring : polygon.rings)
            if (!isInside(ring, w, h)) ring = clipped(ring, w, h);
        std::erase_if(polygon.rings, [](const Ring& ring) { return ring.size() < 3; });
    }
    void operator()(Mask&) const {}
    void operator()(Keypoints& keypoints) const {
        for (auto& item : keypoints.items) item.at = clamped(item.at);
        keypoints.box = cut(keypoints.box, w, h);
    }
    void operator()(RotatedBox& box) const { movedIn(box.centre, bounds(Shape(box))); }
    void operator()(Ellipse& e) const { movedIn(e.centre, bounds(Shape(e))); }
    void operator()(Polyline& line) const {
        for (Point& p : line.points) p = clamped(p);
    }
    void operator()(Dot& dot) const { dot.at = clamped(dot.at); }

private:
    [[nodiscard]] Point clamped(Point p) const { return {std::clamp(p.x, 0.0, w), std::clamp(p.y, 0.0, h)}; }
    void movedIn(Point& centre, const Rect& all) const {
        auto shift = [](double low, double size, double length) {
            return size > length ? length / 2 - (low + size / 2) : std::clamp(low, 0.0, length - size) - low;
        };
        centre.x += shift(all.x, all.w, w);
        centre.y += shift(all.y, all.h, h);
    }
};

struct Aligned {
    static void point(Point& p) { p = {std::round(p.x), std::round(p.y)}; }
    static void side(double& length) { length = std::max(1.0, std::round(length)); }
    void operator()(ImageLabel&) const {}
    void operator()(Mask&) const {}
    void operator()(Box& box) const {
        const Rect r = box.rect;
        const double x = std::round(r.x), y = std::round(r.y);
        box.rect = {x, y, std::max(1.0, std::round(r.x + r.w) - x), std::max(1.0, std::round(r.y + r.h) - y)};
    }
    void operator()(Polygon& polygon) const {
        for (auto& ring : polygon.rings) {
            std::ranges::for_each(ring, point);
            ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
        }
        std::erase_if(polygon.rings, [](const Ring& ring) { return ring.size() < 3; });
    }
    void operator()(Keypoints& keypoints) const {
        for (auto& item : keypoints.items) point(item.at);
    }
    void operator()(RotatedBox& box) const { point(box.centre), side(box.w), side(box.h); }
    void operator()(Ellipse& e) const { point(e.centre), side(e.rx), side(e.ry); }
    void operator()(Polyline& line) const { std::ranges::for_each(line.points, point); }
    void operator()(Dot& dot) const { point(dot.at); }
};

}  // namespace

Shape translated(Shape shape, double dx, double dy) {
    std::visit(Moved{dx, dy}, shape);
    return shape;
}

Shape scaled(Shape shape, const Rect& from, const Rect& to) {
    if (std::holds_alternative<Box>(shape) && std::get<Box>(shape).rect == from)
        return Box{normalised(to.x, to.y, to.x + to.w, to.y + to.h)};
    std::visit(Mapped{between(from, to)}, shape);
    return shape;
}

Shape rotated(Shape shape, Point about, double angle) {
    return std::visit(TurnedBy{about, angle}, std::move(shape));
}

Shape alignedToPixels(Shape shape) {
    std::visit(Aligned{}, shape);
    return shape;
}

Shape keptInside(Shape shape, double w, double h) {
    std::visit(Kept{w, h}, shape);
    return shape;
}

}  // namespace lathe::annot
