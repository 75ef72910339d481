#include "widgets/charts/interval_rows.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/common/counts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr int kIntervalRow = 25, kIntervalPad = 14;

/// 1, 2 or 5 times a power of ten, at least `value`.
double roundUp(double value) {
    const double decade = std::pow(10, std::floor(std::log10(std::max(value, 1e-6))));
    for (double factor : {1.0, 2.0, 5.0})
        if (decade * factor >= value) return decade * factor;
    return decade * 10;
}

}  // namespace

IntervalRows::IntervalRows(const QString& name, QWidget* parent) : Chart(name, parent) {}

void IntervalRows::setRows(std::vector<Row> rows) {
    m_rows = std::move(rows);
    setMinimumHeight(int(m_rows.size()) * kIntervalRow + 26);
    updateGeometry();
    update();
}

QString IntervalRows::state() const {
    QStringList parts;
    for (const auto& row : m_rows) parts << tr("%1, %2: %3").arg(row.name, common::Counts::images(row.count), row.text);
    return parts.join(QStringLiteral("; "));
}

void IntervalRows::paintAxis(QPainter& painter, const QRectF& axis, double extent) const {
    const auto& theme = Theme::instance();
    painter.setFont(theme.font(Type::Caption));
    for (double share : {-1.0, 0.0, 1.0}) {
        const double x = std::round(axis.center().x() + share * axis.width() / 2) + 0.5;
        painter.setPen(QPen(theme.colour(share == 0 ? Token::Line3 : Token::Line1), 1));
        painter.drawLine(QPointF(x, axis.top()), QPointF(x, axis.bottom() - 18));
        painter.setPen(theme.colour(Token::T3));
        const QString text =
            share == 0 ? QStringLiteral("0") : (share > 0 ? "+" : "") + percentText(share * extent, extent < 0.01 ? 1 : 0);
        painter.drawText(QRectF(x - 40, axis.bottom() - 16, 80, 14), Qt::AlignCenter, text);
    }
}

void IntervalRows::paintRow(QPainter& painter, const Row& row, int top, const QRectF& axis, double extent) const {
    const auto& theme = Theme::instance();
    const bool clear = row.interval ? row.interval->first > 0 || row.interval->second < 0 : false;
    const QColor colour = clear ? theme.series(row.difference >= 0 ? 0 : 7) : theme.colour(Token::T3);
    const auto x = [&](double value) { return axis.center().x() + std::clamp(value / extent, -1.05, 1.05) * axis.width() / 2; };
    const double y = top + kIntervalRow / 2.0;
    QFont font = theme.font(Type::Table);
    if (row.strong) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.colour(row.strong || clear ? Token::T1 : Token::T2));
    const QRectF name(kIntervalPad, top, axis.left() - 56 - kIntervalPad, kIntervalRow);
    painter.drawText(name, Qt::AlignVCenter, painter.fontMetrics().elidedText(row.name, Qt::ElideRight, int(name.width())));
    painter.drawText(QRectF(axis.right() + 8, top, width() - kIntervalPad - axis.right() - 8, kIntervalRow),
                     Qt::AlignVCenter | Qt::AlignRight, row.text);
    painter.setFont(theme.font(Type::Table));
    painter.setPen(theme.colour(Token::T3));
    painter.drawText(QRectF(axis.left() - 52, top, 40, kIntervalRow), Qt::AlignVCenter | Qt::AlignRight,
                     QString::number(row.count));
    painter.setPen(QPen(colour, 1.5));
    if (row.interval) {
        const double low = x(row.interval->first), high = x(row.interval->second);
        painter.drawLine(QPointF(low, y), QPointF(high, y));
        for (double end : {low, high}) painter.drawLine(QPointF(end, y - 4), QPointF(end, y + 4));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double side = row.strong ? 9 : 7;
    if (row.interval)
        painter.drawRect(QRectF(x(row.difference) - side / 2, y - side / 2, side, side));
    else if (row.difference != 0)
        painter.fillRect(QRectF(QPointF(axis.center().x(), y - 3), QPointF(x(row.difference), y + 3)).normalized(),
                         theme.series(row.difference > 0 ? 0 : 7));
}

void IntervalRows::paintEvent(QPaintEvent*) {
    if (m_rows.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    double most = 1e-3;
    for (const auto& row : m_rows) {
        most = std::max(most, std::abs(row.difference));
        if (row.interval) most = std::max({most, std::abs(row.interval->first), std::abs(row.interval->second)});
    }
    const double extent = roundUp(most);
    QFont bold = Theme::instance().font(Type::Table);
    bold.setWeight(QFont::DemiBold);
    int text = 0;
    for (const auto& row : m_rows) text = std::max(text, QFontMetrics(bold).horizontalAdvance(row.text));
    const double wide = width() * 0.26, left = std::min(width() * 0.42, width() - kIntervalPad - text - 16 - wide);
    const QRectF axis(left, 0, wide, int(m_rows.size()) * kIntervalRow + 22);
    paintAxis(painter, axis, extent);
    int top = 2;
    for (const auto& row : m_rows) {
        paintRow(painter, row, top, axis, extent);
        top += kIntervalRow;
    }
}

}  // namespace lathe::widgets::charts
