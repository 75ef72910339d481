#include "widgets/canvas/grips.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe::widgets::canvas {

namespace {

constexpr double kApart = 12, kStalk = 22,
                 kRoom = 30;  // logical pixels: between handles, to the one that turns, for those of sides
constexpr std::size_t kMostGrips = 800;
constexpr double kStep = std::numbers::pi / 12;

bool editable(const annot::Annotation& a) {
    return !(a.flags & (annot::Locked | annot::Hidden)) && !std::holds_alternative<annot::ImageLabel>(a.shape);
}
double distance(QPointF a, QPointF b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

bool isFramed(const annot::Shape& shape, Handles handles) {
    if (std::holds_alternative<annot::Dot>(shape)) return false;
    const bool pointed = ringCount(shape) > 0 || std::holds_alternative<annot::Keypoints>(shape);
    return !pointed || handles == Handles::Frame;
}

// A box that is turned becomes another kind: only where frames are asked for. A mask can't be turned.
bool turns(const annot::Shape& shape, Handles handles) {
    if (std::holds_alternative<annot::Mask>(shape)) return false;
    return handles == Handles::Frame || !std::holds_alternative<annot::Box>(shape);
}

std::vector<Grip> frameGrips(const Frame& frame, const Viewport& view, double ratio, bool turning) {
    std::vector<Grip> grips;
    const bool wide = frame.w * view.scale >= kRoom * ratio, high = frame.h * view.scale >= kRoom * ratio;
    for (int v = -1; v <= 1; ++v)
        for (int h = -1; h <= 1; ++h)
            if ((h || v) && (h || wide) && (v || high)) grips.push_back({Grip::Side, h, v, 0, 0, frame.at(h, v)});
    if (!turning) return grips;
    const double stalk = kStalk * ratio / view.scale;
    const annot::Point top = frame.at(0, -1);
    grips.push_back({Grip::Turn, 0, 0, 0, 0, {top.x + stalk * std::sin(frame.angle), top.y - stalk * std::cos(frame.angle)}});
    return grips;
}

void addPoints(std::vector<Grip>& grips, std::span<const annot::Point> points, int ring, const Viewport& view, double ratio) {
    QPointF last(1e9, 1e9);
    const QRectF seen = QRectF(QPointF(), QSizeF(view.size)).adjusted(-8, -8, 8, 8);
    for (std::size_t i = 0; i < points.size() && grips.size() < kMostGrips; ++i) {
        const QPointF at = view.toDevice(points[i]);
        if (!seen.contains(at) || distance(at, last) < kApart * ratio) continue;
        last = at;
        grips.push_back({Grip::Vertex, 0, 0, ring, int(i), points[i]});
    }
}

std::vector<Grip> jointGrips(const annot::Keypoints& points) {
    std::vector<Grip> grips;
    for (std::size_t i = 0; i < points.items.size(); ++i)
        if (points.items[i].visibility)
            grips.push_back({Grip::Vertex, points.items[i].visibility, 0, 0, int(i), points.items[i].at});
    return grips;
}

double edgeDistance(QPointF a, QPointF b, QPointF p) {
    const QPointF d = b - a, q = p - a;
    const double length2 = QPointF::dotProduct(d, d);
    const double t = length2 > 0 ? std::clamp(QPointF::dotProduct(q, d) / length2, 0.0, 1.0) : 0;
    return distance(a + d * t, p);
}

Grip nearest(const std::vector<Grip>& grips, const Viewport& view, QPointF device, double slack) {
    Grip best;
    double least = slack;
    for (const Grip& g : grips)
        if (const double d = distance(view.toDevice(g.at), device); d <= least) least = d, best = g;
    return best;
}

Grip nearestVertex(const annot::Shape& shape, const Viewport& view, QPointF device, double slack) {
    Grip best;
    double least = slack;
    for (std::size_t r = 0; r < ringCount(shape); ++r) {
        const auto ring = ringOf(shape, r);
        for (std::size_t i = 0; i < ring.size(); ++i)
            if (const double d = distance(view.toDevice(ring[i]), device); d <= least)
                least = d, best = {Grip::Vertex, 0, 0, int(r), int(i), ring[i]};
    }
    return best;
}

Grip nearestEdge(const annot::Shape& shape, const Viewport& view, QPointF device, double slack) {
    Grip best;
    double least = slack;
    for (std::size_t r = 0; r < ringCount(shape); ++r) {
        const auto ring = ringOf(shape, r);
        for (std::size_t i = 0; i + (isClosed(shape) ? 0 : 1) < ring.size(); ++i) {
            const QPointF a = view.toDevice(ring[i]), b = view.toDevice(ring[(i + 1) % ring.size()]);
            if (const double d = edgeDistance(a, b, device); d <= least)
                least = d, best = {Grip::Edge, 0, 0, int(r), int(i), ring[i]};
        }
    }
    return best;
}

// The whole side of a frame can be taken.
Grip sideAt(const Frame& frame, const Viewport& view, QPointF device, double slack) {
    for (const auto& [h, v] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
        const QPointF a = view.toDevice(frame.at(h ? h : -1, v ? v : -1)), b = view.toDevice(frame.at(h ? h : 1, v ? v : 1));
        if (edgeDistance(a, b, device) <= slack) return {Grip::Side, h, v, 0, 0, frame.at(h, v)};
    }
    return {};
}

Grip frameGripAt(const Frame& frame, const Viewport& view, QPointF device, double slack, double ratio, bool turning) {
    if (const Grip grip = nearest(frameGrips(frame, view, ratio, turning), view, device, slack)) return grip;
    return sideAt(frame, view, device, slack / 2);
}

/// Sides of the frame in its own axes, about its centre.
struct Sides {
    double x0, y0, x1, y1;
};

Frame resized(const Frame& frame, const Grip& grip, annot::Point to, bool even) {
    const double c = std::cos(frame.angle), s = std::sin(frame.angle), dx = to.x - frame.centre.x, dy = to.y - frame.centre.y;
    const double u = c * dx + s * dy, v = c * dy - s * dx;
    Sides r{-frame.w / 2, -frame.h / 2, frame.w / 2, frame.h / 2};
    if (grip.h < 0) r.x0 = u;
    if (grip.h > 0) r.x1 = u;
    if (grip.v < 0) r.y0 = v;
    if (grip.v > 0) r.y1 = v;
    if (even && grip.h && grip.v && frame.w > 0 && frame.h > 0) {
        const double k = std::max(std::fabs(r.x1 - r.x0) / frame.w, std::fabs(r.y1 - r.y0) / frame.h);
        (grip.h < 0 ? r.x0 : r.x1) = grip.h < 0 ? r.x1 - k * frame.w : r.x0 + k * frame.w;
        (grip.v < 0 ? r.y0 : r.y1) = grip.v < 0 ? r.y1 - k * frame.h : r.y0 + k * frame.h;
    }
    const double mx = (r.x0 + r.x1) / 2, my = (r.y0 + r.y1) / 2;
    return {{frame.centre.x + c * mx - s * my, frame.centre.y + s * mx + c * my},
            std::fabs(r.x1 - r.x0),
            std::fabs(r.y1 - r.y0),
            frame.angle};
}

// The sides that stay keep their numbers bit for bit.
annot::Rect resized(const annot::Rect& r, const Grip& grip, annot::Point to, bool even) {
    double x0 = r.x, y0 = r.y, x1 = r.x + r.w, y1 = r.y + r.h;
    if (grip.h < 0) x0 = to.x;
    if (grip.h > 0) x1 = to.x;
    if (grip.v < 0) y0 = to.y;
    if (grip.v > 0) y1 = to.y;
    if (even && grip.h && grip.v && r.w > 0 && r.h > 0) {
        const double k = std::max(std::fabs(x1 - x0) / r.w, std::fabs(y1 - y0) / r.h);
        (grip.h < 0 ? x0 : x1) = grip.h < 0 ? x1 - k * r.w : x0 + k * r.w;
        (grip.v < 0 ? y0 : y1) = grip.v < 0 ? y1 - k * r.h : y0 + k * r.h;
    }
    return {std::min(x0, x1), std::min(y0, y1), std::fabs(x1 - x0), std::fabs(y1 - y0)};
}

annot::Shape fitted(const annot::Shape& shape, const Frame& from, const Frame& to, bool own) {
    if (own && std::holds_alternative<annot::RotatedBox>(shape)) return annot::RotatedBox{to.centre, to.w, to.h, to.angle};
    if (own && std::holds_alternative<annot::Ellipse>(shape)) return annot::Ellipse{to.centre, to.w / 2, to.h / 2, to.angle};
    return annot::scaled(shape, from.rect(), to.rect());
}

double angleTo(annot::Point from, annot::Point to) {
    return std::atan2(to.y - from.y, to.x - from.x);
}

annot::Shape turned(const annot::Shape& shape, const Frame& frame, const Grip& grip, annot::Point to, bool even) {
    double by = angleTo(frame.centre, to) - angleTo(frame.centre, grip.at);
    if (even) by = std::round((frame.angle + by) / kStep) * kStep - frame.angle;
    return annot::rotated(shape, frame.centre, by);
}

annot::Shape vertexMoved(annot::Shape shape, const Grip& grip, annot::Point to) {
    const auto ring = std::size_t(grip.ring), point = std::size_t(grip.point);
    if (auto* polygon = std::get_if<annot::Polygon>(&shape)) polygon->rings.at(ring).at(point) = to;
    if (auto* line = std::get_if<annot::Polyline>(&shape)) line->points.at(point) = to;
    if (auto* joints = std::get_if<annot::Keypoints>(&shape)) joints->items.at(point).at = to;
    if (auto* dot = std::get_if<annot::Dot>(&shape)) dot->at = to;
    return shape;
}

}  // namespace

annot::Point Frame::at(double u, double v) const {
    const double x = u * w / 2, y = v * h / 2, c = std::cos(angle), s = std::sin(angle);
    return {centre.x + c * x - s * y, centre.y + s * x + c * y};
}

std::span<const annot::Point> ringOf(const annot::Shape& shape, std::size_t ring) {
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape)) return polygon->rings.at(ring);
    if (const auto* line = std::get_if<annot::Polyline>(&shape)) return line->points;
    return {};
}

