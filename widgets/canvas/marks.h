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
    [[nodiscard]] bool isGiant() const;
};

[[nodiscard]] Mark markOf(ShapeRef shape, const Viewport& view);
[[nodiscard]] Mark markOf(const annot::Annotation& shape, const std::vector<std::vector<Vec>>& rings, const QColor& colour,
                          const Viewport& view);

/// As the tiles have it: 1.5 px over 3.5 px black.
void paintPlain(QPainter& painter, const Mark& mark, double ratio);
/// A giant that moves: one thin line, so that a frame stays a frame.
void paintRough(QPainter& painter, const Mark& mark);
/// 2 px and 12 % fill.
void paintHovered(QPainter& painter, const Mark& mark, double ratio);
/// 2 px with 1 px white inside, no fill: the pixels must be judged.
void paintSelected(QPainter& painter, const Mark& mark, double ratio);
void paintGrips(QPainter& painter, const std::vector<Grip>& grips, const Viewport& view, double ratio);
/// Class name on its colour, then the size on black, above the box (inside at the top edge of the view).
void paintTag(QPainter& painter, const Mark& mark, const QString& name, const QString& size, double ratio);

/// An open line of the colour over its halo, as what is drawn with looks.
void paintLine(QPainter& painter, const QPolygonF& line, const QColor& colour, double ratio);
/// Class and confidence on black, in the top left corner of a suggestion.
void paintSuggestionTag(QPainter& painter, const QRectF& box, const QString& text, double ratio);

}  // namespace lathe::widgets::canvas
