// The list of tools: a new one is a file pair and a line here.
#include "widgets/canvas/tool_box.h"
#include "widgets/canvas/tool_brush.h"
#include "widgets/canvas/tool_comment.h"
#include "widgets/canvas/tool_cut.h"
#include "widgets/canvas/tool_extremes.h"
#include "widgets/canvas/tool_grabcut.h"
#include "widgets/canvas/tool_hand.h"
#include "widgets/canvas/tool_points.h"
#include "widgets/canvas/tool_polygon.h"
#include "widgets/canvas/tool_rotated_box.h"
#include "widgets/canvas/tool_ruler.h"
#include "widgets/canvas/tool_scissors.h"
#include "widgets/canvas/tool_select.h"
#include "widgets/canvas/tool_superpixels.h"
#include "widgets/canvas/tool_vertices.h"
#include "widgets/canvas/tool_wand.h"

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
    {"rotated-box", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Rotated box"), "rotbox", "O", Qt::CrossCursor, false,
     make<RotatedBoxTool>},
    {"ellipse", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Ellipse"), "ellipse", "E", Qt::CrossCursor, false,
     make<EllipseTool>},
    {"polygon", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Polygon"), "polygon", "P", Qt::CrossCursor, false,
     make<PolygonTool>},
    {"polyline", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Line"), "polyline", "L", Qt::CrossCursor, false,
     make<PolylineTool>},
    {"point", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Point"), "point", "I", Qt::CrossCursor, false, make<PointTool>},
    {"skeleton", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Keypoints"), "skeleton", "K", Qt::CrossCursor, false,
     make<SkeletonTool>},
    {"brush", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Brush"), "brush", "B", Qt::BlankCursor, true,
     [](ToolHost& host) -> std::unique_ptr<Tool> { return std::make_unique<BrushTool>(host, false); }},
    {"eraser", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Eraser"), "eraser", "X", Qt::BlankCursor, false,
     [](ToolHost& host) -> std::unique_ptr<Tool> { return std::make_unique<BrushTool>(host, true); }},
    {"vertices", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Delete vertices"), "scatter", "G", Qt::CrossCursor, false,
     make<VerticesTool>},
    {"cut", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Cut"), "split", "Shift+X", Qt::CrossCursor, false, make<CutTool>},
    {"ruler", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Ruler"), "ruler", "J", Qt::CrossCursor, true, make<RulerTool>},
    {"comment", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Comment"), "comment", "N", Qt::CrossCursor, false,
     make<CommentTool>},
    {"wand", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Magic wand"), "wand", "W", Qt::CrossCursor, true, make<WandTool>},
    {"scissors", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Intelligent scissors"), "scissors", "C", Qt::CrossCursor, false,
     make<ScissorsTool>},
    {"grabcut", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "GrabCut"), "target", "D", Qt::CrossCursor, false,
     make<GrabCutTool>},
    {"extremes", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Extreme points"), "extreme", "M", Qt::CrossCursor, false,
     make<ExtremesTool>},
    {"superpixels", QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Superpixels"), "superpixel", "U", Qt::CrossCursor, false,
     make<SuperpixelsTool>},
};

}  // namespace

std::span<const ToolSpec> toolRegistry() {
    return kTools;
}

}  // namespace lathe::widgets::canvas
