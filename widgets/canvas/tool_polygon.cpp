#include "widgets/canvas/tool_polygon.h"

#include <algorithm>

#include "widgets/canvas/document.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kNear = 8, kTrail = 10;  // logical pixels: closing on the first point, points of a drawn trail
}

annot::Point PolygonTool::inside(annot::Point p) const {
    if (!host().keepInside()) return p;
    const annot::Rect in = host().document().imageRect();
    return {std::clamp(p.x, in.x, in.x + in.w), std::clamp(p.y, in.y, in.y + in.h)};
}

bool PolygonTool::atFirst(const Pointer& p) const {
    if (m_points.size() < 3) return false;
    const QPointF d = host().viewport().toDevice(m_points.front()) - p.device;
    return std::hypot(d.x(), d.y()) <= kNear * host().ratio();
}

void PolygonTool::addPoint(const Pointer& p) {
    m_points.push_back(inside(p.image));
    m_lastAdded = p.device;
    host().repaintMarks();
}

void PolygonTool::press(const Pointer& p) {
    m_now = p;
    if (m_points.empty()) {
        const auto classId = host().classForNew();
        if (!classId) return;
        m_class = *classId;
        host().document().select({});
    } else if (atFirst(p)) {
        return close();
    }
    addPoint(p);
}

void PolygonTool::move(const Pointer& p, bool pressed) {
    m_now = p;
    const QPointF d = p.device - m_lastAdded;
    if (pressed && busy() && std::hypot(d.x(), d.y()) >= kTrail * host().ratio()) addPoint(p);
    host().showCursor(atFirst(p) ? Qt::PointingHandCursor : Qt::CrossCursor);
    host().repaintMarks();
}

void PolygonTool::release(const Pointer& p) {
    if (m_points.size() > 8 && atFirst(p) && p.device != m_lastAdded) close();
}

// The second click of a double click has nothing to add: its press was the last point.
void PolygonTool::doubleClick(const Pointer& p) {
    if (m_points.size() >= 3)
        close();
    else
        press(p);
}

bool PolygonTool::wants(const QKeyEvent& event) const {
    if (event.key() == Qt::Key_Escape && !host().document().selection().empty()) return true;
    const bool mine = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter || event.key() == Qt::Key_Backspace ||
                      event.key() == Qt::Key_Escape || event.matches(QKeySequence::Undo);
    return mine && busy();
}

void PolygonTool::key(const QKeyEvent& event) {
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) return close();
    if (event.key() == Qt::Key_Escape) return busy() ? cancel() : host().document().select({});
    if (!m_points.empty()) m_points.pop_back();
    host().repaintMarks();
}

void PolygonTool::close() {
    auto points = std::exchange(m_points, {});
    points.erase(std::unique(points.begin(), points.end()), points.end());
    host().repaintMarks();
    if (points.size() < 3) return;
    annot::Annotation shape;
    shape.classId = m_class;
    shape.shape = annot::Polygon{{std::move(points)}};
    host().carry({shape});
    host().document().select(host().drop("Draw polygon"));
}

void PolygonTool::cancel() {
    m_points.clear();
    host().repaintMarks();
}

void PolygonTool::paint(QPainter& painter) {
    if (m_points.empty()) return;
    QPolygonF line;
    for (const annot::Point p : m_points) line << host().viewport().toDevice(p);
    const double ratio = host().ratio();
    QPolygonF open = line;
    open << m_now.device;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 128), 4 * ratio, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(open);
    painter.setPen(QPen(host().colourOf(m_class), 2 * ratio, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(open);
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Accent), 1.5 * ratio));
    painter.setBrush(Qt::white);
    for (int i = 0; i < line.size(); ++i) {
        const double r = (i == 0 && atFirst(m_now) ? 6 : 3.5) * ratio;
        painter.drawEllipse(line[i], r, r);
    }
}

}  // namespace lathe::widgets::canvas
