#include "widgets/canvas/marks.h"

#include <QPainterPath>

#include "widgets/canvas/levels.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kTagHeight = 17, kFine = 2;  // a giant in the hand is painted no finer

QPainterPath pathOf(const Mark& mark) {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const QPolygonF& ring : mark.rings) {
        if (ring.size() == 1) path.addEllipse(ring[0], 3, 3);
        path.addPolygon(ring);
        path.closeSubpath();
    }
    return path;
}

QPen pen(const QColor& colour, double width) {
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin};
}

void stroke(QPainter& painter, const QPainterPath& path, const QColor& colour, double core, double halo, double ratio) {
    painter.strokePath(path, pen(QColor(0, 0, 0, 128), halo * ratio));
    painter.strokePath(path, pen(colour, core * ratio));
}

/// One rounded label; returns where the next one starts.
double label(QPainter& painter, QPointF at, const QString& text, const QColor& ground, const QColor& ink, double ratio) {
    const double width = painter.fontMetrics().horizontalAdvance(text) + 10 * ratio;
    const QRectF r(at, QSizeF(width, kTagHeight * ratio));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(r, 2 * ratio, 2 * ratio);
    painter.setPen(ink);
    painter.drawText(r, Qt::AlignCenter, text);
    return r.right() + 2 * ratio;
}

QFont tagFont(double ratio) {
    QFont font = common::Theme::instance().font(common::Type::Caption);
    font.setPixelSize(std::max(1, int(std::round(11 * ratio))));
    font.setWeight(QFont::DemiBold);
    return font;
}

/// Above the box, inside at the view's edges.
QPointF tagPlace(const QRectF& box, double ratio) {
    QPointF at(box.left() - ratio, box.top() - (kTagHeight + 4) * ratio);
    if (at.y() < 2 * ratio) at.setY(std::max(box.top(), 0.0) + 3 * ratio);
    if (at.x() < 2 * ratio) at.setX(2 * ratio);
    return {std::round(at.x()), std::round(at.y())};
}

}  // namespace

Mark markOf(ShapeRef shape, const Viewport& view) {
    const Head& h = shape.head();
    Mark mark{{}, {}, QColor::fromRgb(h.colour), h.flags, h.kind};
    const int limit = keepLimit(view.scale);
    for (std::uint32_t r = h.firstRing; r < h.firstRing + h.rings; ++r) {
        QPolygonF ring;
        for (std::uint32_t i = shape.store->ringStart[r]; i < shape.store->ringStart[r + 1]; ++i)
            if (shape.store->keep[i] >= limit)
                ring << view.toDevice(annot::Point{double(shape.store->points[i].x), double(shape.store->points[i].y)});
        mark.box = mark.rings.empty() ? ring.boundingRect() : mark.box.united(ring.boundingRect());
        mark.rings.push_back(std::move(ring));
    }
    return mark;
}

Mark markOf(const annot::Annotation& shape, const std::vector<std::vector<Vec>>& rings, const QColor& colour,
            const Viewport& view) {
    Mark mark{{}, {}, colour, shape.flags, static_cast<Kind>(shape.shape.index())};
    for (const auto& points : rings) {
        QPolygonF ring;
        const bool many = points.size() > Shapes::kGiant;
        for (const Vec p : points) {
            const QPointF at = view.toDevice(annot::Point{double(p.x), double(p.y)});
            if (many && !ring.isEmpty() && (at - ring.back()).manhattanLength() < kFine) continue;
            ring << at;
        }
        mark.box = mark.rings.empty() ? ring.boundingRect() : mark.box.united(ring.boundingRect());
        mark.rings.push_back(std::move(ring));
    }
    return mark;
}

void paintPlain(QPainter& painter, const Mark& mark, double ratio) {
    painter.setBrush(Qt::NoBrush);
    stroke(painter, pathOf(mark), mark.colour, 1.5, 3.5, ratio);
}

bool Mark::isGiant() const {
    qsizetype points = 0;
    for (const QPolygonF& ring : rings) points += ring.size();
    return points > qsizetype(Shapes::kGiant);
}

void paintRough(QPainter& painter, const Mark& mark) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(mark.colour, 0));
    for (const QPolygonF& ring : mark.rings) painter.drawPolygon(ring);
    painter.setRenderHint(QPainter::Antialiasing, true);
}

void paintHovered(QPainter& painter, const Mark& mark, double ratio) {
    const QPainterPath path = pathOf(mark);
    QColor ground = mark.colour;
    ground.setAlphaF(0.12f);
    painter.fillPath(path, ground);
    stroke(painter, path, mark.colour, 2, 4, ratio);
}

void paintSelected(QPainter& painter, const Mark& mark, double ratio) {
    const QPainterPath path = pathOf(mark);
    painter.strokePath(path, pen(QColor(0, 0, 0, 128), 4 * ratio));
    painter.save();
    painter.setClipPath(path, Qt::IntersectClip);
    painter.strokePath(path, pen(Qt::white, 4 * ratio));
    painter.restore();
    painter.strokePath(path, pen(mark.colour, 2 * ratio));
}

void paintLine(QPainter& painter, const QPolygonF& line, const QColor& colour, double ratio) {
    painter.setBrush(Qt::NoBrush);
    for (const auto& [ink, width] : {std::pair{QColor(0, 0, 0, 128), 4.0}, {colour, 2.0}}) {
        painter.setPen(QPen(ink, width * ratio, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    }
}

void paintGrips(QPainter& painter, const std::vector<Grip>& grips, const Viewport& view, double ratio) {
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Accent), 1.5 * ratio));
    painter.setBrush(Qt::white);
    const double half = 4 * ratio;
    for (const Grip& g : grips) {
        const QPointF at = view.toDevice(g.at);
        if (!std::isfinite(at.x()) || !std::isfinite(at.y())) continue;
        painter.setBrush(g.kind == Grip::Vertex && g.h == 1 ? QBrush(QColor(16, 17, 18, 199)) : QBrush(Qt::white));
        if (g.kind == Grip::Vertex || g.kind == Grip::Turn)
            painter.drawEllipse(at, half, half);
        else
            painter.drawRoundedRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half), 1.5 * ratio, 1.5 * ratio);
    }
}

void paintTag(QPainter& painter, const Mark& mark, const QString& name, const QString& size, double ratio) {
    painter.setFont(tagFont(ratio));
    QPointF at = tagPlace(mark.box, ratio);
    at.setX(label(painter, at, name, mark.colour, QColor(0x10, 0x11, 0x12), ratio));
    if (!size.isEmpty()) label(painter, at, size, QColor(16, 17, 18, 199), Qt::white, ratio);
}

void paintSuggestionTag(QPainter& painter, const QRectF& box, const QString& text, double ratio) {
    painter.setFont(tagFont(ratio));
    label(painter, {std::round(box.left() + ratio), std::round(box.top() + ratio)}, text, QColor(16, 17, 18, 199), Qt::white,
          ratio);
}

}  // namespace lathe::widgets::canvas
