// Strokes by distance: per shape a byte plane keeps the largest (R - distance) over its edges. Joints need no care, halo and core
// come from one pass, and a pixel depends on geometry alone, never on the tile it lies in.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "widgets/canvas/tile_ink.h"

namespace lathe::widgets::canvas {

/// A point in device pixels of the tile, a multiple of 1/256, so that differences are exact wherever the tile lies.
struct Local {
    double x = 0, y = 0;
};

/// How a line looks: half widths of halo and core in device pixels, their strength, and a dash in device pixels (on 0: solid).
struct Pen {
    Pen(float halo, float core, float strength, float on = 0, float off = 0);
    float radius, unit;  ///< reach of the plane; plane steps per pixel
    float on, period;
    std::array<std::uint16_t, 256> haloAlpha, coreAlpha;  ///< of 256, by plane value
};

/// One tile's plane. One thread at a time.
class DistancePlane {
public:
    void reset(int side);  ///< side: a multiple of 8
    /// Adds a line (closed or open) of the shape under way; a single point is a disc of the pen's width. What `ink` hides may be
    /// left out.
    void line(std::span<const Local> points, bool closed, const Pen& pen, const TileInk& ink);
    /// Lays the shape behind the ink and clears the plane for the next one.
    void compose(TileInk& ink, const Pen& pen, std::uint32_t colour);

private:
    template <class Real>
    void edge(Local a, Local b, Local previous, double start, const Pen& pen);
    void disc(Local at, const Pen& pen);
    void touch(Local p, float reach);
    [[nodiscard]] bool hidden(const TileInk& ink, double x0, double y0, double x1, double y1, double reach) const;
    int m_side = 0;
    std::vector<std::uint8_t> m_plane;
    int m_x0 = 0, m_y0 = 0, m_x1 = 0, m_y1 = 0;  ///< what compose must look at
};

/// Even-odd fill of rings; crossings are bucketed by row, so a ring of 100,000 points costs its points once.
class RowFiller {
public:
    void ring(std::span<const Local> points, int side);
    void compose(TileInk& ink, std::uint32_t colour, std::uint32_t alpha);

private:
    std::vector<std::vector<float>> m_rows;
};

}  // namespace lathe::widgets::canvas
