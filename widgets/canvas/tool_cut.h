// Cuts shapes in two: a drag is a straight cut; clicks set a line, Enter or a double click cuts, Backspace takes a point back, Esc
// drops it. The selected shapes are cut, or all that the line goes through when none is selected.
#pragma once
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class CutTool : public Tool {
public:
    using Tool::Tool;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    void doubleClick(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return !m_line.empty(); }
    void paint(QPainter& painter) override;

private:
    [[nodiscard]] std::vector<annot::Annotation> targets(const std::vector<annot::Point>& line) const;
    void cut();
    std::vector<annot::Point> m_line;
    Pointer m_now;
    QPointF m_pressedAt;
};

}  // namespace lathe::widgets::canvas
