// Points that stick to what is there: vertices first, then edges. And the border between two places of a ring.
#pragma once
#include <QPainter>
#include <optional>

#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

/// A place on the outline of a shape.
struct Snap {
    enum Kind { None, Vertex, Edge } kind = None;
    annot::Point at;
    std::int64_t id = 0;  ///< the shape
    std::size_t ring = 0;
    [[nodiscard]] explicit operator bool() const { return kind != None; }
};

/// Asks the scene; one of a tool. The switch is shared by all tools ("snap" in ToolHost::memory()).
class Snapper {
public:
    explicit Snapper(ToolHost& host) : m_host(host) {}
    [[nodiscard]] bool isOn() const { return m_host.memory().value(QStringLiteral("snap"), false).toBool(); }
    void setOn(bool on) { m_host.memory()[QStringLiteral("snap")] = on; }
    /// The nearest place within 8 logical pixels, of any shape but `except`; whether it is on or not.
    [[nodiscard]] Snap near(const Pointer& p, std::int64_t except = 0) const;
    /// Where a point goes: snapped when that is on (the place is remembered for paint()), kept inside the picture when that is.
    annot::Point place(const Pointer& p, std::int64_t except = 0);
    void forget() { m_last = {}; }
    [[nodiscard]] const Snap& last() const { return m_last; }
    void paint(QPainter& painter) const;  ///< the indicator: a square on a vertex, a cross on an edge

private:
    ToolHost& m_host;
    Snap m_last;
};

/// The ring of a snapped shape, exact where the shape has points of its own (else its outline).
[[nodiscard]] std::vector<annot::Point> borderOf(const annot::Shape& shape, std::size_t ring);
/// The points of `ring` from the place nearest to `from` to the place nearest to `to`, both ends included, the shorter way round
/// (`longer`: the other). An open line has one way.
[[nodiscard]] std::vector<annot::Point> pathAlong(std::span<const annot::Point> ring, bool closed, annot::Point from,
                                                  annot::Point to, bool longer);
/// Distance of a point to a ring's nearest edge.
[[nodiscard]] double distanceToRing(std::span<const annot::Point> ring, bool closed, annot::Point p);

}  // namespace lathe::widgets::canvas
