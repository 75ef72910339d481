// Masks on the screen. From 100 % on each device pixel asks the mask at its centre, below that how much of it the mask covers;
// fill, contour and halo come from one byte plane.
#pragma once
#include <QImage>
#include <array>
#include <cstdint>
#include <vector>

#include "core/annot/mask_cells.h"

namespace lathe::widgets::canvas {

/// How a mask is painted.
struct MaskLook {
    std::uint32_t colour = 0xffffffff;  ///< 0xffrrggbb
    float opacity = 1;
    bool selected = false, hovered = false, locked = false;
    bool filled = true;  ///< else the contour alone
};

/// Buffers of one thread. A pixel depends on its place in the picture alone: rectangles painted apart meet without a seam.
class MaskPainter {
public:
    /// Calls put(x, y, colour, alpha of 256) for the pixels of `area` that show something of the mask. The picture's corner lies at
    /// (ox, oy) of the same device pixels.
    template <class Put>
    void each(const annot::MaskCells& mask, const QRect& area, double scale, double ox, double oy, const MaskLook& look,
              const Put& put) {
        if (area.isEmpty()) return;
        sample(mask, area, scale, ox, oy);
        const Inks inks = inksOf(look);
        for (int y = 0; y < area.height(); ++y) {
            const std::uint8_t* p = row(y);
            for (int x = 0; x < area.width(); ++x, ++p)
                if (const Ink ink = m_smooth ? mixed(p, look.selected, inks) : inks[part(p, look.selected)]; ink.alpha)
                    put(area.x() + x, area.y() + y, ink.colour, ink.alpha);
        }
    }
    /// As premultiplied ARGB32 into an image of those device pixels, every pixel of `area` written.
    void write(QImage& layer, const annot::MaskCells& mask, const QRect& area, double scale, double ox, double oy,
               const MaskLook& look);

private:
    enum Part : std::uint8_t { Nothing, Fill, Core, Light, Halo };
    struct Ink {
        std::uint32_t colour = 0, alpha = 0;  ///< alpha of 256
    };
    using Inks = std::array<Ink, 5>;

    [[nodiscard]] static Inks inksOf(const MaskLook& look);
    void sample(const annot::MaskCells& mask, const QRect& area, double scale, double ox, double oy);
    void sampleRow(const annot::MaskCells& mask, int y, std::uint8_t* out) const;
    void sampleSmooth(const annot::MaskCells& mask, const QRect& area, double scale, double ox, double oy);
    void addRow(const annot::MaskCells& mask, int y);
    [[nodiscard]] Part part(const std::uint8_t* p, bool selected) const;
    /// The same of shares: each part counts by how much of the pixel it has.
    [[nodiscard]] Ink mixed(const std::uint8_t* p, bool selected, const Inks& inks) const;
    [[nodiscard]] const std::uint8_t* row(int y) const;  ///< of the area
    int m_width = 0;                                     ///< of the plane: the area's and a margin of 2 on each side
    bool m_smooth = false;                               ///< the plane holds shares of 255, else 0 and 1
    std::vector<std::uint8_t> m_plane;
    std::vector<int> m_columns;            ///< of the mask, by column of the plane; smooth: where each begins, and the end
    std::vector<std::uint32_t> m_covered;  ///< mask pixels met in a row of the plane
};

}  // namespace lathe::widgets::canvas