std::size_t ringCount(const annot::Shape& shape) {
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape)) return polygon->rings.size();
    return std::holds_alternative<annot::Polyline>(shape) ? 1 : 0;
}

Frame frameOf(const annot::Shape& shape) {
    if (const auto* box = std::get_if<annot::RotatedBox>(&shape)) return {box->centre, box->w, box->h, box->angle};
    if (const auto* ellipse = std::get_if<annot::Ellipse>(&shape))
        return {ellipse->centre, 2 * ellipse->rx, 2 * ellipse->ry, ellipse->angle};
    const annot::Rect r = annot::bounds(shape);
    return {{r.x + r.w / 2, r.y + r.h / 2}, r.w, r.h, 0};
}

Frame frameOf(std::span<const annot::Annotation> shapes) {
    annot::Rect all;
    bool first = true;
    for (const auto& a : shapes) {
        if (std::holds_alternative<annot::ImageLabel>(a.shape)) continue;
        all = first ? annot::bounds(a.shape) : all.united(annot::bounds(a.shape));
        first = false;
    }
    return {{all.x + all.w / 2, all.y + all.h / 2}, all.w, all.h, 0};
}

std::vector<Grip> gripsOf(const annot::Annotation& shape, const Viewport& view, double ratio, Handles handles) {
    if (!editable(shape)) return {};
    if (isFramed(shape.shape, handles)) return frameGrips(frameOf(shape.shape), view, ratio, turns(shape.shape, handles));
    if (const auto* joints = std::get_if<annot::Keypoints>(&shape.shape)) return jointGrips(*joints);
    if (const auto* dot = std::get_if<annot::Dot>(&shape.shape)) return {{Grip::Vertex, 0, 0, 0, 0, dot->at}};
    std::vector<Grip> grips;
    for (std::size_t r = 0; r < ringCount(shape.shape); ++r) addPoints(grips, ringOf(shape.shape, r), int(r), view, ratio);
    return grips;
}

