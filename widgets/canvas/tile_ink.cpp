#include "widgets/canvas/tile_ink.h"

#include <algorithm>

namespace lathe::widgets::canvas {

void TileInk::reset(int side) {
    m_side = side;
    m_pixels.assign(std::size_t(side) * std::size_t(side), Pixel{});
    m_open = (side >> 3) * (side >> 3);
    m_blocks.assign(std::size_t(m_open), 64);
}

bool TileInk::covered(int x0, int y0, int x1, int y1) const {
    const int bx0 = std::max(0, x0) >> 3, by0 = std::max(0, y0) >> 3;
    const int bx1 = (std::min(m_side, x1) + 7) >> 3, by1 = (std::min(m_side, y1) + 7) >> 3;
    for (int by = by0; by < by1; ++by) {
        const std::uint8_t* row = &m_blocks[std::size_t(by) * std::size_t(m_side >> 3)];
        for (int bx = bx0; bx < bx1; ++bx)
            if (row[bx]) return false;
    }
    return true;
}

void TileInk::over(QImage& tile) const {
    for (int y = 0; y < m_side; ++y) {
        auto* out = reinterpret_cast<std::uint32_t*>(tile.scanLine(y));
        const Pixel* in = &m_pixels[std::size_t(y) * std::size_t(m_side)];
        for (int x = 0; x < m_side; ++x) {
            const Pixel& p = in[x];
            if (p.left == kAll) continue;
            const std::uint32_t under = out[x];
            const auto channel = [&](std::uint32_t ink, int shift) {
                return std::min(255u, (ink + ((under >> shift & 255) * p.left >> 8) + 64) >> 7) << shift;
            };
            out[x] = 0xff000000u | channel(p.r, 16) | channel(p.g, 8) | channel(p.b, 0);
        }
    }
}

}  // namespace lathe::widgets::canvas
