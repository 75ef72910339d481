// A tile's overlay from the front to the back: what is hidden by shapes above is never painted, which is most of it where outlines
// crowd.
#pragma once
#include <QImage>
#include <cstdint>
#include <vector>

namespace lathe::widgets::canvas {

/// One tile's overlay; one thread at a time. Same result as mixing from the back, to within a rounding.
class TileInk {
public:
    void reset(int side);  ///< side: a multiple of 8

    /// Lays a colour behind what is there; alpha of 256.
    void behind(int x, int y, std::uint32_t colour, std::uint32_t alpha) {
        Pixel& p = m_pixels[std::size_t(y) * std::size_t(m_side) + std::size_t(x)];
        if (!p.left) return;
        const std::uint32_t weight = p.left * alpha >> 8;
        p.b = std::uint16_t(p.b + ((colour & 255) * weight >> 8));
        p.g = std::uint16_t(p.g + ((colour >> 8 & 255) * weight >> 8));
        p.r = std::uint16_t(p.r + ((colour >> 16 & 255) * weight >> 8));
        p.left = std::uint16_t(p.left - weight);
        if (p.left < kNothing) close(p, x, y);
    }
    /// Nothing behind shows through in [x0, x1) x [y0, y1), as far as it lies on the tile.
    [[nodiscard]] bool covered(int x0, int y0, int x1, int y1) const;
    [[nodiscard]] bool allCovered() const { return m_open == 0; }
    /// Lays all of it over the picture.
    void over(QImage& tile) const;

private:
    struct Pixel {
        std::uint16_t b = 0, g = 0, r = 0;  ///< of 255 * 128
        std::uint16_t left = kAll;          ///< how much of what lies behind shows through
    };
    static constexpr std::uint16_t kAll = 32768, kNothing = 64;  ///< 1/512 is less than a step of colour
    void close(Pixel& p, int x, int y) {
        p.left = 0;
        std::uint8_t& block = m_blocks[std::size_t(y >> 3) * std::size_t(m_side >> 3) + std::size_t(x >> 3)];
        if (--block == 0) --m_open;
    }
    int m_side = 0, m_open = 0;
    std::vector<Pixel> m_pixels;
    std::vector<std::uint8_t> m_blocks;  ///< pixels of 8x8 that aren't covered yet
};

}  // namespace lathe::widgets::canvas
