#include "widgets/canvas/grip_drag.h"

#include <algorithm>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kSlack = 7;                 // logical pixels
constexpr std::size_t kMostTogether = 1000;  // beyond, a group has no frame: finding it would cost the frame

bool within(const annot::Rect& r, const annot::Rect& in) {
    const double e = 1e-9 * (in.w + in.h);
    return r.x >= in.x - e && r.y >= in.y - e && r.x + r.w <= in.x + in.w + e && r.y + r.h <= in.y + in.h + e;
}

const char* labelOf(const Grip& grip) {
    if (grip.kind == Grip::Turn) return "Turn";
    return grip.kind == Grip::Vertex ? "Move vertex" : "Resize";
}

}  // namespace

const annot::Annotation* GripDrag::single() const {
    const auto& selection = m_host.document().selection();
    return selection.size() == 1 ? m_host.document().find(selection.front()) : nullptr;
}

std::vector<annot::Annotation> GripDrag::editable() const {
    if (m_host.document().selection().size() > kMostTogether) return {};
    auto shapes = m_host.document().selected();
    std::erase_if(shapes, [](const annot::Annotation& a) {
        return (a.flags & (annot::Locked | annot::Hidden)) || std::holds_alternative<annot::ImageLabel>(a.shape);
    });
    return shapes;
}

Grip GripDrag::under(const Pointer& p) const {
    const double slack = kSlack * m_host.ratio();
    if (const auto* a = single()) return gripAt(*a, m_host.viewport(), p.device, slack, m_host.ratio(), m_host.handles());
    if (m_host.document().selection().size() < 2) return {};
    return gripAt(editable(), m_host.viewport(), p.device, slack, m_host.ratio());
}

Qt::CursorShape GripDrag::cursor(const Grip& grip) const {
    const auto* a = single();
    return cursorOf(grip, a && grip.kind == Grip::Side ? frameOf(a->shape).angle : 0);
}

bool GripDrag::isGiant() const {
    if (m_grip.kind != Grip::Vertex) return false;
    const ShapeRef s = m_host.document().scene()->find(m_host.document().selection().front().value);
    return s && s.head().giant;
}

bool GripDrag::press(const Pointer& p) {
    const Grip grip = under(p);
    m_vertex = grip.kind == Grip::Vertex ? grip : Grip{};
    if (!grip || grip.kind == Grip::Edge) return false;
    if (grip.kind == Grip::Vertex && (p.keys & Qt::AltModifier)) return removeVertex(), true;
    m_grip = grip;
    m_giant = isGiant();
    m_before = m_giant ? std::vector<annot::Annotation>{} : editable();
    m_frame = m_before.size() == 1 ? frameOf(m_before.front().shape) : frameOf(m_before);
    m_moved = false;
    m_offset = m_host.viewport().toDevice(grip.at) - p.device;
    return true;
}

// A point sticks to others and stays in the picture; a side stays in the picture; the handle that turns goes anywhere.
annot::Point GripDrag::place(const Pointer& p) {
    Pointer moved = p;
    moved.device += m_offset;
    moved.image = m_host.viewport().toImage(moved.device);
    if (m_grip.kind == Grip::Turn) return moved.image;
    if (m_grip.kind == Grip::Vertex) return m_snap.place(moved, m_host.document().selection().front().value);
    if (!m_host.keepInside()) return moved.image;
    const annot::Rect in = m_host.document().imageRect();
    return {std::clamp(moved.image.x, in.x, in.x + in.w), std::clamp(moved.image.y, in.y, in.y + in.h)};
}

bool GripDrag::leaves(const std::vector<annot::Annotation>& shapes) const {
    if (!m_host.keepInside() || m_grip.kind == Grip::Vertex) return false;
    const annot::Rect in = m_host.document().imageRect();
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (!within(annot::bounds(shapes[i].shape), in) && within(annot::bounds(m_before[i].shape), in)) return true;
    return false;
}

void GripDrag::move(const Pointer& p) {
    if (!m_grip) return;
    const annot::Point to = place(p);
    if (m_giant) {
        m_moved = true;
        return m_host.carryPoint(m_host.document().selection().front(), m_grip.ring, m_grip.point, to);
    }
    auto now = m_before;
    for (auto& a : now) a.shape = dragged(a.shape, m_frame, m_grip, to, p.keys & Qt::ShiftModifier);
    if (leaves(now)) return;
    m_moved = true;
    m_host.carry(std::move(now));
}

void GripDrag::release() {
    m_snap.forget();
    const Grip grip = std::exchange(m_grip, {});
    if (!grip || !m_moved) return;
    if (m_giant)
        m_host.dropPoint(labelOf(grip));
    else
        m_host.drop(labelOf(grip));
}

void GripDrag::cancel() {
    m_snap.forget();
    if (m_grip) m_host.putBack();
    m_grip = {};
}

bool GripDrag::insertAt(const Pointer& p) {
    const Grip edge = under(p);
    const auto* a = single();
    if (edge.kind != Grip::Edge || !a) return false;
    annot::Annotation now = *a;
    now.setShape(withVertex(now.shape, edge, m_snap.place(p, now.id.value)));
    m_snap.forget();
    m_host.document().replace("Insert vertex", {std::move(now)});
    return true;
}

bool GripDrag::removeVertex() {
    const auto* a = single();
    if (!m_vertex || !a) return false;
    annot::Annotation now = *a;
    now.setShape(withoutVertex(now.shape, m_vertex));
    m_vertex = {};
    m_host.document().replace("Delete vertex", {std::move(now)});
    return true;
}

void GripDrag::paint(QPainter& painter) const {
    m_snap.paint(painter);
}

}  // namespace lathe::widgets::canvas
