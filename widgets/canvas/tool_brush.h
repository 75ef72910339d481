// Brush and eraser on masks, in place. A polygon, box or ellipse under the brush is painted as a mask and becomes a polygon again.
// Shift paints a straight line from the last place, Alt turns the brush into the eraser and back.
#pragma once
#include "widgets/canvas/tool_draw.h"

namespace lathe::widgets::canvas {

class BrushTool : public Tool {
public:
    BrushTool(ToolHost& host, bool erases) : Tool(host), m_erases(erases) {}
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return m_cells != nullptr; }
    void paint(QPainter& painter) override;
    [[nodiscard]] bool can(std::string_view action) const override { return action == "larger" || action == "smaller"; }
    void act(std::string_view action) override;
    bool wheel(double notches, const Pointer& p) override;
    void classChanged(ClassId id) override;
    [[nodiscard]] const ToolModes* modes() const override;

protected:
    void addOptions(QHBoxLayout& row) override;
    [[nodiscard]] bool hasOptions() const override { return true; }

private:
    enum Mode { Continue, New };
    [[nodiscard]] double radius() const;
    [[nodiscard]] const annot::Annotation* shapeUnder(const Pointer& p) const;
    [[nodiscard]] bool start(const Pointer& p);
    [[nodiscard]] bool takeUp(const annot::Annotation& shape);
    void stroke(annot::Point to);
    void finish();
    [[nodiscard]] std::vector<annot::Annotation> cutAway(std::vector<AnnotationId>& emptied) const;
    const bool m_erases;
    bool m_removing = false;
    annot::Annotation m_shape;
    std::shared_ptr<annot::MaskCells> m_cells;
    std::size_t m_kind = 0;  ///< of the shape before it was painted on
    annot::Point m_last;
    AnnotationId m_lastShape;
    Pointer m_now;
};

}  // namespace lathe::widgets::canvas
