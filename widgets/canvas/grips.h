// Handles of a selected shape: corners and sides of a box, vertices and edges of a polygon.
#pragma once
#include <QCursor>
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/canvas/viewport.h"

namespace lathe::widgets::canvas {

struct Grip {
    enum Kind { None, Side, Vertex, Edge } kind = None;
    int h = 0, v = 0;         ///< Side: -1, 0, 1 from left to right, top to bottom
    int ring = 0, point = 0;  ///< Vertex; Edge: the one that starts there
    annot::Point at;
    [[nodiscard]] explicit operator bool() const { return kind != None; }
};

/// The handles to paint: 8 of a box, the vertices of a polygon that are at least 12 device pixels apart.
[[nodiscard]] std::vector<Grip> gripsOf(const annot::Annotation& shape, const Viewport& view, double ratio);
/// The handle at the pointer, else an edge of a polygon under it; `slack` in device pixels.
[[nodiscard]] Grip gripAt(const annot::Annotation& shape, const Viewport& view, QPointF device, double slack);
[[nodiscard]] Qt::CursorShape cursorOf(const Grip& grip);
/// The shape with the grip moved there. `square` keeps a box's proportions.
[[nodiscard]] annot::Shape dragged(const annot::Shape& shape, const Grip& grip, annot::Point to, bool square);
/// The polygon with a vertex more (on an Edge) or less (a Vertex; a ring keeps three).
[[nodiscard]] annot::Shape withVertex(const annot::Shape& shape, const Grip& edge, annot::Point at);
[[nodiscard]] annot::Shape withoutVertex(const annot::Shape& shape, const Grip& vertex);

}  // namespace lathe::widgets::canvas
