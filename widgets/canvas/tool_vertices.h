// Takes many vertices of polygons and lines away: all within a band, or all that the round eraser comes over.
#pragma once
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

/// Works on the selected shapes, or on all when none is selected. One stroke is one edit. A ring that keeps fewer than three
/// vertices goes (a line: two), and a shape without any.
class VerticesTool : public Tool {
public:
    using Tool::Tool;
    [[nodiscard]] const ToolModes* modes() const override;
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return m_pressed; }
    void paint(QPainter& painter) override;
    [[nodiscard]] bool showsGrips() const override { return true; }
    [[nodiscard]] bool can(std::string_view action) const override;
    void act(std::string_view action) override;
    bool wheel(double notches, const Pointer& p) override;

protected:
    void addOptions(QHBoxLayout& row) override;

private:
    enum Mode { Band, Eraser };
    [[nodiscard]] double radius() const;
    void collect();
    [[nodiscard]] annot::Rect band() const;
    template <class In>
    void takeAway(const annot::Rect& around, const In& in);
    void finish();
    std::vector<annot::Annotation> m_before, m_now;  ///< as they were, and without what was taken
    Pointer m_from, m_at;
    bool m_pressed = false;
};

}  // namespace lathe::widgets::canvas
