// A polygon: a new one, another part or a hole of the selected one, or another course for a piece of its border.
#pragma once
#include "widgets/canvas/tool_line.h"

namespace lathe::widgets::canvas {

class PolygonTool : public LineTool {
public:
    explicit PolygonTool(ToolHost& host) : LineTool(host, Kind::Polygon, "Draw polygon") {}
    [[nodiscard]] const ToolModes* modes() const override;

protected:
    [[nodiscard]] bool start(const Pointer& p) override;
    [[nodiscard]] std::size_t least() const override { return mode() == Reshape ? 2 : 3; }
    [[nodiscard]] bool endsAt(const Pointer& p) const override;
    [[nodiscard]] bool closed() const override { return mode() != Reshape; }
    void done(std::vector<annot::Point> points) override;

private:
    enum Mode { New, Part, Reshape };
    void reshape(std::vector<annot::Point> line);
};

/// An open line; a press on an end of the selected one goes on from there.
class PolylineTool : public LineTool {
public:
    explicit PolylineTool(ToolHost& host) : LineTool(host, Kind::Polyline, "Draw line") {}

protected:
    [[nodiscard]] bool start(const Pointer& p) override;
    [[nodiscard]] std::size_t least() const override { return 2; }
    [[nodiscard]] bool endsAt(const Pointer& p) const override { return points().size() >= 2 && isNear(points().back(), p); }
    [[nodiscard]] bool closed() const override { return false; }
    void done(std::vector<annot::Point> points) override;
    void forget() override;

private:
    bool m_reversed = false;  ///< the selected line's start is the end that goes on
};

}  // namespace lathe::widgets::canvas
