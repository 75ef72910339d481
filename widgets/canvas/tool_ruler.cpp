#include "widgets/canvas/tool_ruler.h"

#include <cmath>
#include <numbers>

#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kGrab = 9, kTick = 6, kTurn = std::numbers::pi / 12;

annot::Point inSteps(annot::Point from, annot::Point to) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const double angle = std::round(std::atan2(to.y - from.y, to.x - from.x) / kTurn) * kTurn;
    return {from.x + length * std::cos(angle), from.y + length * std::sin(angle)};
}

void line(QPainter& painter, const QLineF& l, double ratio) {
    const QPointF across = QPointF(l.dy(), -l.dx()) / std::max(1.0, l.length()) * kTick * ratio;
    const QLineF lines[] = {l, {l.p1() - across, l.p1() + across}, {l.p2() - across, l.p2() + across}};
    painter.setPen(QPen(QColor(0, 0, 0, 128), 3.5 * ratio, Qt::SolidLine, Qt::RoundCap));
    painter.drawLines(lines, 3);
    painter.setPen(QPen(Qt::white, 1.5 * ratio, Qt::SolidLine, Qt::RoundCap));
    painter.drawLines(lines, 3);
}

}  // namespace

QString rulerText(annot::Point from, annot::Point to) {
    const double dx = to.x - from.x, dy = to.y - from.y;
    const double degrees = dx == 0 && dy == 0 ? 0 : std::atan2(-dy, dx) * 180 / std::numbers::pi;
    return QStringLiteral("%1 px   Δ %2 × %3   %4°")
        .arg(common::number(std::hypot(dx, dy), 1), common::number(std::fabs(dx), 1), common::number(std::fabs(dy), 1),
             common::number(degrees, 1));
}

void RulerTool::press(const Pointer& p) {
    m_dragging = true;
    m_end = 1;
    for (int i = 0; i < 2; ++i) {
        if (!m_ends[0] || !m_ends[1]) break;
        const QPointF d = host().viewport().toDevice(*m_ends[i]) - p.device;
        if (std::hypot(d.x(), d.y()) > kGrab * host().ratio()) continue;
        m_end = i;
        return;
    }
    m_ends[0] = m_ends[1] = p.image;
    host().repaintMarks();
}

void RulerTool::move(const Pointer& p, bool pressed) {
    if (!pressed || !m_dragging) return;
    const annot::Point other = *m_ends[1 - m_end];
    m_ends[m_end] = p.keys & Qt::ShiftModifier ? inSteps(other, p.image) : p.image;
    host().repaintMarks();
}

void RulerTool::release(const Pointer& p) {
    move(p, true);
    m_dragging = false;
}

bool RulerTool::wants(const QKeyEvent& event) const {
    return event.key() == Qt::Key_Escape && m_ends[0];
}

void RulerTool::key(const QKeyEvent&) {
    cancel();
}

void RulerTool::cancel() {
    m_ends[0] = m_ends[1] = std::nullopt;
    m_dragging = false;
    host().repaintMarks();
}

void RulerTool::paint(QPainter& painter) {
    if (!m_ends[0] || !m_ends[1]) return;
    const double ratio = host().ratio();
    const QPointF a = host().viewport().toDevice(*m_ends[0]), b = host().viewport().toDevice(*m_ends[1]);
    line(painter, {a, b}, ratio);
    QFont font = painter.font();
    font.setPixelSize(int(12 * ratio));
    painter.setFont(font);
    const QString text = rulerText(*m_ends[0], *m_ends[1]);
    QRectF box = QFontMetricsF(font).boundingRect(text).adjusted(-6 * ratio, -3 * ratio, 6 * ratio, 3 * ratio);
    box.moveCenter((a + b) / 2 + QPointF(0, -20 * ratio));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 200));
    painter.drawRoundedRect(box, 3 * ratio, 3 * ratio);
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace lathe::widgets::canvas
