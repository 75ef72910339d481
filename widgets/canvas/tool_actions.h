// The actions of the mode that are for the tools: their ways of working, sizes, snapping, joints; and selecting and repeating.
#pragma once
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/common/action_set.h"

namespace lathe::widgets::canvas {

class Document;
class View;

/// Adds them to the set of the Label mode, whose words they share.
void addToolActions(common::ActionSet& actions, View& view, Document& document);
/// The shapes of one image put on another as new ones: at the same place, kept inside; what would lie outside stays off. Their
/// groups stay groups. Selects them.
void putShapes(Document& document, const char* label, const std::vector<annot::Annotation>& shapes, double shift = 0);

}  // namespace lathe::widgets::canvas
