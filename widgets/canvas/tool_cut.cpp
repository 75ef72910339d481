#include "widgets/canvas/tool_cut.h"

#include <algorithm>

#include "core/annot/area_ops.h"
#include "widgets/canvas/document.h"
#include "widgets/canvas/shape_edits.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kDragged = 6;  // logical pixels

bool canBeCut(const annot::Annotation& a) {
    return !(a.flags & (annot::Locked | annot::Hidden)) && annot::isAreal(a.shape);
}

}  // namespace

void CutTool::press(const Pointer& p) {
    m_now = p;
    m_pressedAt = p.device;
    m_line.push_back(p.image);
    host().note({});
    host().repaintMarks();
}

void CutTool::move(const Pointer& p, bool) {
    m_now = p;
    if (busy()) host().repaintMarks();
}

void CutTool::release(const Pointer& p) {
    const QPointF d = p.device - m_pressedAt;
    if (m_line.size() != 1 || std::hypot(d.x(), d.y()) < kDragged * host().ratio()) return;
    m_line.push_back(p.image);
    cut();
}

// The first click of a double click has set the last point.
void CutTool::doubleClick(const Pointer& p) {
    if (m_line.size() >= 2)
        cut();
    else
        press(p);
}

bool CutTool::wants(const QKeyEvent& event) const {
    const int key = event.key();
    const bool mine = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Backspace || key == Qt::Key_Escape;
    return mine && busy();
}

void CutTool::key(const QKeyEvent& event) {
    if (event.key() == Qt::Key_Escape) return cancel();
    if (event.key() != Qt::Key_Backspace) return cut();
    m_line.pop_back();
    host().repaintMarks();
}

void CutTool::cancel() {
    m_line.clear();
    host().repaintMarks();
}

std::vector<annot::Annotation> CutTool::targets(const std::vector<annot::Point>& line) const {
    const Document& document = host().document();
    auto chosen = document.selected();
    std::erase_if(chosen, [](const annot::Annotation& a) { return !canBeCut(a); });
    if (!chosen.empty()) return chosen;
    const annot::Rect along = annot::bounds(annot::Polyline{line}).grown(0.5);
    std::ranges::copy_if(document.annotations(), std::back_inserter(chosen),
                         [&](const annot::Annotation& a) { return canBeCut(a) && annot::bounds(a.shape).intersects(along); });
    return chosen;
}

void CutTool::cut() {
    auto line = std::exchange(m_line, {});
    line.erase(std::unique(line.begin(), line.end()), line.end());
    host().repaintMarks();
    if (line.size() < 2) return;
    const auto pieces = cutting(line)(targets(line));
    if (!pieces) return host().note(common::errorText(pieces.error()));
    commit(host().document(), "Cut", *pieces);
}

void CutTool::paint(QPainter& painter) {
    if (m_line.empty()) return;
    QPolygonF line;
    for (const annot::Point p : m_line) line << host().viewport().toDevice(p);
    line << m_now.device;
    const double ratio = host().ratio();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 128), 4 * ratio, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Accent), 2 * ratio, Qt::DashLine, Qt::FlatCap));
    painter.drawPolyline(line);
}

}  // namespace lathe::widgets::canvas
