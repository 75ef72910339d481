// Changes of selected shapes as values: what becomes of them is worked out from values alone, so that it can be done off the GUI
// thread and shown before it is taken.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/annot/annotation.h"
#include "core/annot/edit.h"
#include "core/base/result.h"

namespace lathe::widgets::canvas {

class Document;

/// What becomes of an annotation. No shape: it goes. One: it keeps everything else. More: the first stays it, the others are new
/// annotations of the same class, attributes, flags and group, right above it.
struct Becoming {
    annot::Annotation was;
    std::vector<annot::Shape> shapes;
};
using Becomings = std::vector<Becoming>;

/// From shapes in drawing order. Pure, any thread. Those that stay as they are may be left out; InvalidData with words when nothing
/// can be done.
using Reshape = std::function<Result<Becomings>(const std::vector<annot::Annotation>&)>;

/// The lowest one becomes all of them together, the others go. A polyline, keypoints and the like don't take part.
[[nodiscard]] Reshape uniting();
/// What the others cover is taken from the lowest one; they stay.
[[nodiscard]] Reshape subtracting();
/// The lowest one becomes what all have in common, the others go.
[[nodiscard]] Reshape intersecting();
[[nodiscard]] Reshape splitting();
[[nodiscard]] Reshape cutting(std::vector<annot::Point> line);
/// Each for itself; those that fail, or of which nothing would be left, stay as they are unless that holds for all.
[[nodiscard]] Reshape each(std::function<Result<annot::Shape>(const annot::Shape&)> change);

/// One step of undo; the selection is what came of it, and what was selected and stayed as it was. False: a shape isn't as it was
/// any more, nothing was done. GUI thread.
bool commit(Document& document, const std::string& label, const Becomings& all);

enum class Order { Front, Forward, Backward, Back };
/// Moves in the drawing order; shapes that are next to each other stay so. `positions` ascending, of `count` shapes.
struct Move {
    int from, to;  ///< at the moment of the move, after those before it
    std::size_t which;
};
[[nodiscard]] std::vector<Move> moves(const std::vector<int>& positions, int count, Order order);
/// One step of undo. GUI thread.
void reorder(Document& document, const std::string& label, Order order);

/// How much there is to work on: vertices and runs.
[[nodiscard]] std::size_t weightOf(const annot::Shape& shape);

}  // namespace lathe::widgets::canvas