std::vector<Grip> gripsOf(std::span<const annot::Annotation> group, const Viewport& view, double ratio) {
    return std::any_of(group.begin(), group.end(), editable) ? frameGrips(frameOf(group), view, ratio, true) : std::vector<Grip>{};
}

Grip gripAt(const annot::Annotation& shape, const Viewport& view, QPointF device, double slack, double ratio, Handles handles) {
    if (!editable(shape)) return {};
    if (isFramed(shape.shape, handles))
        return frameGripAt(frameOf(shape.shape), view, device, slack, ratio, turns(shape.shape, handles));
    if (ringCount(shape.shape) == 0) return nearest(gripsOf(shape, view, ratio, handles), view, device, slack);
    if (const Grip vertex = nearestVertex(shape.shape, view, device, slack)) return vertex;
    return nearestEdge(shape.shape, view, device, slack / 2);
}

Grip gripAt(std::span<const annot::Annotation> group, const Viewport& view, QPointF device, double slack, double ratio) {
    if (std::none_of(group.begin(), group.end(), editable)) return {};
    return frameGripAt(frameOf(group), view, device, slack, ratio, true);
}

Qt::CursorShape cursorOf(const Grip& grip, double angle) {
    if (grip.kind == Grip::Edge) return Qt::SizeAllCursor;
    if (grip.kind == Grip::Vertex) return Qt::PointingHandCursor;
    if (grip.kind == Grip::Turn) return Qt::OpenHandCursor;
    static constexpr Qt::CursorShape kShapes[] = {Qt::SizeHorCursor, Qt::SizeFDiagCursor, Qt::SizeVerCursor, Qt::SizeBDiagCursor};
    const double direction = std::atan2(grip.v, grip.h) + angle;
    return kShapes[std::size_t(std::lround(direction / (std::numbers::pi / 4)) + 16) % 4];
}

