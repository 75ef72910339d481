// Click points; Enter, a double click or a click on the first point closes; Backspace takes one back; Esc drops.
#pragma once
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class PolygonTool : public Tool {
public:
    using Tool::Tool;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    void doubleClick(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return !m_points.empty(); }
    void paint(QPainter& painter) override;

private:
    [[nodiscard]] annot::Point inside(annot::Point p) const;
    [[nodiscard]] bool atFirst(const Pointer& p) const;
    void addPoint(const Pointer& p);
    void close();
    std::vector<annot::Point> m_points;
    ClassId m_class;
    Pointer m_now;
    QPointF m_lastAdded;
};

}  // namespace lathe::widgets::canvas
