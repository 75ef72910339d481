#include "widgets/charts/estimate_rows.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr int kEstimateLine = 17, kEstimatePad = 14, kEstimateAxis = 22, kCountWidth = 64;

}  // namespace

EstimateRows::EstimateRows(const QString& name, QWidget* parent) : Chart(name, parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void EstimateRows::setRows(std::vector<Row> rows) {
    m_rows = std::move(rows);
    m_marks = 1;
    m_textWidth = 60;
    double least = 1;
    const QFontMetrics metrics(Theme::instance().font(Type::Table));
    for (const Row& row : m_rows) {
        m_marks = std::max(m_marks, int(row.marks.size()));
        for (const Mark& mark : row.marks) {
            if (mark.value) least = std::min(least, mark.interval ? mark.interval->first : *mark.value);
            m_textWidth = std::max(m_textWidth, metrics.horizontalAdvance(mark.text) + 12);
        }
    }
    m_low = 0;
    for (const double low : {0.2, 0.4, 0.6, 0.8, 0.9})
        if (low <= least - 0.005) m_low = low;
    m_current = std::clamp(m_current, 0, std::max(0, int(m_rows.size()) - 1));
    m_hovered = -1;
    setMinimumHeight(heightOf());
    updateGeometry();
    update();
}

QString EstimateRows::state() const {
    QStringList parts;
    for (const Row& row : m_rows) {
        QStringList marks;
        for (const Mark& mark : row.marks) marks << mark.text;
        parts << row.name + ' ' + row.count + QStringLiteral(": ") + marks.join(QStringLiteral(", "));
    }
    return parts.join(QStringLiteral("; "));
}

int EstimateRows::rowHeight() const {
    return m_marks * kEstimateLine + 8;
}

int EstimateRows::heightOf() const {
    return int(m_rows.size()) * rowHeight() + kEstimateAxis;
}

QRect EstimateRows::rowRect(int row) const {
    return {0, kEstimateAxis + row * rowHeight(), width(), rowHeight()};
}

int EstimateRows::rowAt(int y) const {
    const int row = (y - kEstimateAxis) / rowHeight();
    return y >= kEstimateAxis && row < int(m_rows.size()) ? row : -1;
}

QRectF EstimateRows::axisRect() const {
    const double left = std::clamp(width() * 0.24, 90.0, 220.0) + kCountWidth + 2 * kEstimatePad;
    const double right = width() - m_textWidth - kEstimatePad;
    return {left, 0, std::max(40.0, right - left), double(heightOf())};
}

void EstimateRows::paintAxis(QPainter& painter) const {
    const auto& theme = Theme::instance();
    const QRectF axis = axisRect();
    painter.setFont(theme.font(Type::Caption));
    const double step = m_low >= 0.9 ? 0.02 : m_low >= 0.8 ? 0.05 : m_low >= 0.6 ? 0.1 : 0.2;
    for (double at = m_low; at < 1 + 1e-9; at += step) {
        const double x = std::round(axis.left() + (at - m_low) / (1 - m_low) * axis.width()) + 0.5;
        painter.setPen(QPen(theme.colour(Token::Line1), 1));
        painter.drawLine(QPointF(x, kEstimateAxis - 2), QPointF(x, axis.bottom()));
        painter.setPen(theme.colour(Token::T3));
        painter.drawText(QRectF(x - 30, 4, 60, 14), Qt::AlignCenter, percentText(at, 0));
    }
}

void EstimateRows::paintMark(QPainter& painter, const Mark& mark, double y, bool strong) const {
    const auto& theme = Theme::instance();
    const QRectF axis = axisRect();
    const auto x = [&](double v) { return axis.left() + std::clamp((v - m_low) / (1 - m_low), 0.0, 1.0) * axis.width(); };
    QFont font = theme.font(Type::Table);
    if (strong) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.colour(mark.value ? Token::T1 : Token::T3));
    painter.drawText(QRectF(axis.right() + 4, y - kEstimateLine / 2.0, m_textWidth, kEstimateLine),
                     Qt::AlignVCenter | Qt::AlignRight, mark.text);
    if (!mark.value) return;
    const QColor colour = theme.series(mark.number);
    painter.setPen(QPen(colour, 1.5));
    if (mark.interval) {
        const double low = x(mark.interval->first), high = x(mark.interval->second);
        painter.drawLine(QPointF(low, y), QPointF(high, y));
        for (const double end : {low, high}) painter.drawLine(QPointF(end, y - 4), QPointF(end, y + 4));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double side = strong ? 9 : 7;
    painter.drawRect(QRectF(x(*mark.value) - side / 2, y - side / 2, side, side));
}

void EstimateRows::paintRow(QPainter& painter, int index) const {
    const auto& theme = Theme::instance();
    const Row& row = m_rows[std::size_t(index)];
    const QRect rect = rowRect(index);
    const bool current = hasFocus() && index == m_current;
    if (index == m_hovered || current) {
        painter.setPen(current ? QPen(theme.colour(Token::Focus), 2) : QPen(Qt::NoPen));
        painter.setBrush(theme.colour(Token::Raised));
        painter.drawRoundedRect(QRectF(rect).adjusted(4, 1, -4, -1), 3, 3);
    }
    QFont font = theme.font(Type::Table);
    if (row.strong) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QRectF axis = axisRect();
    painter.setPen(theme.colour(row.strong ? Token::T1 : Token::T2));
    const QRectF name(kEstimatePad, rect.top(), axis.left() - kCountWidth - 2 * kEstimatePad, rect.height());
    painter.drawText(name, Qt::AlignVCenter, painter.fontMetrics().elidedText(row.name, Qt::ElideRight, int(name.width())));
    painter.setFont(theme.font(Type::Table));
    painter.setPen(theme.colour(Token::T3));
    painter.drawText(QRectF(axis.left() - kCountWidth - kEstimatePad, rect.top(), kCountWidth, rect.height()),
                     Qt::AlignVCenter | Qt::AlignRight, row.count);
    for (std::size_t m = 0; m < row.marks.size(); ++m)
        paintMark(painter, row.marks[m], rect.top() + 4 + kEstimateLine * (double(m) + 0.5), row.strong);
}

void EstimateRows::paintEvent(QPaintEvent* event) {
    if (m_rows.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxis(painter);
    for (int row = 0; row < int(m_rows.size()); ++row)
        if (rowRect(row).intersects(event->rect())) paintRow(painter, row);
}

void EstimateRows::mousePressEvent(QMouseEvent* event) {
    const int row = rowAt(int(event->position().y()));
    if (row < 0 || event->button() != Qt::LeftButton) return;
    m_current = row;
    update();
    Q_EMIT activated(row);
}

void EstimateRows::mouseMoveEvent(QMouseEvent* event) {
    const int row = rowAt(int(event->position().y()));
    if (row == m_hovered) return;
    m_hovered = row;
    update();
}

void EstimateRows::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void EstimateRows::keyPressEvent(QKeyEvent* event) {
    const int last = int(m_rows.size()) - 1, key = event->key();
    if (last < 0) return Chart::keyPressEvent(event);
    if (key == Qt::Key_Up || key == Qt::Key_Down)
        m_current = std::clamp(m_current + (key == Qt::Key_Down ? 1 : -1), 0, last);
    else if (key == Qt::Key_Home || key == Qt::Key_End)
        m_current = key == Qt::Key_Home ? 0 : last;
    else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space)
        Q_EMIT activated(m_current);
    else
        return Chart::keyPressEvent(event);
    update();
    Q_EMIT moved(rowRect(m_current));
}

}  // namespace lathe::widgets::charts
