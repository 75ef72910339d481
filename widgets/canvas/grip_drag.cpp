#include "widgets/canvas/grip_drag.h"

#include <algorithm>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kSlack = 7;  // logical pixels
}

const annot::Annotation* GripDrag::single() const {
    const auto& selection = m_host.document().selection();
    return selection.size() == 1 ? m_host.document().find(selection.front()) : nullptr;
}

annot::Point GripDrag::inside(annot::Point p) const {
    if (!m_host.keepInside()) return p;
    const annot::Rect r = m_host.document().imageRect();
    return {std::clamp(p.x, r.x, r.x + r.w), std::clamp(p.y, r.y, r.y + r.h)};
}

Grip GripDrag::under(const Pointer& p) const {
    const auto* a = single();
    return a ? gripAt(*a, m_host.viewport(), p.device, kSlack * m_host.ratio()) : Grip{};
}

bool GripDrag::press(const Pointer& p) {
    const Grip grip = under(p);
    m_vertex = grip.kind == Grip::Vertex ? grip : Grip{};
    if (!grip || grip.kind == Grip::Edge) return false;
    m_before = *single();
    if (grip.kind == Grip::Vertex && (p.keys & Qt::AltModifier)) return removeVertex(), true;
    m_grip = grip;
    m_moved = false;
    m_offset = m_host.viewport().toDevice(grip.at) - p.device;
    return true;
}

void GripDrag::move(const Pointer& p) {
    if (!m_grip) return;
    annot::Annotation now = m_before;
    const annot::Point to = inside(m_host.viewport().toImage(p.device + m_offset));
    now.shape = dragged(m_before.shape, m_grip, to, p.keys & Qt::ShiftModifier);
    m_moved = true;
    m_host.carry({std::move(now)});
}

void GripDrag::release() {
    if (m_grip && m_moved) m_host.drop(m_grip.kind == Grip::Vertex ? "Move vertex" : "Resize");
    m_grip = {};
}

void GripDrag::cancel() {
    if (m_grip) m_host.putBack();
    m_grip = {};
}

bool GripDrag::insertAt(const Pointer& p) {
    const Grip edge = under(p);
    if (edge.kind != Grip::Edge) return false;
    annot::Annotation now = *single();
    now.shape = withVertex(now.shape, edge, inside(p.image));
    m_host.document().replace("Insert vertex", {std::move(now)});
    return true;
}

bool GripDrag::removeVertex() {
    const auto* a = single();
    if (!m_vertex || !a) return false;
    annot::Annotation now = *a;
    now.shape = withoutVertex(now.shape, m_vertex);
    m_vertex = {};
    m_host.document().replace("Delete vertex", {std::move(now)});
    return true;
}

}  // namespace lathe::widgets::canvas
