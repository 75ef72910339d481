#include "core/annot/shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/annot/mask.h"

namespace lathe::annot {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Ring = std::vector<Point>;

struct Extent {
    double x0 = kInfinity, y0 = kInfinity, x1 = -kInfinity, y1 = -kInfinity;
    void add(Point p) {
        x0 = std::min(x0, p.x), x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
    }
    [[nodiscard]] Rect rect() const { return x0 > x1 ? Rect{} : Rect{x0, y0, x1 - x0, y1 - y0}; }
};

// Twice the signed area.
double shoelace(const Ring& ring) {
    double sum = 0;
    for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++)
        sum += ring[before].x * ring[k].y - ring[k].x * ring[before].y;
    return sum;
}

bool crossesRay(Point a, Point b, Point p) {
    return (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x);
}

bool ringContains(const Ring& ring, Point p) {
    bool inside = false;
    for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++)
        if (crossesRay(ring[before], ring[k], p)) inside = !inside;
    return inside;
}

double toSegment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

double toRing(const Ring& ring, Point p) {
    double nearest = kInfinity;
    for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++)
        nearest = std::min(nearest, toSegment(p, ring[before], ring[k]));
    return nearest;
}

template <class Points>
Rect extentOf(const Points& points) {
    Extent extent;
    for (const Point p : points) extent.add(p);
    return extent.rect();
}

// Is the ring within another that it doesn't cross? Asked of the middle of an edge that isn't on the other's outline.
bool isWithin(const Ring& ring, const Ring& other, const Rect& otherBounds) {
    constexpr double kOn = 2e-3;
    for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++) {
        const Point p{(ring[before].x + ring[k].x) / 2, (ring[before].y + ring[k].y) / 2};
        if (!otherBounds.contains(p)) return false;
        if (toRing(other, p) > kOn) return ringContains(other, p);
    }
    return false;
}

// Rings that don't cross: a ring within an odd number of larger ones is a hole.
double polygonArea(const Polygon& polygon) {
    const std::size_t count = polygon.rings.size();
    std::vector<Rect> extents;
    std::vector<double> areas;
    for (const Ring& ring : polygon.rings) {
        extents.push_back(extentOf(ring));
        areas.push_back(ring.size() < 3 ? 0 : std::abs(shoelace(ring)) / 2);
    }
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) {
        bool hole = false;
        for (std::size_t other = 0; other < count; ++other)
            if (areas[other] > areas[k] && isWithin(polygon.rings[k], polygon.rings[other], extents[other])) hole = !hole;
        sum += hole ? -areas[k] : areas[k];
    }
    return sum;
}

double toRectOutline(const Rect& r, Point p) {
    return toRing({{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}}, p);
}

double toRectArea(double x0, double y0, double x1, double y1, Point p) {
    return std::hypot(std::max({x0 - p.x, 0.0, p.x - x1}), std::max({y0 - p.y, 0.0, p.y - y1}));
}

// Calls visit(column, from, to, inside) for each vertical piece of a run; stops at the mask's end whatever the counts say.
template <class Visit>
void eachPiece(const Mask& mask, Visit visit) {
    const std::uint64_t height = mask.height, size = height * mask.width;
    std::uint64_t at = 0;
    bool inside = false;
    for (const std::uint32_t count : mask.counts) {
        for (const std::uint64_t end = std::min<std::uint64_t>(at + count, size); at < end;) {
            const std::uint64_t column = at / height, from = at % height, to = std::min(height, from + (end - at));
            visit(column, from, to, inside);
            at += to - from;
        }
        inside = !inside;
    }
}

Rect maskBounds(const Mask& mask) {
    Extent extent;
    eachPiece(mask, [&](std::uint64_t column, std::uint64_t from, std::uint64_t to, bool inside) {
        if (!inside) return;
        extent.add({double(column), double(from)});
        extent.add({double(column + 1), double(to)});
    });
    return extent.rect();
}

