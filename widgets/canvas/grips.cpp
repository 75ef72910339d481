#include "widgets/canvas/grips.h"

#include <algorithm>
#include <cmath>

namespace lathe::widgets::canvas {

namespace {

constexpr double kApart = 12;  // logical pixels between handles

bool editable(const annot::Annotation& a) {
    return !(a.flags & (annot::Locked | annot::Hidden));
}
double distance(QPointF a, QPointF b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

annot::Point sidePoint(const annot::Rect& r, int h, int v) {
    return {r.x + r.w * (h + 1) / 2, r.y + r.h * (v + 1) / 2};
}

std::vector<Grip> boxGrips(const annot::Rect& r) {
    std::vector<Grip> grips;
    for (int v = -1; v <= 1; ++v)
        for (int h = -1; h <= 1; ++h)
            if (h || v) grips.push_back({Grip::Side, h, v, 0, 0, sidePoint(r, h, v)});
    return grips;
}

double edgeDistance(QPointF a, QPointF b, QPointF p) {
    const QPointF d = b - a, q = p - a;
    const double length2 = QPointF::dotProduct(d, d);
    const double t = length2 > 0 ? std::clamp(QPointF::dotProduct(q, d) / length2, 0.0, 1.0) : 0;
    return distance(a + d * t, p);
}

Grip nearestVertex(const annot::Polygon& polygon, const Viewport& view, QPointF device, double slack) {
    Grip best;
    double nearest = slack;
    for (int r = 0; r < int(polygon.rings.size()); ++r)
        for (int i = 0; i < int(polygon.rings[std::size_t(r)].size()); ++i) {
            const annot::Point p = polygon.rings[std::size_t(r)][std::size_t(i)];
            if (const double d = distance(view.toDevice(p), device); d <= nearest)
                nearest = d, best = {Grip::Vertex, 0, 0, r, i, p};
        }
    return best;
}

Grip nearestEdge(const annot::Polygon& polygon, const Viewport& view, QPointF device, double slack) {
    Grip best;
    double nearest = slack;
    for (int r = 0; r < int(polygon.rings.size()); ++r) {
        const auto& ring = polygon.rings[std::size_t(r)];
        for (int i = 0; i < int(ring.size()); ++i) {
            const QPointF a = view.toDevice(ring[std::size_t(i)]), b = view.toDevice(ring[std::size_t(i + 1) % ring.size()]);
            if (const double d = edgeDistance(a, b, device); d <= nearest)
                nearest = d, best = {Grip::Edge, 0, 0, r, i, ring[std::size_t(i)]};
        }
    }
    return best;
}

annot::Rect resized(const annot::Rect& r, const Grip& grip, annot::Point to, bool square) {
    double x0 = r.x, y0 = r.y, x1 = r.x + r.w, y1 = r.y + r.h;
    if (grip.h < 0) x0 = to.x;
    if (grip.h > 0) x1 = to.x;
    if (grip.v < 0) y0 = to.y;
    if (grip.v > 0) y1 = to.y;
    if (square && grip.h && grip.v && r.w > 0 && r.h > 0) {
        const double k = std::max(std::fabs(x1 - x0) / r.w, std::fabs(y1 - y0) / r.h);
        (grip.h < 0 ? x0 : x1) = grip.h < 0 ? x1 - k * r.w : x0 + k * r.w;
        (grip.v < 0 ? y0 : y1) = grip.v < 0 ? y1 - k * r.h : y0 + k * r.h;
    }
    return {std::min(x0, x1), std::min(y0, y1), std::fabs(x1 - x0), std::fabs(y1 - y0)};
}

}  // namespace

std::vector<Grip> gripsOf(const annot::Annotation& shape, const Viewport& view, double ratio) {
    if (!editable(shape)) return {};
    if (const auto* box = std::get_if<annot::Box>(&shape.shape)) return boxGrips(box->rect);
    std::vector<Grip> grips;
    const auto* polygon = std::get_if<annot::Polygon>(&shape.shape);
    for (int r = 0; polygon && r < int(polygon->rings.size()); ++r) {
        QPointF last(1e9, 1e9);
        const auto& ring = polygon->rings[std::size_t(r)];
        for (int i = 0; i < int(ring.size()) && grips.size() < 4000; ++i) {
            const QPointF at = view.toDevice(ring[std::size_t(i)]);
            if (distance(at, last) < kApart * ratio) continue;
            last = at;
            grips.push_back({Grip::Vertex, 0, 0, r, i, ring[std::size_t(i)]});
        }
    }
    return grips;
}

Grip gripAt(const annot::Annotation& shape, const Viewport& view, QPointF device, double slack) {
    if (!editable(shape)) return {};
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape.shape)) {
        if (const Grip vertex = nearestVertex(*polygon, view, device, slack)) return vertex;
        return nearestEdge(*polygon, view, device, slack / 2);
    }
    const auto* box = std::get_if<annot::Box>(&shape.shape);
    if (!box) return {};
    Grip best;
    double nearest = slack;
    for (const Grip& g : boxGrips(box->rect))
        if (const double d = distance(view.toDevice(g.at), device); d <= nearest) nearest = d, best = g;
    if (best) return best;
    const QRectF r = view.toDevice(box->rect);  // the whole side can be taken
    const bool overX = device.x() > r.left() && device.x()<r.right(), overY = device.y()> r.top() && device.y() < r.bottom();
    const double side = slack / 2;
    if (overY && std::fabs(device.x() - r.left()) <= side) return {Grip::Side, -1, 0, 0, 0, sidePoint(box->rect, -1, 0)};
    if (overY && std::fabs(device.x() - r.right()) <= side) return {Grip::Side, 1, 0, 0, 0, sidePoint(box->rect, 1, 0)};
    if (overX && std::fabs(device.y() - r.top()) <= side) return {Grip::Side, 0, -1, 0, 0, sidePoint(box->rect, 0, -1)};
    if (overX && std::fabs(device.y() - r.bottom()) <= side) return {Grip::Side, 0, 1, 0, 0, sidePoint(box->rect, 0, 1)};
    return {};
}

Qt::CursorShape cursorOf(const Grip& grip) {
    if (grip.kind == Grip::Edge) return Qt::SizeAllCursor;
    if (grip.kind == Grip::Vertex) return Qt::PointingHandCursor;
    if (grip.h == 0) return Qt::SizeVerCursor;
    if (grip.v == 0) return Qt::SizeHorCursor;
    return grip.h == grip.v ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor;
}

annot::Shape dragged(const annot::Shape& shape, const Grip& grip, annot::Point to, bool square) {
    if (const auto* box = std::get_if<annot::Box>(&shape)) return annot::Box{resized(box->rect, grip, to, square)};
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape); polygon && grip.kind == Grip::Vertex) {
        annot::Polygon moved = *polygon;
        moved.rings.at(std::size_t(grip.ring)).at(std::size_t(grip.point)) = to;
        return moved;
    }
    return shape;
}

annot::Shape withVertex(const annot::Shape& shape, const Grip& edge, annot::Point at) {
    annot::Polygon polygon = std::get<annot::Polygon>(shape);
    auto& ring = polygon.rings.at(std::size_t(edge.ring));
    ring.insert(ring.begin() + edge.point + 1, at);
    return polygon;
}

annot::Shape withoutVertex(const annot::Shape& shape, const Grip& vertex) {
    annot::Polygon polygon = std::get<annot::Polygon>(shape);
    auto& ring = polygon.rings.at(std::size_t(vertex.ring));
    if (ring.size() > 3) ring.erase(ring.begin() + vertex.point);
    return polygon;
}

}  // namespace lathe::widgets::canvas
