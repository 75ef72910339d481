// What the GUI thread paints above the tiles: hovered, selected, carried shapes, handles, tags. Device pixels.
#pragma once
#include <QPainter>
#include <vector>

#include "widgets/canvas/grips.h"
#include "widgets/canvas/scene.h"
#include "widgets/canvas/viewport.h"

namespace lathe::widgets::canvas {

/// A shape ready to be painted on top.
struct Mark {
    std::vector<QPolygonF> rings;  ///< device pixels
    QRectF box;
    QColor colour;
    std::uint32_t flags = 0;
    Kind kind = Kind::Box;
};

[[nodiscard]] Mark markOf(ShapeRef shape, const Viewport& view);
[[nodiscard]] Mark markOf(const annot::Annotation& shape, const std::vector<std::vector<Vec>>& rings, const QColor& colour,
                          const Viewport& view);

/// As the tiles have it: 1.5 px over 3.5 px black.
void paintPlain(QPainter& painter, const Mark& mark, double ratio);
/// 2 px and 12 % fill.
void paintHovered(QPainter& painter, const Mark& mark, double ratio);
/// 2 px with 1 px white inside, no fill: the pixels must be judged.
void paintSelected(QPainter& painter, const Mark& mark, double ratio);
void paintGrips(QPainter& painter, const std::vector<Grip>& grips, const Viewport& view, double ratio);
/// Class name on its colour, then the size on black, above the box (inside at the top edge of the view).
void paintTag(QPainter& painter, const Mark& mark, const QString& name, const QString& size, double ratio);

}  // namespace lathe::widgets::canvas
