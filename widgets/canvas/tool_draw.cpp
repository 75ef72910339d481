#include "widgets/canvas/tool_draw.h"

#include <cmath>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kClick = 3;  // logical pixels: less is a click, not a drag
}

bool DrawTool::gripPress(const Pointer& p) {
    m_now = p;
    return !m_drawing && m_grips.press(p);
}

bool DrawTool::gripRelease() {
    if (!m_grips.active()) return false;
    m_grips.release();
    return true;
}

bool DrawTool::begin() {
    const auto classId = host().classForNew(int(m_kind));
    if (!classId) return false;
    host().document().select({});
    host().note({});
    m_draft = {};
    m_draft.classId = *classId;
    m_drawing = true;
    return true;
}

void DrawTool::show(annot::Shape shape) {
    m_draft.shape = std::move(shape);
    host().carry({m_draft});
}

void DrawTool::finish(annot::Shape shape) {
    m_drawing = false;
    m_snap.forget();
    show(std::move(shape));
    forget();
    host().document().select(host().drop(m_label));
    host().repaintMarks();
}

void DrawTool::move(const Pointer& p, bool) {
    m_now = p;
    if (m_grips.active()) return m_grips.move(p);
    if (!m_drawing) {
        const Grip grip = m_grips.under(p);
        host().showCursor(grip && grip.kind != Grip::Edge ? m_grips.cursor(grip) : Qt::CrossCursor);
        (void)m_snap.place(p);
    }
    hover(p);
    host().repaintMarks();
}

bool DrawTool::wants(const QKeyEvent& event) const {
    if (event.key() == Qt::Key_Escape) return busy() || !host().document().selection().empty();
    const bool mine = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter || event.key() == Qt::Key_Backspace ||
                      event.matches(QKeySequence::Undo);
    return mine && m_drawing;
}

void DrawTool::key(const QKeyEvent& event) {
    if (event.key() == Qt::Key_Escape) return busy() ? cancel() : host().document().select({});
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) return complete();
    takeBack();
    host().repaintMarks();
}

void DrawTool::cancel() {
    m_grips.cancel();
    m_snap.forget();
    if (m_drawing) host().putBack();
    m_drawing = false;
    forget();
    host().repaintMarks();
}

void DrawTool::classChanged(ClassId id) {
    if (!m_drawing) return;
    m_draft.classId = id;
    hover(m_now);
    host().repaintMarks();
}

bool DrawTool::isClick(const Pointer& from, const Pointer& to) const {
    const QPointF d = to.device - from.device;
    return std::fabs(d.x()) < kClick * host().ratio() && std::fabs(d.y()) < kClick * host().ratio();
}

void DrawTool::paint(QPainter& painter) {
    paintGuides(painter);
    m_snap.paint(painter);
    m_grips.paint(painter);
}

// Lines through the pointer until something is drawn.
void DrawTool::paintGuides(QPainter& painter) const {
    const QRectF picture = host().viewport().toDevice(host().document().imageRect());
    if (busy() || !host().document().isOpen() || !picture.contains(m_now.device)) return;
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
