#include "core/annot/moments.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe::annot {
namespace {

double turn(Point o, Point a, Point b) {
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

// Half of the hull: `points` in order, left turns only.
void chain(std::span<const Point> points, bool backwards, Ring& out) {
    const std::size_t base = out.size();
    for (std::size_t k = 0; k < points.size(); ++k) {
        const Point p = points[backwards ? points.size() - 1 - k : k];
        while (out.size() >= base + 2 && turn(out[out.size() - 2], out.back(), p) <= 0) out.pop_back();
        out.push_back(p);
    }
    out.pop_back();
}

// Round all points, with its width along `angle`.
RotatedBox boxAlong(const Ring& points, double angle) {
    const double c = std::cos(angle), s = std::sin(angle);
    double u0 = 1e300, u1 = -1e300, v0 = 1e300, v1 = -1e300;
    for (const Point p : points) {
        const double u = c * p.x + s * p.y, v = c * p.y - s * p.x;
        u0 = std::min(u0, u), u1 = std::max(u1, u), v0 = std::min(v0, v), v1 = std::max(v1, v);
    }
    const double u = (u0 + u1) / 2, v = (v0 + v1) / 2;
    return {{c * u - s * v, s * u + c * v}, u1 - u0, v1 - v0, angle};
}

void addEdge(Moments& m, Point p, Point q) {
    const double cross = p.x * q.y - q.x * p.y;
    m.area += cross / 2;
    m.centre.x += (p.x + q.x) * cross / 6;
    m.centre.y += (p.y + q.y) * cross / 6;
    m.xx += (p.x * p.x + p.x * q.x + q.x * q.x) * cross / 12;
    m.yy += (p.y * p.y + p.y * q.y + q.y * q.y) * cross / 12;
    m.xy += (p.x * q.y + 2 * p.x * p.y + 2 * q.x * q.y + q.x * p.y) * cross / 24;
}

}  // namespace

Moments momentsOf(const std::vector<Ring>& oriented) {
    Moments m;
    if (oriented.empty() || oriented.front().empty()) return m;
    const Point origin = oriented.front().front();
    auto shifted = [origin](Point p) { return Point{p.x - origin.x, p.y - origin.y}; };
    for (const Ring& ring : oriented)
        for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++)
            addEdge(m, shifted(ring[before]), shifted(ring[k]));
    if (!(m.area > 0)) return {};
    m.centre = {m.centre.x / m.area, m.centre.y / m.area};
    m.xx = m.xx / m.area - m.centre.x * m.centre.x;
    m.yy = m.yy / m.area - m.centre.y * m.centre.y;
    m.xy = m.xy / m.area - m.centre.x * m.centre.y;
    m.centre = {m.centre.x + origin.x, m.centre.y + origin.y};
    return m;
}

std::optional<Ellipse> ellipseOf(const Moments& m) {
    const double middle = (m.xx + m.yy) / 2, spread = std::hypot((m.xx - m.yy) / 2, m.xy);
    const double longer = std::sqrt(middle + spread), shorter = std::sqrt(std::max(0.0, middle - spread));
    if (!(m.area > 0 && shorter > 0)) return {};
    const double scale = std::sqrt(m.area / (std::numbers::pi * longer * shorter));
    return Ellipse{m.centre, scale * longer, scale * shorter, 0.5 * std::atan2(2 * m.xy, m.xx - m.yy)};
}

Ring hullOf(std::vector<Point> points) {
    std::ranges::sort(points, {}, [](Point p) { return std::pair(p.x, p.y); });
    points.erase(std::unique(points.begin(), points.end()), points.end());
    if (points.size() < 3) return points;
    Ring hull;
    chain(points, false, hull);
    chain(points, true, hull);
    return hull;
}

std::optional<RotatedBox> smallestBox(const Ring& hull) {
    std::optional<RotatedBox> best;
    if (hull.size() < 3) return best;
    for (std::size_t k = 0; k < hull.size(); ++k) {
        const Point a = hull[k], b = hull[(k + 1) % hull.size()];
        const RotatedBox box = boxAlong(hull, std::atan2(b.y - a.y, b.x - a.x));
        if (!best || box.w * box.h < best->w * best->h) best = box;
    }
    if (!(best->w > 0 && best->h > 0)) return {};
    return best;
}

Point halfWay(std::span<const Point> line) {
    double length = 0;
    for (std::size_t k = 1; k < line.size(); ++k) length += std::hypot(line[k].x - line[k - 1].x, line[k].y - line[k - 1].y);
    double left = length / 2;
    for (std::size_t k = 1; k < line.size(); ++k) {
        const Point a = line[k - 1], b = line[k];
        const double step = std::hypot(b.x - a.x, b.y - a.y);
        if (step >= left && step > 0) return {a.x + left / step * (b.x - a.x), a.y + left / step * (b.y - a.y)};
        left -= step;
    }
    return line.front();
}

}  // namespace lathe::annot
