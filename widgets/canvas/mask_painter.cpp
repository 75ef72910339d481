#include "widgets/canvas/mask_painter.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace lathe::widgets::canvas {

namespace {

constexpr int kMargin = 2, kMaskPainterSide = annot::MaskCells::kSide;
constexpr int kMostRows = 4;  // of the mask that one device pixel looks at
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
    m_smooth = scale < 1;
    if (m_smooth) return sampleSmooth(mask, area, scale, ox, oy);
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

void MaskPainter::sampleSmooth(const annot::MaskCells& mask, const QRect& area, double scale, double ox, double oy) {
    const auto lineAt = [&](int device, double origin) { return int(std::floor((device - kMargin - origin) / scale)); };
    m_columns.resize(std::size_t(m_width) + 1);
    for (int x = 0; x <= m_width; ++x) m_columns[std::size_t(x)] = lineAt(area.x() + x, ox);
    m_covered.resize(std::size_t(m_width));
    for (int y = 0; y < area.height() + 2 * kMargin; ++y) {
        const int first = lineAt(area.y() + y, oy), count = std::max(1, lineAt(area.y() + y + 1, oy) - first);
        if (first + count <= 0 || first >= int(mask.height())) continue;
        std::ranges::fill(m_covered, 0u);
        const int rows = std::min(count, kMostRows);
        for (int k = 0; k < rows; ++k) addRow(mask, first + (2 * k + 1) * count / (2 * rows));
        std::uint8_t* out = &m_plane[std::size_t(y) * std::size_t(m_width)];
        for (int x = 0; x < m_width; ++x) {
            const int wide = std::max(1, m_columns[std::size_t(x) + 1] - m_columns[std::size_t(x)]);
            out[x] = std::uint8_t((m_covered[std::size_t(x)] * 255 + std::uint32_t(rows * wide) / 2) / std::uint32_t(rows * wide));
        }
    }
}

/// Counts the pixels of one row of the mask into the columns of the plane, a word at a time.
void MaskPainter::addRow(const annot::MaskCells& mask, int y) {
    if (y < 0 || y >= int(mask.height())) return;
    const int cellRow = y / kMaskPainterSide, line = y % kMaskPainterSide;
    int column = -1;
    std::uint64_t word = 0;
    for (int x = 0; x < m_width; ++x) {
        const int end = std::min(std::max(m_columns[std::size_t(x)] + 1, m_columns[std::size_t(x) + 1]), int(mask.width()));
        for (int at = std::max(0, m_columns[std::size_t(x)]); at < end;) {
            if (at / kMaskPainterSide != column) {
                column = at / kMaskPainterSide;
                const auto* cell = mask.cell(column, cellRow);
                word = cell ? (*cell)[std::size_t(line)] : 0;
            }
            const int from = at % kMaskPainterSide, count = std::min(end - at, kMaskPainterSide - from);
            const std::uint64_t bits = count == kMaskPainterSide ? ~std::uint64_t(0) : (std::uint64_t(1) << count) - 1;
            m_covered[std::size_t(x)] += std::uint32_t(std::popcount(word >> from & bits));
            at += count;
        }
    }
}

// Inside: the contour, with a white line within when selected. Outside: the halo, with a second line of the colour when selected.
MaskPainter::Part MaskPainter::part(const std::uint8_t* p, bool selected) const {
    const std::ptrdiff_t w = m_width;
    const int near = p[-1] + p[1] + p[-w] + p[w];
    if (*p && near < 4) return Core;
    if (*p && !selected) return Fill;
    const int wide = p[-2] + p[2] + p[-2 * w] + p[2 * w] + p[-w - 1] + p[-w + 1] + p[w - 1] + p[w + 1];
    if (*p) return wide < 8 ? Light : Fill;
    if (near) return selected ? Core : Halo;
    return wide ? Halo : Nothing;
}

MaskPainter::Ink MaskPainter::mixed(const std::uint8_t* p, bool selected, const Inks& inks) const {
    const std::ptrdiff_t w = m_width;
    const auto [low, high] = std::minmax({p[0], p[-1], p[1], p[-w], p[w]});
    const auto [low2, high2] = std::minmax({p[-2], p[2], p[-2 * w], p[2 * w], p[-w - 1], p[-w + 1], p[w - 1], p[w + 1], low, high});
    if (high2 == 0) return {};
    const std::uint32_t c = *p;
    std::array<std::uint32_t, 5> shares{};
    shares[Core] = selected ? high - low : c - low;
    shares[Light] = selected ? low - low2 : 0;
    shares[Fill] = selected ? low2 : low;
    shares[Halo] = selected ? high2 - high : high2 - c;
    std::array<std::uint32_t, 3> colour{};
    std::uint32_t alpha = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        if (shares[k] == 255) return inks[k];
        const std::uint32_t weight = shares[k] * inks[k].alpha;
        alpha += weight;
        for (int part = 0; part < 3; ++part) colour[std::size_t(part)] += weight * (inks[k].colour >> 8 * part & 255);
    }
    if (alpha < 255) return {};
    Ink ink{0xff000000, alpha / 255};
    for (int part = 0; part < 3; ++part) ink.colour |= colour[std::size_t(part)] / alpha << 8 * part;
    return ink;
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
        for (int x = 0; x < r.width(); ++x, ++p) {
            if (!m_smooth) {
                out[x] = colours[part(p, look.selected)];
                continue;
            }
            const Ink ink = mixed(p, look.selected, inks);
            out[x] = premultiplied(ink.colour, ink.alpha);
        }
    }
}

}  // namespace lathe::widgets::canvas
