// Comment: a click pins a comment to the place, or to the shape there.
#pragma once
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class CommentTool : public Tool {
public:
    using Tool::Tool;
    void move(const Pointer& pointer, bool pressed) override;
    void release(const Pointer& pointer) override;

private:
    [[nodiscard]] std::int64_t under(const Pointer& pointer) const;
};

}  // namespace lathe::widgets::canvas
