// Dragging a handle of the one selected shape: shared by the tools that show handles.
#pragma once
#include "widgets/canvas/grips.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class GripDrag {
public:
    explicit GripDrag(ToolHost& host) : m_host(host) {}
    /// The handle of the single selected shape at the pointer.
    [[nodiscard]] Grip under(const Pointer& p) const;
    /// True: the press took a handle. Alt takes a vertex away.
    bool press(const Pointer& p);
    void move(const Pointer& p);
    void release();
    void cancel();
    /// On an edge of a polygon: a new vertex. True when there was an edge.
    bool insertAt(const Pointer& p);
    [[nodiscard]] bool active() const { return bool(m_grip); }
    [[nodiscard]] const Grip& vertex() const { return m_vertex; }  ///< the last one that was taken, for Delete
    bool removeVertex();
    void forgetVertex() { m_vertex = {}; }

private:
    [[nodiscard]] const annot::Annotation* single() const;
    [[nodiscard]] annot::Point inside(annot::Point p) const;
    ToolHost& m_host;
    Grip m_grip, m_vertex;
    annot::Annotation m_before;
    QPointF m_offset;
    bool m_moved = false;
};

}  // namespace lathe::widgets::canvas
