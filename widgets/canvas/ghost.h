// A ghost: a shape that would come, dashed in its class's colour until Enter takes it.
#pragma once
#include <QPainter>
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/canvas/geometry.h"
#include "widgets/canvas/viewport.h"

namespace lathe::widgets::canvas {

struct Ghost {
    annot::Annotation shape;  ///< no id yet, unless it takes the place of a shape that is there
    double score = 1;         ///< 0 to 1
    bool refused = false;     ///< clicked away
    std::vector<std::vector<Vec>> rings = {};
};

/// A ghost with its rings ready; any thread.
[[nodiscard]] Ghost ghostOf(annot::Annotation shape, double score = 1);
/// Dashes 6 4 over black, a fill of 12 %; a refused one faint. `words` on black beside it, none when empty.
void paintGhost(QPainter& painter, const Ghost& ghost, const QColor& colour, const Viewport& view, const QString& words,
                double ratio);

}  // namespace lathe::widgets::canvas
