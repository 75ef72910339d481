#include "widgets/canvas/tool_rotated_box.h"

#include <cmath>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

annot::RotatedBox RotatedBoxTool::upright(annot::Point to) const {
    const annot::Point a = m_points[0];
    return {{(a.x + to.x) / 2, (a.y + to.y) / 2}, std::fabs(to.x - a.x), std::fabs(to.y - a.y), 0};
}

// The first side is the width; how far the point is from it is the height, on whichever side it lies.
annot::RotatedBox RotatedBoxTool::along(annot::Point to) const {
    const annot::Point a = m_points[0], b = m_points[1];
    const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
    if (length <= 0) return {a, 0, 0, 0};
    const double nx = -dy / length, ny = dx / length, h = (to.x - a.x) * nx + (to.y - a.y) * ny;
    return {{(a.x + b.x + nx * h) / 2, (a.y + b.y + ny * h) / 2}, length, std::fabs(h), std::atan2(dy, dx)};
}

void RotatedBoxTool::finishIfReal(const annot::RotatedBox& box) {
    if (box.w <= 0 || box.h <= 0) return cancel();
    const annot::Rect in = host().document().imageRect();
    finish(host().keepInside() ? annot::keptInside(box, in.w, in.h) : annot::Shape(box));
}

void RotatedBoxTool::press(const Pointer& p) {
    if (gripPress(p) || (!drawing() && !begin())) return;
    const annot::Point at = snap().place(p);
    if (m_points.size() == 2) return finishIfReal(along(at));
    m_points.push_back(at);
    m_from = p;
    m_pressed = m_points.size() == 1;
    hover(p);
}

void RotatedBoxTool::release(const Pointer& p) {
    if (gripRelease() || !std::exchange(m_pressed, false) || !drawing()) return;
    if (!isClick(m_from, p)) finishIfReal(upright(snap().place(p)));
}

void RotatedBoxTool::hover(const Pointer& p) {
    if (!drawing() || m_points.empty()) return;
    const annot::Point at = snap().place(p);
    if (m_points.size() == 2)
        show(along(at));
    else if (m_pressed && !isClick(m_from, p))
        show(upright(at));
    else
        show(annot::Polyline{{m_points[0], at}});
}

void RotatedBoxTool::takeBack() {
    if (m_points.size() < 2) return cancel();
    m_points.pop_back();
    hover(now());
}

void RotatedBoxTool::forget() {
    m_points.clear();
    m_pressed = false;
}

void RotatedBoxTool::paint(QPainter& painter) {
    DrawTool::paint(painter);
    painter.setPen(QPen(QColor(0, 0, 0, 160), host().ratio()));
    painter.setBrush(Qt::white);
    for (const annot::Point p : m_points)
        painter.drawEllipse(host().viewport().toDevice(p), 3.5 * host().ratio(), 3.5 * host().ratio());
}

}  // namespace lathe::widgets::canvas
