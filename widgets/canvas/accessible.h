// The canvas in the accessibility tree: its state in words, its shapes as children on demand.
#pragma once

namespace lathe::widgets::canvas {

/// Once per program; later calls do nothing.
void installAccessibility();

}  // namespace lathe::widgets::canvas
