// GrabCut: drag a box round the object; then strokes say more: left is object, right or Alt is background.
#pragma once
#include "core/annot/assist/grabcut.h"
#include "widgets/canvas/assist_tool.h"

namespace lathe::widgets::canvas {

class GrabCutTool : public AssistTool {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::canvas::GrabCutTool)
public:
    using AssistTool::AssistTool;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    bool wheel(double notches, const Pointer& p) override;
    [[nodiscard]] bool can(std::string_view action) const override { return action == "larger" || action == "smaller"; }
    void act(std::string_view action) override { setRadius(radius() * (action == "larger" ? 1.25 : 0.8)); }
    [[nodiscard]] bool usesRightButton() const override { return m_box.has_value(); }
    void paint(QPainter& painter) override;

protected:
    const char* editLabel() const override { return "GrabCut"; }
    bool underWay() const override { return m_box || m_drawing; }
    void back() override;
    void forget() override;
    void addOptions(QHBoxLayout& row) override;

private:
    [[nodiscard]] double radius() const;  ///< logical pixels
    void setRadius(double value);
    void askNow();
    void paintStrokes(QPainter& painter) const;
    std::optional<annot::Rect> m_box;
    std::vector<annot::assist::Stroke> m_strokes;
    Pointer m_from, m_now;
    bool m_drawing = false, m_stroking = false;
};

}  // namespace lathe::widgets::canvas
