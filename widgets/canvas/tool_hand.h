// Drag to pan.
#pragma once
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class HandTool : public Tool {
public:
    using Tool::Tool;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;

private:
    QPointF m_last;
};

}  // namespace lathe::widgets::canvas
