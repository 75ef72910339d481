// What lies over the curves: the unlived part, ends with direct labels, marks, band and cursor.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/charts/curve_chart_p.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;

void paintMarker(QPainter& painter, const QPointF& at, int number, const QColor& colour, double r) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (number % 5) {
        case 0: painter.drawEllipse(at, r, r); break;
        case 1: painter.drawRect(QRectF(at.x() - r * 0.9, at.y() - r * 0.9, r * 1.8, r * 1.8)); break;
        case 2:
            painter.drawPolygon(
                QPolygonF{{at.x(), at.y() - r * 1.1}, {at.x() + r * 1.1, at.y() + r * 0.9}, {at.x() - r * 1.1, at.y() + r * 0.9}});
            break;
        case 3:
            painter.drawPolygon(QPolygonF{
                {at.x(), at.y() - r * 1.2}, {at.x() + r * 1.2, at.y()}, {at.x(), at.y() + r * 1.2}, {at.x() - r * 1.2, at.y()}});
            break;
        default:
            painter.drawPolygon(
                QPolygonF{{at.x(), at.y() + r * 1.1}, {at.x() + r * 1.1, at.y() - r * 0.9}, {at.x() - r * 1.1, at.y() - r * 0.9}});
    }
}

namespace {

/// How many pieces of the curve run through the rectangle.
int crossings(const QCPGraph& graph, const QRectF& rect) {
    const double from = graph.keyAxis()->pixelToCoord(rect.left() - 2), to = graph.keyAxis()->pixelToCoord(rect.right() + 2);
    const auto data = graph.data();
    int found = 0;
    for (auto next = data->findBegin(from), end = data->findEnd(to); next != end; ++next) {
        const auto last = std::next(next);
        if (last == end) break;
        const QPointF a = graph.coordsToPixels(next->key, next->value), b = graph.coordsToPixels(last->key, last->value);
        const double left = std::max(rect.left() - 2, a.x()), right = std::min(rect.right() + 2, b.x());
        if (left > right) continue;
        const double slope = b.x() > a.x() ? (b.y() - a.y()) / (b.x() - a.x()) : 0;
        const double y1 = a.y() + slope * (left - a.x()), y2 = b.x() > a.x() ? a.y() + slope * (right - a.x()) : b.y();
        found += std::min(y1, y2) <= rect.bottom() && std::max(y1, y2) >= rect.top() ? 1 : 0;
    }
    return found;
}

}  // namespace

void Overlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::instance().font(Type::Caption));
    paintFuture(painter);
    paintMoments(painter);
    painter.save();
    painter.setClipRect(m_impl->plotRect().adjusted(-6, -6, 16, 6));
    paintEnds(painter);
    painter.restore();
    paintMarks(painter);
    if (!m_impl->compact) paintTags(painter);
    paintBand(painter);
    paintCursor(painter);
}

void Overlay::paintFuture(QPainter& painter) const {
    if (!m_impl->lived || m_impl->axis != CurveChart::Axis::Epoch) return;
    const QRectF plot = m_impl->plotRect();
    const double now = std::clamp(m_impl->px(*m_impl->lived), plot.left(), plot.right());
    QColor shade = Theme::instance().colour(Theme::instance().dark() ? Token::Well : Token::Frame);
    shade.setAlphaF(0.45f);
    painter.fillRect(QRectF(now, plot.top(), plot.right() - now, plot.height()), shade);
}

