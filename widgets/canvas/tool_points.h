// A single point; and a skeleton of keypoints, joint by joint or whole.
#pragma once
#include "core/annot/schema.h"
#include "widgets/canvas/tool_draw.h"

namespace lathe::widgets::canvas {

/// A press sets it, a drag places it.
class PointTool : public DrawTool {
public:
    explicit PointTool(ToolHost& host) : DrawTool(host, Kind::Dot, "Draw point") {}
    void press(const Pointer& p) override;
    void release(const Pointer& p) override;

protected:
    void hover(const Pointer& p) override;
};

/// The joints of the class's skeleton in their order; free ones when the class has none. The right button sets a hidden joint, or
/// turns a joint of the selected skeleton visible, hidden, not labelled. Shift goes on with the selected one's missing joints.
class SkeletonTool : public DrawTool {
public:
    explicit SkeletonTool(ToolHost& host) : DrawTool(host, Kind::Keypoints, "Draw keypoints") {}
    [[nodiscard]] const ToolModes* modes() const override;
    [[nodiscard]] bool usesRightButton() const override { return drawing() || grips().under(now()).kind == Grip::Vertex; }
    void press(const Pointer& p) override;
    void release(const Pointer& p) override;
    void paint(QPainter& painter) override;
    [[nodiscard]] bool can(std::string_view action) const override;
    void act(std::string_view action) override;

protected:
    void hover(const Pointer& p) override;
    void takeBack() override;
    void complete() override;
    void forget() override;

private:
    enum Mode { ByJoint, Whole };
    [[nodiscard]] const annot::Skeleton* skeleton() const;
    [[nodiscard]] const annot::Annotation* selected() const;
    [[nodiscard]] annot::Keypoints within(const annot::Rect& rect) const;
    [[nodiscard]] bool start(const Pointer& p);
    void placeJoint(annot::Point at, std::uint8_t visibility);
    void goOn();
    void turnVisibility(const Pointer& p);
    void turnVisibility(int joint);
    annot::Keypoints m_points;
    std::vector<int> m_order;  ///< joints that were placed or skipped, for taking back
    int m_next = 0;
    AnnotationId m_target;
    Pointer m_from;
};

}  // namespace lathe::widgets::canvas
