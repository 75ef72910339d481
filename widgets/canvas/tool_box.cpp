#include "widgets/canvas/tool_box.h"

#include <algorithm>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

annot::Rect CornersTool::rect(const Pointer& p) {
    const annot::Point to = snap().place(p);
    double w = to.x - m_corner.x, h = to.y - m_corner.y;
    if (p.keys & Qt::ShiftModifier) {
        const double side = std::max(std::fabs(w), std::fabs(h));
        w = std::copysign(side, w);
        h = std::copysign(side, h);
    }
    const bool middle = p.keys & Qt::AltModifier;
    const double x = middle ? m_corner.x - w : m_corner.x, y = middle ? m_corner.y - h : m_corner.y;
    if (middle) w *= 2, h *= 2;
    const annot::Rect r{std::min(x, x + w), std::min(y, y + h), std::fabs(w), std::fabs(h)};
    if (!host().keepInside()) return r;
    const annot::Rect in = host().document().imageRect();
    const double x0 = std::clamp(r.x, in.x, in.x + in.w), y0 = std::clamp(r.y, in.y, in.y + in.h);
    const double x1 = std::clamp(r.x + r.w, in.x, in.x + in.w), y1 = std::clamp(r.y + r.h, in.y, in.y + in.h);
    return {x0, y0, x1 - x0, y1 - y0};
}

void CornersTool::press(const Pointer& p) {
    if (drawing()) {
        m_second = true;
        return;
    }
    if (gripPress(p) || !begin()) return;
    m_from = p;
    m_corner = snap().place(p);
    m_second = false;
}

void CornersTool::hover(const Pointer& p) {
    if (drawing()) show(shapeOf(rect(p)));
}

void CornersTool::release(const Pointer& p) {
    if (gripRelease() || !drawing()) return;
    const bool click = isClick(m_from, p);
    if (click && m_second) return cancel();
    if (click) return;
    const annot::Rect r = rect(p);
    if (r.w <= 0 || r.h <= 0) return cancel();
    finish(shapeOf(r));
}

const ToolModes* BoxTool::modes() const {
    static const ToolModes all{"box.mode",
                               QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "How a box is drawn"),
                               {QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Two corners"),
                                QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Four extremes")}};
    return &all;
}

annot::Rect BoxTool::extent(annot::Point with) const {
    double x0 = with.x, y0 = with.y, x1 = with.x, y1 = with.y;
    for (const annot::Point p : m_extremes) {
        x0 = std::min(x0, p.x), y0 = std::min(y0, p.y);
        x1 = std::max(x1, p.x), y1 = std::max(y1, p.y);
    }
    return {x0, y0, x1 - x0, y1 - y0};
}

void BoxTool::press(const Pointer& p) {
    if (mode() == 0) return CornersTool::press(p);
    if (gripPress(p) || (!drawing() && !begin())) return;
    const annot::Point at = snap().place(p);
    const annot::Rect r = extent(at);
    m_extremes.push_back(at);
    if (m_extremes.size() < 4) return hover(p);
    if (r.w <= 0 || r.h <= 0) return cancel();
    finish(annot::Box{r});
}

void BoxTool::release(const Pointer& p) {
    if (mode() == 0) return CornersTool::release(p);
    gripRelease();
}

void BoxTool::hover(const Pointer& p) {
    if (mode() == 0) return CornersTool::hover(p);
    if (drawing()) show(annot::Box{extent(snap().place(p))});
}

void BoxTool::takeBack() {
    if (m_extremes.size() < 2) return cancel();
    m_extremes.pop_back();
    hover(now());
}

void BoxTool::forget() {
    CornersTool::forget();
    m_extremes.clear();
}

void BoxTool::paint(QPainter& painter) {
    CornersTool::paint(painter);
    painter.setPen(QPen(QColor(0, 0, 0, 160), host().ratio()));
    painter.setBrush(Qt::white);
    for (const annot::Point p : m_extremes)
        painter.drawEllipse(host().viewport().toDevice(p), 3.5 * host().ratio(), 3.5 * host().ratio());
}

}  // namespace lathe::widgets::canvas