void Overlay::paintMoments(QPainter& painter) const {
    const QRectF plot = m_impl->plotRect();
    const QColor colour = Theme::instance().colour(Token::Warn);
    for (const auto& moment : m_impl->moments) {
        const double x = m_impl->px(moment.x);
        if (x < plot.left() - 1 || x > plot.right() + 1) continue;
        painter.setPen(QPen(colour, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF{{x - 4, plot.top()}, {x + 4, plot.top()}, {x, plot.top() + 6}});
    }
}

void Overlay::paintEnds(QPainter& painter) const {
    for (const auto& line : m_impl->lines) {
        const auto& points = line.series().points();
        if (points.empty() || m_impl->compact) continue;
        const QPointF end(m_impl->px(on(m_impl->axis, points.back()) - m_impl->offset(line)), m_impl->py(points.back().value));
        if (std::isfinite(end.y()))
            paintMarker(painter, end, line.style.number, m_impl->colour(line), line.style.focus ? 3.5 : 2.5);
    }
}

std::vector<Overlay::Tag> Overlay::tags(const QFontMetricsF& metrics) const {
    const QRectF plot = m_impl->plotRect();
    std::vector<Tag> tags;
    for (const auto& line : m_impl->lines) {
        const auto& points = line.series().points();
        if (line.style.label.isEmpty() || points.empty() || !std::isfinite(points.back().value)) continue;
        const QPointF end(m_impl->px(on(m_impl->axis, points.back()) - m_impl->offset(line)), m_impl->py(points.back().value));
        if (end.x() < plot.left() || end.x() > plot.right() + 1) continue;
        const QString text = line.style.focus ? line.style.label + " " + m_impl->text(points.back().value) : line.style.label;
        const double width = metrics.horizontalAdvance(text);
        const bool fits = end.x() + 10 + width < plot.right();
        const double left = fits ? end.x() + 10 : std::max(plot.left(), plot.right() - width - 2);
        const QRectF rect(left, std::clamp(end.y() - (fits ? 7 : 22), plot.top(), plot.bottom() - 14), width, 14);
        tags.push_back({rect, end, text, Theme::instance().colour(line.style.focus ? Token::T1 : Token::T3), line.style.focus});
    }
    std::stable_sort(tags.begin(), tags.end(),
                     [](const Tag& a, const Tag& b) { return a.focus != b.focus ? a.focus : a.rect.top() < b.rect.top(); });
    std::vector<QRectF> taken;
    for (auto& tag : tags) {
        std::vector<QRectF> places{tag.rect};
        for (const double top : {tag.end.y() - 22, tag.end.y() + 8, tag.end.y() - 36, tag.end.y() + 22})
            for (const double left : {tag.rect.left(), tag.end.x() - tag.rect.width() / 2, tag.end.x() - tag.rect.width() - 8})
                places.emplace_back(left, top, tag.rect.width(), 14);
        tag.rect = freest(places, taken);
        taken.push_back(tag.rect);
    }
    return tags;
}

QRectF Overlay::freest(const std::vector<QRectF>& places, const std::vector<QRectF>& taken) const {
    const QRectF plot = m_impl->plotRect();
    QRectF best = places.front();
    int fewest = std::numeric_limits<int>::max();
    for (QRectF place : places) {
        place.moveLeft(std::max(plot.left(), std::min(place.left(), plot.right() - place.width() - 2)));
        place.moveTop(std::clamp(place.top(), plot.top(), std::max(plot.top(), plot.bottom() - place.height())));
        int covered = 0;
        for (const auto& other : taken)
            if (place.adjusted(-4, 0, 4, 0).intersects(other)) covered += 1000;
        for (const auto& line : m_impl->lines) covered += crossings(*line.main, place);
        if (covered < fewest) fewest = covered, best = place;
        if (covered == 0) break;
    }
    return best;
}

void Overlay::paintTags(QPainter& painter) const {
    QColor halo = Theme::instance().colour(Token::Plot);
    halo.setAlphaF(0.72f);
    for (const auto& tag : tags(QFontMetricsF(painter.font()))) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(halo);
        painter.drawRoundedRect(tag.rect.adjusted(-3, 0, 3, 0), 3, 3);
        painter.setPen(tag.colour);
        painter.drawText(tag.rect, Qt::AlignCenter | Qt::TextDontClip, tag.text);
    }
}

void Overlay::paintMarks(QPainter& painter) const {
    const QRectF plot = m_impl->plotRect();
    for (const auto& mark : m_impl->marks) {
        const QPointF at(m_impl->px(mark.x), m_impl->py(mark.value));
        if (!plot.adjusted(-1, -1, 1, 1).contains(at)) continue;
        const QColor colour = mark.warn ? Theme::instance().colour(Token::Warn) : Theme::instance().series(mark.number);
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(mark.text);
        painter.setPen(QPen(colour, mark.warn ? 1.25 : 2));
        painter.setBrush(mark.warn ? QBrush(Qt::NoBrush) : QBrush(Theme::instance().colour(Token::Plot)));
        painter.drawEllipse(at, mark.warn ? 3.5 : 4.5, mark.warn ? 3.5 : 4.5);
        painter.setPen(mark.warn ? colour : Theme::instance().colour(Token::T1));
        const double left = mark.warn ? at.x() + 8 : at.x() - width / 2;
        const std::vector<QRectF> places{{left, at.y() - 22, width, 14},
                                         {left, at.y() + 8, width, 14},
                                         {at.x() - width - 10, at.y() - 18, width, 14},
                                         {at.x() + 10, at.y() + 6, width, 14},
                                         {left, at.y() + 24, width, 14}};
        painter.drawText(freest(places, {}), Qt::AlignCenter | Qt::TextDontClip, mark.text);
    }
}

void Overlay::paintBand(QPainter& painter) const {
    if (!bandFrom || !bandTo || std::abs(*bandTo - *bandFrom) <= 6) return;
    const QRectF plot = m_impl->plotRect();
    QColor fill = Theme::instance().colour(Token::Accent);
    painter.setPen(QPen(fill, 1));
    fill.setAlphaF(0.18f);
    painter.setBrush(fill);
    painter.drawRect(QRectF(std::min(*bandFrom, *bandTo), plot.top(), std::abs(*bandTo - *bandFrom), plot.height()));
}

