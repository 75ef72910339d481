// The list of tools: a new one is a file pair and a line here.
#include "widgets/canvas/tool_box.h"
#include "widgets/canvas/tool_hand.h"
#include "widgets/canvas/tool_polygon.h"
#include "widgets/canvas/tool_select.h"

namespace lathe::widgets::canvas {

namespace {

template <class T>
std::unique_ptr<Tool> make(ToolHost& host) {
    return std::make_unique<T>(host);
}

const ToolSpec kTools[] = {
    {"select", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Select"), "select", "V", Qt::ArrowCursor, false,
     make<SelectTool>},
    {"hand", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Hand"), "hand", "H", Qt::OpenHandCursor, false, make<HandTool>},
    {"box", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Box"), "box", "R", Qt::CrossCursor, true, make<BoxTool>},
    {"polygon", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Polygon"), "polygon", "P", Qt::CrossCursor, false,
     make<PolygonTool>},
};

}  // namespace

std::span<const ToolSpec> toolRegistry() {
    return kTools;
}

}  // namespace lathe::widgets::canvas
