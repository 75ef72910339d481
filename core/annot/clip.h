// Polygons through the Clipper library, on a grid of 1/1024 pixel; private to this folder. Everything here may throw
// ClipperLib::clipperException, which area_ops.cpp catches.
#pragma once
#include <clipper.hpp>
#include <span>
#include <vector>

#include "core/annot/rings.h"

namespace lathe::annot::clip {

using ClipperLib::Paths;

/// Rings that don't cross: outlines turn clockwise as seen, holes the other way.
[[nodiscard]] Paths pathsOf(const std::vector<Ring>& evenOdd);
[[nodiscard]] std::vector<Ring> ringsOf(const Paths& paths);
/// `subject` and `clip` may each hold several sets of paths that overlap.
[[nodiscard]] Paths combined(ClipperLib::ClipType operation, const Paths& subject, const Paths& clip);
/// By parts that don't touch along an edge: outline first, then its holes; largest first.
[[nodiscard]] std::vector<Paths> partsOf(const Paths& paths);
[[nodiscard]] Paths offset(const Paths& paths, double byPixels);
/// The pieces of one part; one piece when the line doesn't separate it.
[[nodiscard]] std::vector<Paths> cut(const Paths& part, std::span<const Point> line);
/// In square pixels; holes count against outlines.
[[nodiscard]] double areaOf(const Paths& paths);

}  // namespace lathe::annot::clip