void Overlay::paintCursor(QPainter& painter) const {
    const auto wanted = m_impl->cursor->x();
    const QRectF plot = m_impl->plotRect();
    if (!wanted || bandFrom) return;
    const double x = m_impl->px(*wanted);
    if (x < plot.left() || x > plot.right()) return;
    painter.setPen(QPen(Theme::instance().colour(Token::Line3), 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    for (const auto& line : m_impl->lines)
        if (const auto point = m_impl->at(line, *wanted); point && std::isfinite(point->value))
            paintMarker(painter, {m_impl->px(on(m_impl->axis, *point) - m_impl->offset(line)), m_impl->py(point->value)},
                        line.style.number, m_impl->colour(line), 4);
    paintTable(painter, *wanted);
}

void Overlay::paintTable(QPainter& painter, double x) const {
    const QStringList rows = m_impl->q->cursorTable(x);
    if (rows.size() < 2) return;
    const QFontMetricsF metrics(painter.font());
    double width = metrics.horizontalAdvance(rows[0]);
    for (int i = 1; i < rows.size(); ++i) width = std::max(width, metrics.horizontalAdvance(rows[i]) + 36);
    const QRectF plot = m_impl->plotRect();
    const double line = 17, height = rows.size() * line + 12, at = m_impl->px(x);
    const double left = at + 14 + width + 20 < plot.right() ? at + 14 : at - 14 - width - 20;
    const QRectF box(std::max(0.0, left), std::clamp(plot.center().y() - height / 2, 0.0, std::max(0.0, this->height() - height)),
                     width + 20, height);
    painter.setPen(QPen(Theme::instance().colour(Token::Line2), 1));
    painter.setBrush(Theme::instance().colour(Token::Popup));
    painter.drawRoundedRect(box, 8, 8);
    painter.setPen(Theme::instance().colour(Token::T2));
    painter.drawText(QRectF(box.left() + 10, box.top() + 6, width, line), Qt::AlignVCenter, rows[0]);
    int row = 0;
    for (const auto& drawn : m_impl->lines) {
        if (!m_impl->at(drawn, x) || ++row >= rows.size()) continue;
        const QRectF rect(box.left() + 10, box.top() + 6 + row * line, width, line);
        const QString value = rows[row].section(' ', m_impl->percent ? -2 : -1), name = rows[row].chopped(value.size() + 1);
        painter.fillRect(QRectF(rect.left(), rect.center().y() - 4, 8, 8), m_impl->colour(drawn));
        painter.setPen(Theme::instance().colour(Token::T2));
        painter.drawText(rect.adjusted(16, 0, 0, 0), Qt::AlignVCenter, name);
        painter.setPen(Theme::instance().colour(Token::T1));
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight, value);
    }
}

QSize Legend::sizeHint() const {
    const QFontMetricsF metrics(Theme::instance().font(Type::Caption));
    double width = 0;
    for (const auto& line : m_impl->lines)
        if (!line.style.name.isEmpty()) width += metrics.horizontalAdvance(line.style.name) + 34;
    return {int(std::ceil(std::min(420.0, width))), 18};
}

void Legend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::instance().font(Type::Caption));
    const QFontMetricsF metrics(painter.font());
    const double right = width();
    std::vector<double> widths;
    for (const auto& line : m_impl->lines)
        if (!line.style.name.isEmpty()) widths.push_back(metrics.horizontalAdvance(line.style.name));
    const auto wanted = [&widths](double most) {
        double sum = 0;
        for (const double width : widths) sum += std::min(width, most) + 34;
        return sum;
    };
    double most = right;
    while (most > 40 && wanted(most) > right + 0.5) most -= 1;
    double left = std::max(0.0, right - wanted(most)) + 10;
    for (const auto& line : m_impl->lines) {
        const QString name = metrics.elidedText(line.style.name, Qt::ElideRight, std::ceil(most));
        const double width = metrics.horizontalAdvance(name);
        if (line.style.name.isEmpty() || left + 24 + width > right + 1) continue;
        auto style = line.style;
        style.focus = true;
        painter.setPen(linePen(style, m_impl->colour(line)));
        painter.drawLine(QPointF(left, 9), QPointF(left + 18, 9));
        painter.setPen(Theme::instance().colour(Token::T2));
        painter.drawText(QRectF(left + 22, 0, width + 2, 18), Qt::AlignVCenter, name);
        left += width + 34;
    }
}

}  // namespace lathe::widgets::charts
