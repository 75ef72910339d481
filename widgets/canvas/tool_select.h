// Select, move, resize, turn, edit vertices. A click takes the smallest shape with its group, a repeated click that shape alone,
// the next ones go deeper. A drag from nothing selects by a band or a lasso.
#pragma once
#include "widgets/canvas/grip_drag.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class SelectTool : public Tool {
public:
    explicit SelectTool(ToolHost& host) : Tool(host), m_grips(host) {}
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    void doubleClick(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return m_state != State::Idle; }
    void paint(QPainter& painter) override;
    [[nodiscard]] bool showsGrips() const override { return true; }
    [[nodiscard]] const ToolModes* modes() const override;

private:
    enum class State { Idle, Pressed, Moving, Band, Grip };
    [[nodiscard]] double slack() const;  ///< image pixels
    [[nodiscard]] std::vector<std::int64_t> under(const Pointer& p) const;
    void toggle(AnnotationId id);
    void hover(const Pointer& p);
    void moveTo(const Pointer& p);
    void goDeeper();
    void finishBand(const Pointer& p);
    [[nodiscard]] std::vector<std::int64_t> inBand(const Pointer& p) const;
    [[nodiscard]] std::vector<std::int64_t> inLasso() const;
    [[nodiscard]] std::vector<AnnotationId> withGroup(AnnotationId id) const;

    GripDrag m_grips;
    State m_state = State::Idle;
    Pointer m_from, m_now;
    std::vector<annot::Point> m_lasso;
    std::vector<std::int64_t> m_stack;  ///< under the press, smallest first
    bool m_wasSelected = false;
    std::vector<annot::Annotation> m_before;
    annot::Rect m_beforeBox;
};

}  // namespace lathe::widgets::canvas
