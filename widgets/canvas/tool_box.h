// Two corners: by a drag, or by two clicks.
#pragma once
#include "widgets/canvas/grip_drag.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class BoxTool : public Tool {
public:
    explicit BoxTool(ToolHost& host) : Tool(host), m_grips(host) {}
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return m_drawing || m_grips.active(); }
    void paint(QPainter& painter) override;
    [[nodiscard]] bool showsGrips() const override { return !m_drawing; }

private:
    [[nodiscard]] annot::Rect rect(const Pointer& p) const;
    void finish(const Pointer& p);
    GripDrag m_grips;
    Pointer m_from, m_now;
    annot::Annotation m_shape;
    bool m_drawing = false, m_second = false;
};

}  // namespace lathe::widgets::canvas
