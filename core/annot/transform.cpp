// Moving, resizing and clipping shapes.
#include <algorithm>
#include <cmath>

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
};

// Moving keeps w and h bit for bit, which going through the corners would not.
struct Moved {
    double dx, dy;
    void operator()(ImageLabel&) const {}
    void operator()(Box& box) const { box.rect.x += dx, box.rect.y += dy; }
    void operator()(Polygon& polygon) const { Mapped{{1, dx, 1, dy}}(polygon); }
    void operator()(Mask& mask) const { mask = resampled(mask, {1, std::round(dx), 1, std::round(dy)}); }
    void operator()(Keypoints& keypoints) const {
        const Rect box = keypoints.box;
        Mapped{{1, dx, 1, dy}}(keypoints);
        if (box != Rect{}) keypoints.box = {box.x + dx, box.y + dy, box.w, box.h};
    }
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
        for (auto& item : keypoints.items) item.at = {std::clamp(item.at.x, 0.0, w), std::clamp(item.at.y, 0.0, h)};
        keypoints.box = cut(keypoints.box, w, h);
    }
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

Shape keptInside(Shape shape, double w, double h) {
    std::visit(Kept{w, h}, shape);
    return shape;
}

}  // namespace lathe::annot