bool maskContains(const Mask& mask, Point p) {
    if (!(p.x >= 0 && p.y >= 0 && p.x < mask.width && p.y < mask.height)) return false;
    const std::uint64_t wanted = std::uint64_t(p.x) * mask.height + std::uint64_t(p.y);
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < mask.counts.size(); ++k)
        if ((at += mask.counts[k]) > wanted) return k % 2 == 1;
    return false;
}

double toMaskOutline(const Mask& mask, Point p) {
    const bool within = maskContains(mask, p);
    double nearest = kInfinity;
    if (within) nearest = std::min({p.x, p.y, mask.width - p.x, mask.height - p.y});
    eachPiece(mask, [&](std::uint64_t column, std::uint64_t from, std::uint64_t to, bool inside) {
        if (inside != within)
            nearest = std::min(nearest, toRectArea(double(column), double(from), double(column + 1), double(to), p));
    });
    return nearest;
}

// In the axes of something turned by `angle` about `centre`.
Point turnedBack(Point p, Point centre, double angle) {
    const double c = std::cos(angle), s = std::sin(angle), x = p.x - centre.x, y = p.y - centre.y;
    return {c * x + s * y, c * y - s * x};
}

bool hasBox(const Keypoints& keypoints) {
    return keypoints.box != Rect{};
}

struct BoundsOf {
    Rect operator()(const ImageLabel&) const { return {}; }
    Rect operator()(const Box& box) const { return box.rect; }
    Rect operator()(const Polygon& polygon) const {
        Extent extent;
        for (const auto& ring : polygon.rings)
            for (const Point p : ring) extent.add(p);
        return extent.rect();
    }
    Rect operator()(const Mask& mask) const { return maskBounds(mask); }
    Rect operator()(const Keypoints& keypoints) const {
        if (hasBox(keypoints)) return keypoints.box;
        Extent extent;
        for (const auto& item : keypoints.items)
            if (item.visibility) extent.add(item.at);
        return extent.rect();
    }
    Rect operator()(const RotatedBox& box) const { return extentOf(corners(box)); }
    Rect operator()(const Ellipse& e) const {
        const double c = std::cos(e.angle), s = std::sin(e.angle);
        const double dx = std::hypot(e.rx * c, e.ry * s), dy = std::hypot(e.rx * s, e.ry * c);
        return {e.centre.x - dx, e.centre.y - dy, 2 * dx, 2 * dy};
    }
    Rect operator()(const Polyline& line) const { return extentOf(line.points); }
    Rect operator()(const Dot& dot) const { return {dot.at.x, dot.at.y, 0, 0}; }
};

struct AreaOf {
    double operator()(const ImageLabel&) const { return 0; }
    double operator()(const Box& box) const { return box.rect.w * box.rect.h; }
    double operator()(const Polygon& polygon) const { return polygonArea(polygon); }
    double operator()(const Mask& mask) const { return double(maskArea(mask)); }
    double operator()(const Keypoints& keypoints) const { return keypoints.box.w * keypoints.box.h; }
    double operator()(const RotatedBox& box) const { return box.w * box.h; }
    double operator()(const Ellipse& e) const { return std::numbers::pi * e.rx * e.ry; }
    double operator()(const Polyline&) const { return 0; }
    double operator()(const Dot&) const { return 0; }
};

struct ContainsPoint {
    Point p;
    bool operator()(const ImageLabel&) const { return false; }
    bool operator()(const Box& box) const { return box.rect.contains(p); }
    bool operator()(const Polygon& polygon) const {
        bool inside = false;
        for (const auto& ring : polygon.rings) inside ^= ringContains(ring, p);
        return inside;
    }
    bool operator()(const Mask& mask) const { return maskContains(mask, p); }
    bool operator()(const Keypoints& keypoints) const { return BoundsOf{}(keypoints).contains(p); }
    bool operator()(const RotatedBox& box) const {
        const Point q = turnedBack(p, box.centre, box.angle);
        return std::abs(q.x) <= box.w / 2 && std::abs(q.y) <= box.h / 2;
    }
    bool operator()(const Ellipse& e) const {
        const Point q = turnedBack(p, e.centre, e.angle);
        return e.rx > 0 && e.ry > 0 && std::hypot(q.x / e.rx, q.y / e.ry) <= 1;
    }
    bool operator()(const Polyline&) const { return false; }
    bool operator()(const Dot&) const { return false; }
};

