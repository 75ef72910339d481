#include "widgets/canvas/tool_box.h"

#include <algorithm>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kClick = 3;  // logical pixels: less is a click, not a drag
}

annot::Rect BoxTool::rect(const Pointer& p) const {
    double w = p.image.x - m_from.image.x, h = p.image.y - m_from.image.y;
    if (p.keys & Qt::ShiftModifier) {
        const double side = std::max(std::fabs(w), std::fabs(h));
        w = std::copysign(side, w);
        h = std::copysign(side, h);
    }
    const annot::Rect r{std::min(m_from.image.x, m_from.image.x + w), std::min(m_from.image.y, m_from.image.y + h), std::fabs(w),
                        std::fabs(h)};
    if (!host().keepInside()) return r;
    const annot::Rect in = host().document().imageRect();
    const double x0 = std::clamp(r.x, in.x, in.x + in.w), y0 = std::clamp(r.y, in.y, in.y + in.h);
    const double x1 = std::clamp(r.x + r.w, in.x, in.x + in.w), y1 = std::clamp(r.y + r.h, in.y, in.y + in.h);
    return {x0, y0, x1 - x0, y1 - y0};
}

void BoxTool::press(const Pointer& p) {
    m_now = p;
    if (m_drawing) {
        m_second = true;
        return;
    }
    if (m_grips.press(p)) return;
    const auto classId = host().classForNew();
    if (!classId) return;
    host().document().select({});
    m_shape = {};
    m_shape.classId = *classId;
    m_from = p;
    m_drawing = true;
    m_second = false;
}

void BoxTool::move(const Pointer& p, bool) {
    m_now = p;
    if (m_grips.active()) return m_grips.move(p);
    if (m_drawing) {
        m_shape.shape = annot::Box{rect(p)};
        return host().carry({m_shape});
    }
    const Grip grip = m_grips.under(p);
    host().showCursor(grip && grip.kind != Grip::Edge ? cursorOf(grip) : Qt::CrossCursor);
    host().repaintMarks();
}

void BoxTool::release(const Pointer& p) {
    if (m_grips.active()) return m_grips.release();
    if (!m_drawing) return;
    const QPointF d = p.device - m_from.device;
    const bool click = std::fabs(d.x()) < kClick * host().ratio() && std::fabs(d.y()) < kClick * host().ratio();
    if (click && m_second) return cancel();
    if (!click) finish(p);
}

void BoxTool::finish(const Pointer& p) {
    m_drawing = false;
    const annot::Rect r = rect(p);
    if (r.w <= 0 || r.h <= 0) return host().putBack();
    m_shape.shape = annot::Box{r};
    host().carry({m_shape});
    host().document().select(host().drop("Draw box"));
}

bool BoxTool::wants(const QKeyEvent& event) const {
    return event.key() == Qt::Key_Escape && (busy() || !host().document().selection().empty());
}

void BoxTool::key(const QKeyEvent& event) {
    if (event.key() != Qt::Key_Escape) return;
    if (busy())
        cancel();
    else
        host().document().select({});
}

void BoxTool::cancel() {
    m_grips.cancel();
    if (m_drawing) host().putBack();
    m_drawing = m_second = false;
    host().repaintMarks();
}

// Guide lines through the pointer until the first corner is set.
void BoxTool::paint(QPainter& painter) {
    const QRectF picture = host().viewport().toDevice(host().document().imageRect());
    if (m_drawing || m_grips.active() || !host().document().isOpen() || !picture.contains(m_now.device)) return;
    const double x = std::floor(m_now.device.x()) + 0.5, y = std::floor(m_now.device.y()) + 0.5;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& [colour, offset] : {std::pair{QColor(0, 0, 0, 90), 1.0}, std::pair{QColor(255, 255, 255, 150), 0.0}}) {
        painter.setPen(QPen(colour, 1));
        painter.drawLine(QPointF(x + offset, picture.top()), QPointF(x + offset, picture.bottom()));
        painter.drawLine(QPointF(picture.left(), y + offset), QPointF(picture.right(), y + offset));
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
}

}  // namespace lathe::widgets::canvas
