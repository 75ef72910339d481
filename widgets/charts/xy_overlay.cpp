#include "widgets/charts/xy_overlay.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/common/parts.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr int kKeyRow = 18, kKeyPad = 8, kKeySwatch = 22;

}  // namespace

double heightAt(const QVector<QPointF>& points, double x) {
    const auto after = std::upper_bound(points.begin(), points.end(), x, [](double v, const QPointF& p) { return v < p.x(); });
    if (after == points.begin() || (after == points.end() && x > points.last().x())) return std::nan("");
    const QPointF a = *(after - 1);
    if (after == points.end()) return a.y();
    return a.y() + (after->y() - a.y()) * (x - a.x()) / (after->x() - a.x());
}

XyOverlay::XyOverlay(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    common::playRole(this, QAccessible::StaticText);
}

QString XyOverlay::textOf(const XyChart::Series& one) const {
    QString text = one.figure.isEmpty() ? one.name : one.name + QStringLiteral("   ") + one.figure;
    if (!cursor) return text;
    const double y = heightAt(one.points, *cursor);
    return text + QStringLiteral("   ") + (std::isnan(y) ? QStringLiteral("–") : percentText(y));
}

void XyOverlay::paintCursor(QPainter& painter) const {
    const auto& theme = Theme::instance();
    if (cursor) {
        const double x = std::round(plot.left() + *cursor * plot.width()) + 0.5;
        painter.setPen(QPen(theme.colour(Token::Line3), 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    if (!point) return;
    painter.setPen(QPen(theme.colour(focused ? Token::Focus : Token::T1), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(*point, 5.5, 5.5);
}

void XyOverlay::paintKey(QPainter& painter) const {
    const auto& theme = Theme::instance();
    painter.setFont(theme.font(Type::Caption));
    QStringList lines;
    if (cursor) lines << QStringLiteral("%1 %2").arg(xName, percentText(*cursor));
    for (const auto& one : *series) lines << textOf(one);
    int widest = 0;
    for (const QString& line : lines) widest = std::max(widest, painter.fontMetrics().horizontalAdvance(line));
    const int wide = std::min(widest + kKeySwatch + 2 * kKeyPad, plot.width()), high = int(lines.size()) * kKeyRow + kKeyPad;
    QRect box(0, 0, wide, high);
    const QRect room = plot.adjusted(8, 8, -8, -8);
    if (corner == XyChart::Corner::BottomRight) box.moveBottomRight(room.bottomRight());
    if (corner == XyChart::Corner::BottomLeft) box.moveBottomLeft(room.bottomLeft());
    QColor plate = theme.colour(Token::Panel);
    plate.setAlphaF(0.86f);
    painter.fillRect(box, plate);
    int top = box.top() + kKeyPad / 2;
    if (cursor) {
        painter.setPen(theme.colour(Token::T3));
        painter.drawText(QRect(box.left() + kKeyPad + kKeySwatch, top, wide, kKeyRow), Qt::AlignVCenter, lines.front());
        top += kKeyRow;
    }
    for (std::size_t k = 0; k < series->size(); ++k, top += kKeyRow) {
        QPen pen(theme.series((*series)[k].number), 2.5);
        if (auto dash = Theme::seriesDash((*series)[k].number); !dash.isEmpty()) {
            for (auto& length : dash) length /= 2.5;
            pen.setDashPattern(dash);
        }
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        const double y = top + kKeyRow / 2.0;
        painter.drawLine(QPointF(box.left() + kKeyPad, y), QPointF(box.left() + kKeyPad + 16, y));
        painter.setPen(theme.colour(Token::T1));
        const QRect text(box.left() + kKeyPad + kKeySwatch, top, wide - kKeyPad - kKeySwatch, kKeyRow);
        painter.drawText(text, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(lines[qsizetype(k) + (cursor ? 1 : 0)], Qt::ElideRight, text.width()));
    }
}

void XyOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!series || series->empty()) {
        painter.setPen(Theme::instance().colour(Token::T3));
        painter.setFont(Theme::instance().font(Type::Table));
        painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, emptyText);
        return;
    }
    paintCursor(painter);
    paintKey(painter);
}

}  // namespace lathe::widgets::charts
