#include "widgets/canvas/snap.h"

#include <algorithm>
#include <cmath>

#include "widgets/canvas/document.h"
#include "widgets/canvas/grips.h"
#include "widgets/canvas/outline.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kNear = 8;  // logical pixels

annot::Point onSegment(annot::Point a, annot::Point b, annot::Point p, double* at = nullptr) {
    const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    const double t = length2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0;
    if (at) *at = t;
    return {a.x + t * dx, a.y + t * dy};
}

double distance(annot::Point a, annot::Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

annot::Point point(Vec v) {
    return {double(v.x), double(v.y)};
}

/// The nearest vertex and the nearest edge of what was looked at.
struct Search {
    annot::Point p;
    double vertex, edge;
    Snap atVertex = {}, atEdge = {};

    void ring(ShapeRef s, std::uint32_t r) {
        const auto points = s.store->ring(r);
        const std::size_t number = r - s.head().firstRing;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const annot::Point a = point(points[i]);
            if (const double d = distance(a, p); d < vertex) vertex = d, atVertex = {Snap::Vertex, a, s.head().id, number};
            const annot::Point on = onSegment(a, point(points[i + 1 == points.size() ? 0 : i + 1]), p);
            if (const double d = distance(on, p); d < edge) edge = d, atEdge = {Snap::Edge, on, s.head().id, number};
        }
    }
};

/// Where on a ring a point lies: on the edge that starts at `index`, `t` of its length from there.
struct Place {
    std::size_t index = 0;
    double t = 0;
    annot::Point at;
    double off = 1e300;
};

Place placeOn(std::span<const annot::Point> ring, bool closed, annot::Point p) {
    Place best;
    for (std::size_t i = 0; i + (closed ? 0 : 1) < ring.size(); ++i) {
        double t = 0;
        const annot::Point on = onSegment(ring[i], ring[(i + 1) % ring.size()], p, &t);
        if (const double d = distance(on, p); d < best.off) best = {i, t, on, d};
    }
    return best;
}

std::vector<annot::Point> forward(std::span<const annot::Point> ring, const Place& from, const Place& to) {
    std::vector<annot::Point> path{from.at};
    const std::size_t n = ring.size();
    const bool around = to.index < from.index || (to.index == from.index && to.t < from.t);
    const std::size_t steps = (to.index + (around ? n : 0)) - from.index;
    for (std::size_t k = 1; k <= steps; ++k) path.push_back(ring[(from.index + k) % n]);
    path.push_back(to.at);
    path.erase(std::unique(path.begin(), path.end()), path.end());
    return path;
}

double lengthOf(const std::vector<annot::Point>& path) {
    double sum = 0;
    for (std::size_t i = 1; i < path.size(); ++i) sum += distance(path[i - 1], path[i]);
    return sum;
}

// The scene's points are floats; the shape's own are what two neighbours must share bit for bit.
annot::Point exact(const annot::Annotation* a, const Snap& snap) {
    if (!a) return snap.at;
    const auto border = borderOf(a->shape, snap.ring);
    if (border.empty()) return snap.at;
    if (snap.kind == Snap::Edge) return placeOn(border, isClosed(a->shape), snap.at).at;
    return *std::min_element(border.begin(), border.end(),
                             [&](annot::Point u, annot::Point v) { return distance(u, snap.at) < distance(v, snap.at); });
}

}  // namespace

Snap Snapper::near(const Pointer& p, std::int64_t except) const {
    Document& doc = m_host.document();
    if (!doc.scene()) return {};
    const double reach = kNear * m_host.ratio() / m_host.viewport().scale;
    Search search{p.image, reach, reach};
    const Bounds around = Bounds::around({float(p.image.x), float(p.image.y)}, float(reach));
    doc.scene()->query(around, [&](ShapeRef s) {
        const Head& h = s.head();
        if (h.suggestion || h.id == except || (h.flags & annot::Hidden) || !doc.scene()->shows(h)) return;
        for (std::uint32_t r = h.firstRing; r < h.firstRing + h.rings; ++r) search.ring(s, r);
    });
    Snap snap = search.atVertex ? search.atVertex : search.atEdge;
    if (snap) snap.at = exact(doc.find(AnnotationId(snap.id)), snap);
    return snap;
}

annot::Point Snapper::place(const Pointer& p, std::int64_t except) {
    m_last = isOn() ? near(p, except) : Snap{};
    const annot::Point at = m_last ? m_last.at : p.image;
    if (!m_host.keepInside()) return at;
    const annot::Rect in = m_host.document().imageRect();
    return {std::clamp(at.x, in.x, in.x + in.w), std::clamp(at.y, in.y, in.y + in.h)};
}

void Snapper::paint(QPainter& painter) const {
    if (!m_last) return;
    const QPointF at = m_host.viewport().toDevice(m_last.at);
    const double r = 6 * m_host.ratio();
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, width] : {std::pair{QColor(0, 0, 0, 160), 4.0}, {QColor(255, 255, 255), 1.5}}) {
        painter.setPen(QPen(colour, width * m_host.ratio()));
        if (m_last.kind == Snap::Vertex) {
            painter.drawRect(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r));
        } else {
            painter.drawLine(at + QPointF(-r, -r), at + QPointF(r, r));
            painter.drawLine(at + QPointF(-r, r), at + QPointF(r, -r));
        }
    }
}

std::vector<annot::Point> borderOf(const annot::Shape& shape, std::size_t ring) {
    if (ring < ringCount(shape)) {
        const auto own = ringOf(shape, ring);
        return {own.begin(), own.end()};
    }
    std::vector<annot::Point> border;
    if (const auto* box = std::get_if<annot::Box>(&shape)) {
        const annot::Rect& r = box->rect;
        return {{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}};
    }
    if (const auto* turned = std::get_if<annot::RotatedBox>(&shape)) {
        const auto four = annot::corners(*turned);
        return {four.begin(), four.end()};
    }
    const auto rings = outlineOf(shape);
    if (ring < rings.size())
        for (const Vec v : rings[ring]) border.push_back(point(v));
    return border;
}

std::vector<annot::Point> pathAlong(std::span<const annot::Point> ring, bool closed, annot::Point from, annot::Point to,
                                    bool longer) {
    if (ring.size() < 2) return {from, to};
    const Place a = placeOn(ring, closed, from), b = placeOn(ring, closed, to);
    auto back = [&] {
        auto path = forward(ring, b, a);
        std::reverse(path.begin(), path.end());
        return path;
    };
    if (!closed) return a.index < b.index || (a.index == b.index && a.t <= b.t) ? forward(ring, a, b) : back();
    auto one = forward(ring, a, b), other = back();
    return (lengthOf(one) <= lengthOf(other)) != longer ? one : other;
}

double distanceToRing(std::span<const annot::Point> ring, bool closed, annot::Point p) {
    if (ring.size() == 1) return distance(ring[0], p);
    return placeOn(ring, closed, p).off;
}

}  // namespace lathe::widgets::canvas
