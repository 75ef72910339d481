// Arithmetic of masks on their runs, without unpacking them; private to this folder. Masks are checked before (checkMask).
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/annot/shape.h"

namespace lathe::annot::runs {

/// Pixels (x, from) to (x, to - 1).
struct Run {
    std::uint32_t x, from, to;
};
using Runs = std::vector<Run>;  ///< by column, then by row; runs of one column may meet, but not overlap

/// Writes counts; neighbours of one kind become one.
class Counts {
public:
    void put(bool inside, std::uint64_t count);
    [[nodiscard]] Mask mask(std::uint32_t height, std::uint32_t width) && { return {height, width, std::move(m_counts)}; }

private:
    std::vector<std::uint32_t> m_counts{0};
};

[[nodiscard]] Runs runsOf(const Mask& mask);
/// The pixels of a mask that aren't set.
[[nodiscard]] Runs gapsOf(const Mask& mask);
[[nodiscard]] Mask maskOf(const Runs& runs, std::uint32_t height, std::uint32_t width);
[[nodiscard]] Mask united(const Mask& a, const Mask& b);
[[nodiscard]] Mask subtracted(const Mask& a, const Mask& b);
[[nodiscard]] Mask intersected(const Mask& a, const Mask& b);
[[nodiscard]] std::uint64_t areaOf(const Runs& runs);

/// Pieces by which pixels are neighbours, in the order of their first run.
enum class Neighbours { Sides, SidesAndCorners };
[[nodiscard]] std::vector<Runs> pieces(const Runs& runs, Neighbours neighbours);
/// Pieces (sides and corners) that a line through the pixels separates. `runs` is one piece.
[[nodiscard]] std::vector<Runs> cut(const Runs& runs, std::span<const Point> line);

/// What an erosion sees outside the image.
enum class Outside { Background, Foreground };
/// With a disc: all pixels whose centre is within `radius` of a set pixel's centre.
[[nodiscard]] Mask dilated(const Mask& mask, double radius);
[[nodiscard]] Mask eroded(const Mask& mask, double radius, Outside outside);

}  // namespace lathe::annot::runs
