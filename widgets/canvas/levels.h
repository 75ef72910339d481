// Levels of detail without copies: one byte a vertex says down to which scale it is drawn.
#pragma once
#include <cstdint>
#include <span>

#include "widgets/canvas/geometry.h"

namespace lathe::widgets::canvas {

/// log2 of a tolerance in image pixels, 8 steps an octave.
[[nodiscard]] std::uint8_t keepCode(float tolerance);
/// A vertex is drawn at `scale` (device pixels per image pixel) when its byte is at least this: it moves the line >= 0.35 px.
[[nodiscard]] int keepLimit(double scale);
/// Douglas-Peucker on a closed ring: for each vertex the tolerance at which it goes, never above its parent's, so that levels are
/// nested. Two vertices stay always. `keep` has the ring's size.
void rankRing(std::span<const Vec> ring, std::span<std::uint8_t> keep);

}  // namespace lathe::widgets::canvas
