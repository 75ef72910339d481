// Magic wand: press on a colour, drag to the right or left for more or less tolerance; Shift adds, Alt or the right button takes
// away.
#pragma once
#include <QPointer>

#include "widgets/canvas/assist_tool.h"

namespace lathe::widgets::canvas {

class WandTool : public AssistTool {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::canvas::WandTool)
public:
    using AssistTool::AssistTool;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void doubleClick(const Pointer& p) override { press(p); }
    bool wheel(double notches, const Pointer& p) override;
    [[nodiscard]] bool can(std::string_view action) const override { return action == "larger" || action == "smaller"; }
    void act(std::string_view action) override { setTolerance(tolerance() + (action == "larger" ? 4 : -4)); }
    [[nodiscard]] bool usesRightButton() const override { return busy(); }

protected:
    const char* editLabel() const override { return "Magic wand"; }
    QString words() const override { return tr("tolerance %1").arg(tolerance()); }
    void back() override;
    void forget() override;
    void addOptions(QHBoxLayout& row) override;

private:
    struct Hint {
        annot::Point seed;
        int tolerance = 0;
        bool add = true;
    };
    [[nodiscard]] int tolerance() const;
    void setTolerance(int value);
    void askNow();
    std::optional<annot::Mask> m_base;  ///< what the hints before m_hints had found
    std::vector<Hint> m_hints;
    QPointF m_from;
    int m_toleranceFrom = 0;
    QPointer<QSlider> m_slider;
};

}  // namespace lathe::widgets::canvas
