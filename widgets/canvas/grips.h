// Handles of what is selected: corners and sides of a frame, the handle that turns it, vertices and edges.
#pragma once
#include <QCursor>
#include <optional>
#include <span>
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/canvas/viewport.h"

namespace lathe::widgets::canvas {

struct Grip {
    enum Kind { None, Side, Turn, Vertex, Edge } kind = None;
    int h = 0, v = 0;  ///< Side: -1, 0, 1 from left to right, top to bottom, as the frame lies at angle 0; h of a joint: visibility
    int ring = 0, point = 0;  ///< Vertex; Edge: the one that starts there
    annot::Point at;
    [[nodiscard]] explicit operator bool() const { return kind != None; }
};

/// What is shown for shapes that have both: their points, or a frame to resize and turn them by.
enum class Handles { Points, Frame };

/// A rectangle turned about its centre.
struct Frame {
    annot::Point centre;
    double w = 0, h = 0, angle = 0;
    /// u, v from -1 to 1 along its own axes.
    [[nodiscard]] annot::Point at(double u, double v) const;
    [[nodiscard]] annot::Rect rect() const { return {centre.x - w / 2, centre.y - h / 2, w, h}; }
};

/// The frame that a shape is resized by: its own for turned boxes and ellipses, else its bounds.
[[nodiscard]] Frame frameOf(const annot::Shape& shape);
[[nodiscard]] Frame frameOf(std::span<const annot::Annotation> shapes);

/// The handles to paint: 8 of a frame and one that turns it, or the points that are in sight and at least 12 pixels apart.
[[nodiscard]] std::vector<Grip> gripsOf(const annot::Annotation& shape, const Viewport& view, double ratio, Handles handles);
[[nodiscard]] std::vector<Grip> gripsOf(std::span<const annot::Annotation> group, const Viewport& view, double ratio);
/// The handle at the pointer, else an edge under it; `slack` in device pixels.
[[nodiscard]] Grip gripAt(const annot::Annotation& shape, const Viewport& view, QPointF device, double slack, double ratio,
                          Handles handles);
[[nodiscard]] Grip gripAt(std::span<const annot::Annotation> group, const Viewport& view, QPointF device, double slack,
                          double ratio);
[[nodiscard]] Qt::CursorShape cursorOf(const Grip& grip, double angle = 0);

/// The shape with the grip moved there. `even` keeps proportions, or turns by steps of 15 degrees. `frame` is that of the shape,
/// or of the group that it belongs to, before the drag.
[[nodiscard]] annot::Shape dragged(const annot::Shape& shape, const Frame& frame, const Grip& grip, annot::Point to, bool even);
/// The shape with a vertex more (on an Edge) or less (a Vertex; a ring keeps three, a line two, a joint becomes unlabelled).
[[nodiscard]] annot::Shape withVertex(const annot::Shape& shape, const Grip& edge, annot::Point at);
[[nodiscard]] annot::Shape withoutVertex(const annot::Shape& shape, const Grip& vertex);

/// The points of a ring of a polygon, or of a line (ring 0); empty for other kinds.
[[nodiscard]] std::span<const annot::Point> ringOf(const annot::Shape& shape, std::size_t ring);
[[nodiscard]] std::size_t ringCount(const annot::Shape& shape);
[[nodiscard]] inline bool isClosed(const annot::Shape& shape) {
    return !std::holds_alternative<annot::Polyline>(shape);
}

}  // namespace lathe::widgets::canvas
