// A box by two corners (a drag, or two clicks), or by four clicks on an object's extreme points. An ellipse in the same way.
#pragma once
#include "widgets/canvas/tool_draw.h"

namespace lathe::widgets::canvas {

/// Two corners of an upright rectangle; Shift makes it a square, Alt draws from the middle.
class CornersTool : public DrawTool {
public:
    using DrawTool::DrawTool;
    void press(const Pointer& p) override;
    void release(const Pointer& p) override;

protected:
    void hover(const Pointer& p) override;
    void forget() override { m_second = false; }
    [[nodiscard]] virtual annot::Shape shapeOf(const annot::Rect& rect) const = 0;

private:
    [[nodiscard]] annot::Rect rect(const Pointer& p);
    Pointer m_from;
    annot::Point m_corner;
    bool m_second = false;
};

class BoxTool : public CornersTool {
public:
    explicit BoxTool(ToolHost& host) : CornersTool(host, Kind::Box, "Draw box") {}
    [[nodiscard]] const ToolModes* modes() const override;
    void press(const Pointer& p) override;
    void release(const Pointer& p) override;
    void paint(QPainter& painter) override;

protected:
    void hover(const Pointer& p) override;
    void takeBack() override;
    void forget() override;
    [[nodiscard]] annot::Shape shapeOf(const annot::Rect& rect) const override { return annot::Box{rect}; }

private:
    [[nodiscard]] annot::Rect extent(annot::Point with) const;
    std::vector<annot::Point> m_extremes;
};

class EllipseTool : public CornersTool {
public:
    explicit EllipseTool(ToolHost& host) : CornersTool(host, Kind::Ellipse, "Draw ellipse") {}

protected:
    [[nodiscard]] annot::Shape shapeOf(const annot::Rect& r) const override {
        return annot::Ellipse{{r.x + r.w / 2, r.y + r.h / 2}, r.w / 2, r.h / 2, 0};
    }
};

}  // namespace lathe::widgets::canvas
