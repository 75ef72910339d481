// What tools that draw a new shape share: its class, the draft in the hand, handles of the selection, Esc, guides, snapping.
#pragma once
#include "widgets/canvas/grip_drag.h"
#include "widgets/canvas/scene.h"
#include "widgets/canvas/snap.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class DrawTool : public Tool {
public:
    DrawTool(ToolHost& host, Kind kind, const char* label)
        : Tool(host), m_grips(host), m_snap(host), m_kind(kind), m_label(label) {}
    void move(const Pointer& p, bool pressed) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return m_drawing || m_grips.active(); }
    void paint(QPainter& painter) override;
    [[nodiscard]] bool showsGrips() const override { return !m_drawing; }
    void classChanged(ClassId id) override;

protected:
    /// True: the press or release was for a handle of the selection.
    bool gripPress(const Pointer& p);
    bool gripRelease();
    /// A draft of the active class; false: there is no class for it. The selection goes.
    bool begin();
    void show(annot::Shape shape);         ///< the draft as it is now
    void finish(annot::Shape shape);       ///< becomes an edit and is selected
    virtual void hover(const Pointer&) {}  ///< the draft follows the pointer, or nothing is drawn yet
    virtual void takeBack() {}             ///< Backspace
    virtual void complete() {}             ///< Enter
    virtual void forget() {}               ///< the draft was dropped
    [[nodiscard]] bool isClick(const Pointer& from, const Pointer& to) const;
    [[nodiscard]] annot::Annotation& draft() { return m_draft; }
    [[nodiscard]] const annot::Annotation& draft() const { return m_draft; }
    void setDrawing(bool on) { m_drawing = on; }
    [[nodiscard]] bool drawing() const { return m_drawing; }
    [[nodiscard]] const Pointer& now() const { return m_now; }
    [[nodiscard]] Snapper& snap() { return m_snap; }
    [[nodiscard]] GripDrag& grips() { return m_grips; }
    [[nodiscard]] const GripDrag& grips() const { return m_grips; }
    [[nodiscard]] const char* label() const { return m_label; }
    [[nodiscard]] Kind kind() const { return m_kind; }

private:
    void paintGuides(QPainter& painter) const;
    GripDrag m_grips;
    Snapper m_snap;
    const Kind m_kind;
    const char* const m_label;
    annot::Annotation m_draft;
    Pointer m_now;
    bool m_drawing = false;
};

}  // namespace lathe::widgets::canvas