annot::Shape dragged(const annot::Shape& shape, const Frame& frame, const Grip& grip, annot::Point to, bool even) {
    if (grip.kind == Grip::Vertex) return vertexMoved(shape, grip, to);
    if (grip.kind == Grip::Turn) return turned(shape, frame, grip, to, even);
    if (grip.kind != Grip::Side) return shape;
    const Frame own = frameOf(shape);
    const bool single = own.centre == frame.centre && own.w == frame.w && own.h == frame.h;
    const auto* box = std::get_if<annot::Box>(&shape);
    if (single && box) return annot::Box{resized(box->rect, grip, to, even)};
    return fitted(shape, frame, resized(frame, grip, to, even), single);
}

annot::Shape withVertex(const annot::Shape& shape, const Grip& edge, annot::Point at) {
    annot::Shape out = shape;
    if (auto* polygon = std::get_if<annot::Polygon>(&out)) {
        auto& ring = polygon->rings.at(std::size_t(edge.ring));
        ring.insert(ring.begin() + edge.point + 1, at);
    }
    if (auto* line = std::get_if<annot::Polyline>(&out)) line->points.insert(line->points.begin() + edge.point + 1, at);
    return out;
}

annot::Shape withoutVertex(const annot::Shape& shape, const Grip& vertex) {
    annot::Shape out = shape;
    const auto point = std::size_t(vertex.point);
    if (auto* polygon = std::get_if<annot::Polygon>(&out)) {
        auto& ring = polygon->rings.at(std::size_t(vertex.ring));
        if (ring.size() > 3) ring.erase(ring.begin() + vertex.point);
    }
    if (auto* line = std::get_if<annot::Polyline>(&out); line && line->points.size() > 2)
        line->points.erase(line->points.begin() + vertex.point);
    if (auto* joints = std::get_if<annot::Keypoints>(&out)) joints->items.at(point).visibility = 0;
    return out;
}

}  // namespace lathe::widgets::canvas
