#include "widgets/canvas/tool_comment.h"

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kCommentSlack = 4;  // logical pixels
}

std::int64_t CommentTool::under(const Pointer& p) const {
    const auto& scene = host().document().scene();
    if (!scene) return 0;
    const auto hits =
        scene->hits({float(p.image.x), float(p.image.y)}, float(kCommentSlack * host().ratio() / host().viewport().scale));
    return hits.empty() ? 0 : hits.front().head().id;
}

void CommentTool::move(const Pointer& p, bool) {
    host().document().setHovered(under(p));
}

void CommentTool::release(const Pointer& p) {
    const annot::Rect in = host().document().imageRect();
    if (in.contains(p.image)) host().comment(p.image, AnnotationId(under(p)));
}

}  // namespace lathe::widgets::canvas
