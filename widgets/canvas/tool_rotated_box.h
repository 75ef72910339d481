// A turned box: two clicks along one side, a third for the other; or a drag of an upright one, turned by its handle later.
#pragma once
#include "widgets/canvas/tool_draw.h"

namespace lathe::widgets::canvas {

class RotatedBoxTool : public DrawTool {
public:
    explicit RotatedBoxTool(ToolHost& host) : DrawTool(host, Kind::RotatedBox, "Draw rotated box") {}
    void press(const Pointer& p) override;
    void release(const Pointer& p) override;
    void paint(QPainter& painter) override;

protected:
    void hover(const Pointer& p) override;
    void takeBack() override;
    void forget() override;

private:
    [[nodiscard]] annot::RotatedBox upright(annot::Point to) const;
    [[nodiscard]] annot::RotatedBox along(annot::Point to) const;
    void finishIfReal(const annot::RotatedBox& box);
    std::vector<annot::Point> m_points;  ///< the ends of the first side
    Pointer m_from;
    bool m_pressed = false;
};

}  // namespace lathe::widgets::canvas
