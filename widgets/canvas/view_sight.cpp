// View's helps for seeing: crosshair, places to go to.
#include "widgets/canvas/view.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kAround = 1.25, kClosest = 32;  // of a box that is zoomed to; device pixels per pixel
}

void View::setMini(bool on) {
    m_tiles.setMini(on);
    if (on) requestFrame();
}

void View::setCrosshair(bool on) {
    m_crosshair = on;
    update();
}

void View::moveCrosshair(QPointF device) {
    if (!m_crosshair) return;
    const double k = 1 / ratio();
    for (const QPointF at : {std::exchange(m_crossAt, device), device}) {
        const QPoint p = (at * k).toPoint();
        update(QRect(p.x() - 2, 0, 5, height()));
        update(QRect(0, p.y() - 2, width(), 5));
    }
}

void View::paintCrosshair(QPainter& painter) {
    if (m_crossAt.x() < 0) return;
    const QPointF at(std::floor(m_crossAt.x()) + 0.5, std::floor(m_crossAt.y()) + 0.5);
    const QLineF lines[] = {{at.x(), 0, at.x(), double(m_view.size.height())}, {0, at.y(), double(m_view.size.width()), at.y()}};
    painter.setPen(QPen(QColor(0, 0, 0, 128), 3));
    painter.drawLines(lines, 2);
    painter.setPen(QPen(QColor(255, 255, 255), 1));
    painter.drawLines(lines, 2);
}

void View::centreAt(annot::Point at) {
    if (!m_document.isOpen()) return;
    const QPointF middle(m_view.size.width() / 2.0, m_view.size.height() / 2.0);
    panBy(middle - m_view.toDevice(at));
}

void View::zoomToRect(const annot::Rect& box) {
    if (!m_document.isOpen()) return;
    Viewport v = m_view;
    const double w = std::max(box.w, 1.0) * kAround, h = std::max(box.h, 1.0) * kAround;
    v.scale = std::clamp(std::min(v.size.width() / w, v.size.height() / h), std::min(fitScale(), 1.0), kClosest * ratio());
    v.ox = std::round(v.size.width() / 2.0 - (box.x + box.w / 2) * v.scale);
    v.oy = std::round(v.size.height() / 2.0 - (box.y + box.h / 2) * v.scale);
    setView(clamped(v), false);
}

}  // namespace lathe::widgets::canvas
