#include "widgets/canvas/tool_hand.h"

namespace lathe::widgets::canvas {

void HandTool::press(const Pointer& p) {
    m_last = p.device;
    host().showCursor(Qt::ClosedHandCursor);
}

void HandTool::move(const Pointer& p, bool pressed) {
    if (!pressed) return;
    host().panBy(p.device - m_last);
    m_last = p.device;
}

void HandTool::release(const Pointer&) {
    host().showCursor(Qt::OpenHandCursor);
}

}  // namespace lathe::widgets::canvas
