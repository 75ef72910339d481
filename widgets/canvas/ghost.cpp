#include "widgets/canvas/ghost.h"

#include <QPainterPath>

#include "widgets/canvas/marks.h"
#include "widgets/canvas/outline.h"

namespace lathe::widgets::canvas {

namespace {

QPainterPath pathOf(const Ghost& ghost, const Viewport& view) {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const auto& ring : ghost.rings) {
        QPolygonF line;
        for (const Vec p : ring) line << view.toDevice(annot::Point{double(p.x), double(p.y)});
        if (line.size() == 1) path.addEllipse(line[0], 4, 4);
        path.addPolygon(line);
        path.closeSubpath();
    }
    return path;
}

}  // namespace

Ghost ghostOf(annot::Annotation shape, double score) {
    Ghost ghost{std::move(shape), score, false, {}};
    ghost.rings = outlineOf(ghost.shape.shape);
    return ghost;
}

void paintGhost(QPainter& painter, const Ghost& ghost, const QColor& colour, const Viewport& view, const QString& words,
                double ratio) {
    const QPainterPath path = pathOf(ghost, view);
    if (!path.boundingRect().intersects(QRectF(QPointF(), QSizeF(view.size)))) return;
    const double strength = ghost.refused ? 0.3 : 1;
    QColor ground = colour, line = colour;
    ground.setAlphaF(float(0.12 * strength));
    line.setAlphaF(float(strength));
    painter.fillPath(path, ground);
    painter.setBrush(Qt::NoBrush);
    painter.strokePath(path, QPen(QColor(0, 0, 0, int(128 * strength)), 3.5 * ratio));
    QPen dashed(line, 1.5 * ratio);
    dashed.setDashPattern({6 / 1.5, 4 / 1.5});
    dashed.setCapStyle(Qt::FlatCap);
    painter.strokePath(path, dashed);
    if (!words.isEmpty()) paintSuggestionTag(painter, path.boundingRect(), words, ratio);
}

}  // namespace lathe::widgets::canvas
