// Dragging a handle of what is selected: shared by the tools that show handles.
#pragma once
#include "widgets/canvas/grips.h"
#include "widgets/canvas/snap.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

/// Resizing and turning of one shape or of several together; points of one shape.
class GripDrag {
public:
    explicit GripDrag(ToolHost& host) : m_host(host), m_snap(host) {}
    /// The handle of the selection at the pointer.
    [[nodiscard]] Grip under(const Pointer& p) const;
    [[nodiscard]] Qt::CursorShape cursor(const Grip& grip) const;
    /// True: the press took a handle. Alt takes a vertex away.
    bool press(const Pointer& p);
    void move(const Pointer& p);
    void release();
    void cancel();
    /// On an edge of a polygon or line: a new vertex. True when there was an edge.
    bool insertAt(const Pointer& p);
    [[nodiscard]] bool active() const { return bool(m_grip); }
    [[nodiscard]] const Grip& vertex() const { return m_vertex; }  ///< the last one that was taken, for Delete
    bool removeVertex();
    void forgetVertex() { m_vertex = {}; }
    void paint(QPainter& painter) const;

private:
    [[nodiscard]] std::vector<annot::Annotation> editable() const;
    [[nodiscard]] const annot::Annotation* single() const;
    [[nodiscard]] bool isGiant() const;
    [[nodiscard]] annot::Point place(const Pointer& p);
    [[nodiscard]] bool leaves(const std::vector<annot::Annotation>& shapes) const;
    ToolHost& m_host;
    Snapper m_snap;
    Grip m_grip, m_vertex;
    Frame m_frame;
    std::vector<annot::Annotation> m_before;
    QPointF m_offset;
    bool m_moved = false, m_giant = false;
};

}  // namespace lathe::widgets::canvas
