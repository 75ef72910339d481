// Measures: length in pixels, its parts along the axes, and the angle.
#pragma once
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

/// A drag lays the ruler; its ends can be dragged afterwards. Shift keeps it to steps of 15 degrees. It makes no shape.
class RulerTool : public Tool {
public:
    using Tool::Tool;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return m_dragging; }
    void paint(QPainter& painter) override;

private:
    std::optional<annot::Point> m_ends[2];
    int m_end = 1;  ///< the one in the hand
    bool m_dragging = false;
};

/// "152.3 px  Δ 120 × 94  38.1°": the angle as seen, counter-clockwise from the right.
[[nodiscard]] QString rulerText(annot::Point from, annot::Point to);

}  // namespace lathe::widgets::canvas
