// Extreme points: click the object's left, top, right and bottom end, in any order.
#pragma once
#include "widgets/canvas/assist_tool.h"

namespace lathe::widgets::canvas {

class ExtremesTool : public AssistTool {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::canvas::ExtremesTool)
public:
    using AssistTool::AssistTool;
    void press(const Pointer& p) override;
    void paint(QPainter& painter) override;

protected:
    const char* editLabel() const override { return "Extreme points"; }
    bool underWay() const override { return !m_points.empty(); }
    void back() override;
    void forget() override { m_points.clear(); }

private:
    std::vector<annot::Point> m_points;
};

}  // namespace lathe::widgets::canvas
