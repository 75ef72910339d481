#include "widgets/canvas/mask_painter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lathe::widgets::canvas {

namespace {

constexpr int kMargin = 2, kMaskPainterSide = annot::MaskCells::kSide;
constexpr float kFill = 0.4f, kHoverFill = 0.52f, kLocked = 0.6f;

std::uint32_t premultiplied(std::uint32_t colour, std::uint32_t alpha) {
    const auto part = [&](int shift) { return ((colour >> shift & 255) * alpha >> 8) << shift; };
    return std::min(alpha, 255u) << 24 | part(16) | part(8) | part(0);
}

}  // namespace

MaskPainter::Inks MaskPainter::inksOf(const MaskLook& look) {
    const float opacity = look.opacity * (look.locked ? kLocked : 1.f);
    const auto alpha = [&](float strength) { return std::uint32_t(256 * std::clamp(strength * opacity, 0.f, 1.f)); };
    const float fill = look.selected || !look.filled ? 0.f : look.hovered ? kHoverFill : kFill;
    Inks inks;
    inks[Fill] = {look.colour, alpha(fill)};
    inks[Core] = {look.colour, alpha(1)};
    inks[Light] = {0xffffffff, alpha(1)};
    inks[Halo] = {0xff000000, look.locked ? 0 : alpha(0.5f)};
    return inks;
}

void MaskPainter::sample(const annot::MaskCells& mask, const QRect& area, double scale, double ox, double oy) {
    m_width = area.width() + 2 * kMargin;
    const int height = area.height() + 2 * kMargin;
    m_plane.assign(std::size_t(m_width) * std::size_t(height), 0);
    m_columns.resize(std::size_t(m_width));
    for (int x = 0; x < m_width; ++x) m_columns[std::size_t(x)] = int(std::floor((area.x() - kMargin + x + 0.5 - ox) / scale));
    int before = -1;
    for (int y = 0; y < height; ++y) {
        std::uint8_t* row = &m_plane[std::size_t(y) * std::size_t(m_width)];
        const int line = int(std::floor((area.y() - kMargin + y + 0.5 - oy) / scale));
        if (line == before && y > 0)
            std::memcpy(row, row - m_width, std::size_t(m_width));
        else if (line >= 0 && line < int(mask.height()))
            sampleRow(mask, line, row);
        before = line;
    }
}

void MaskPainter::sampleRow(const annot::MaskCells& mask, int y, std::uint8_t* out) const {
    std::uint64_t word = 0;
    int column = -1;
    for (int x = 0; x < m_width; ++x) {
        const int at = m_columns[std::size_t(x)];
        if (at < 0 || at >= int(mask.width())) continue;
        if (at / kMaskPainterSide != column) {
            column = at / kMaskPainterSide;
            const auto* cell = mask.cell(column, y / kMaskPainterSide);
            word = cell ? (*cell)[std::size_t(y % kMaskPainterSide)] : 0;
        }
        out[x] = std::uint8_t(word >> (at % kMaskPainterSide) & 1);
    }
}

// Inside: the contour, with a white line within when selected. Outside: the halo, with a second line of the colour when selected.
MaskPainter::Part MaskPainter::part(const std::uint8_t* p, bool selected) const {
    const int w = m_width;
    const int near = p[-1] + p[1] + p[-w] + p[w];
    if (*p && near < 4) return Core;
    if (*p && !selected) return Fill;
    const int wide = p[-2] + p[2] + p[-2 * w] + p[2 * w] + p[-w - 1] + p[-w + 1] + p[w - 1] + p[w + 1];
    if (*p) return wide < 8 ? Light : Fill;
    if (near) return selected ? Core : Halo;
    return wide ? Halo : Nothing;
}

const std::uint8_t* MaskPainter::row(int y) const {
    return &m_plane[std::size_t(y + kMargin) * std::size_t(m_width) + kMargin];
}

void MaskPainter::write(QImage& layer, const annot::MaskCells& mask, const QRect& area, double scale, double ox, double oy,
                        const MaskLook& look) {
    const QRect r = area & layer.rect();
    if (r.isEmpty()) return;
    sample(mask, r, scale, ox, oy);
    std::array<std::uint32_t, 5> colours{};
    const Inks inks = inksOf(look);
    for (std::size_t i = 0; i < inks.size(); ++i) colours[i] = premultiplied(inks[i].colour, inks[i].alpha);
    for (int y = 0; y < r.height(); ++y) {
        const std::uint8_t* p = row(y);
        auto* out = reinterpret_cast<std::uint32_t*>(layer.scanLine(r.y() + y)) + r.x();
        for (int x = 0; x < r.width(); ++x, ++p) out[x] = colours[part(p, look.selected)];
    }
}

}  // namespace lathe::widgets::canvas