struct DistanceFrom {
    Point p;
    double operator()(const ImageLabel&) const { return kInfinity; }
    double operator()(const Box& box) const { return toRectOutline(box.rect, p); }
    double operator()(const Polygon& polygon) const {
        double nearest = kInfinity;
        for (const auto& ring : polygon.rings) nearest = std::min(nearest, toRing(ring, p));
        return nearest;
    }
    double operator()(const Mask& mask) const { return toMaskOutline(mask, p); }
    double operator()(const Keypoints& keypoints) const {
        double nearest = hasBox(keypoints) ? toRectOutline(keypoints.box, p) : kInfinity;
        for (const auto& item : keypoints.items)
            if (item.visibility) nearest = std::min(nearest, std::hypot(p.x - item.at.x, p.y - item.at.y));
        return nearest;
    }
    double operator()(const RotatedBox& box) const {
        const auto c = corners(box);
        return toRing({c.begin(), c.end()}, p);
    }
    double operator()(const Ellipse& e) const { return toRing(ringOf(e), p); }
    double operator()(const Polyline& line) const {
        double nearest = line.points.empty() ? kInfinity : toSegment(p, line.points.front(), line.points.front());
        for (std::size_t k = 1; k < line.points.size(); ++k)
            nearest = std::min(nearest, toSegment(p, line.points[k - 1], line.points[k]));
        return nearest;
    }
    double operator()(const Dot& dot) const { return std::hypot(p.x - dot.at.x, p.y - dot.at.y); }
};

}  // namespace

Rect Rect::united(const Rect& o) const {
    const double left = std::min(x, o.x), top = std::min(y, o.y);
    return {left, top, std::max(x + w, o.x + o.w) - left, std::max(y + h, o.y + o.h) - top};
}

std::string_view kindName(const Shape& shape) {
    return kKindNames[shape.index()];
}

std::array<Point, 4> corners(const RotatedBox& box) {
    const double c = std::cos(box.angle), s = std::sin(box.angle), w = box.w / 2, h = box.h / 2;
    auto at = [&](double x, double y) { return Point{box.centre.x + c * x - s * y, box.centre.y + s * x + c * y}; };
    return {at(-w, -h), at(w, -h), at(w, h), at(-w, h)};
}

// A chord of n equal steps leaves r (1 - cos(pi / n)) between itself and the arc.
std::vector<Point> ringOf(const Ellipse& e, double tolerance) {
    const double r = std::max({e.rx, e.ry, 1e-9});
    const double step = std::acos(std::clamp(1 - tolerance / r, 0.0, 1.0));
    const int n = std::clamp(int(std::ceil(std::numbers::pi / std::max(step, 1e-3))), 8, 720);
    const double c = std::cos(e.angle), s = std::sin(e.angle);
    std::vector<Point> ring;
    for (int k = 0; k < n; ++k) {
        const double t = 2 * std::numbers::pi * k / n, x = e.rx * std::cos(t), y = e.ry * std::sin(t);
        ring.push_back({e.centre.x + c * x - s * y, e.centre.y + s * x + c * y});
    }
    return ring;
}

Rect bounds(const Shape& shape) {
    return std::visit(BoundsOf{}, shape);
}
double area(const Shape& shape) {
    return std::visit(AreaOf{}, shape);
}
bool contains(const Shape& shape, Point p) {
    return std::visit(ContainsPoint{p}, shape);
}
double distanceToOutline(const Shape& shape, Point p) {
    return std::visit(DistanceFrom{p}, shape);
}

}  // namespace lathe::annot
