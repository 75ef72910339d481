#include "core/annot/rings.h"

#include <algorithm>
#include <cmath>

namespace lathe::annot {
namespace {

constexpr double kFarthest = 1e9;

struct RingsOf {
    double tolerance;
    std::vector<Ring> operator()(const Box& box) const {
        const Rect& r = box.rect;
        return {{{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}}};
    }
    std::vector<Ring> operator()(const RotatedBox& box) const {
        const auto c = corners(box);
        return {{c.begin(), c.end()}};
    }
    std::vector<Ring> operator()(const Ellipse& e) const { return {ringOf(e, tolerance)}; }
    std::vector<Ring> operator()(const Polygon& polygon) const { return polygon.rings; }
    template <class Other>
    std::vector<Ring> operator()(const Other&) const {
        return {};
    }
};

struct Farthest {
    std::size_t place = 0;
    double distance = -1;
};

Farthest farthestFrom(std::span<const Point> line, std::size_t first, std::size_t last) {
    Farthest best;
    for (std::size_t k = first + 1; k < last; ++k)
        if (const double d = distanceToSegment(line[k], line[first], line[last]); d > best.distance) best = {k, d};
    return best;
}

// Three of the places, far from each other, of a ring that would collapse.
Ring triangle(const Ring& ring, std::size_t opposite) {
    const Farthest one = farthestFrom(ring, 0, opposite);
    Farthest other;
    for (std::size_t k = opposite + 1; k < ring.size(); ++k)
        if (const double d = distanceToSegment(ring[k], ring[0], ring[opposite]); d > other.distance) other = {k, d};
    if (one.distance >= other.distance) return {ring[0], ring[one.place], ring[opposite]};
    return {ring[0], ring[opposite], ring[other.place]};
}

}  // namespace

std::vector<Ring> ringsOf(const Shape& shape, double tolerance) {
    return std::visit(RingsOf{tolerance}, shape);
}

Result<> checkPoints(std::span<const Point> points) {
    for (const Point p : points)
        if (!(std::abs(p.x) <= kFarthest && std::abs(p.y) <= kFarthest))
            return fail(ErrorCode::InvalidData, "the shape has a point that isn't a number or lies too far out; mend its numbers");
    return {};
}

Result<> checkRings(const std::vector<Ring>& rings) {
    for (const Ring& ring : rings) LATHE_CHECK(checkPoints(ring));
    return {};
}

Point nearestOnSegment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return {a.x + t * dx, a.y + t * dy};
}

double distanceToSegment(Point p, Point a, Point b) {
    const Point q = nearestOnSegment(p, a, b);
    return std::hypot(p.x - q.x, p.y - q.y);
}

double shoelace(const Ring& ring) {
    double sum = 0;
    for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++)
        sum += ring[before].x * ring[k].y - ring[k].x * ring[before].y;
    return sum;
}

std::vector<std::size_t> placesKept(std::span<const Point> line, double tolerance) {
    if (line.size() < 2) return line.empty() ? std::vector<std::size_t>{} : std::vector<std::size_t>{0};
    std::vector<std::size_t> kept{0, line.size() - 1};
    std::vector<std::pair<std::size_t, std::size_t>> waiting{{0, line.size() - 1}};
    while (!waiting.empty()) {
        const auto [first, last] = waiting.back();
        waiting.pop_back();
        const Farthest far = farthestFrom(line, first, last);
        if (far.distance <= tolerance) continue;
        kept.push_back(far.place);
        waiting.push_back({first, far.place});
        waiting.push_back({far.place, last});
    }
    std::ranges::sort(kept);
    return kept;
}

// Split at the first point and the one that is farthest from it.
Ring simplifiedRing(const Ring& ring, double tolerance) {
    if (ring.size() <= 3) return ring;
    std::size_t opposite = 0;
    auto reach = [&](std::size_t k) { return std::hypot(ring[k].x - ring[0].x, ring[k].y - ring[0].y); };
    for (std::size_t k = 1; k < ring.size(); ++k)
        if (reach(k) > reach(opposite)) opposite = k;
    if (opposite == 0) return {ring[0], ring[1], ring[2]};
    Ring closed = ring;
    closed.push_back(ring.front());
    const std::span<const Point> all(closed);
    Ring out;
    for (const std::size_t k : placesKept(all.first(opposite + 1), tolerance)) out.push_back(all[k]);
    for (const std::size_t k : placesKept(all.subspan(opposite), tolerance))
        if (k > 0) out.push_back(all[opposite + k]);
    out.pop_back();
    return out.size() < 3 ? triangle(ring, opposite) : out;
}

Ring cutCorners(const Ring& ring) {
    Ring out;
    out.reserve(2 * ring.size());
    for (std::size_t k = 0; k < ring.size(); ++k) {
        const Point a = ring[k], b = ring[(k + 1) % ring.size()];
        out.push_back({0.75 * a.x + 0.25 * b.x, 0.75 * a.y + 0.25 * b.y});
        out.push_back({0.25 * a.x + 0.75 * b.x, 0.25 * a.y + 0.75 * b.y});
    }
    return out;
}

}  // namespace lathe::annot
