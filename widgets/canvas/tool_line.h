// Points after each other: what polygons and polylines are drawn with. Click or drag points; Enter or a double click ends,
// Backspace takes one back, Esc drops. Ctrl over a neighbour's border follows it from the last point (Alt too: the longer way).
#pragma once
#include "widgets/canvas/tool_draw.h"

namespace lathe::widgets::canvas {

class LineTool : public DrawTool {
public:
    using DrawTool::DrawTool;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    void doubleClick(const Pointer& p) override;
    void paint(QPainter& painter) override;
    [[nodiscard]] bool showsGrips() const override { return false; }

protected:
    /// Before the first point: what it starts. False: it can't be drawn.
    [[nodiscard]] virtual bool start(const Pointer& p) = 0;
    [[nodiscard]] virtual std::size_t least() const = 0;
    [[nodiscard]] virtual bool endsAt(const Pointer& p) const = 0;  ///< a click here ends the line
    virtual void done(std::vector<annot::Point> points) = 0;
    [[nodiscard]] virtual bool closed() const = 0;
    void takeBack() override;
    void complete() override;
    void forget() override;

    [[nodiscard]] std::vector<annot::Point>& points() { return m_points; }
    [[nodiscard]] const std::vector<annot::Point>& points() const { return m_points; }
    [[nodiscard]] bool isNear(annot::Point at, const Pointer& p) const;
    /// The shape that a line is part of; it isn't a new one then.
    void setTarget(AnnotationId id) { m_target = id; }
    [[nodiscard]] const annot::Annotation* target() const;
    /// The one selected shape of that kind that may be edited.
    [[nodiscard]] const annot::Annotation* selectedOf(Kind kind) const;
    /// The line ends by changing the target.
    void replaceTarget(const char* label, annot::Shape shape);
    bool beginOn(const annot::Annotation& shape);

private:
    void add(const Pointer& p, bool following);
    [[nodiscard]] std::vector<annot::Point> next(const Pointer& p, bool following);
    std::vector<annot::Point> m_points;
    std::vector<std::size_t> m_steps;  ///< how many points there were before each step
    AnnotationId m_target;
    QPointF m_lastAdded;
};

}  // namespace lathe::widgets::canvas
