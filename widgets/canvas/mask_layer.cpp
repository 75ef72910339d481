#include "widgets/canvas/mask_layer.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kReach = 3;  // contour and halo, device pixels

Bounds boundsOf(const annot::Rect& r) {
    return {float(r.x), float(r.y), float(r.x + r.w), float(r.y + r.h)};
}

annot::Rect both(const annot::Rect& a, const annot::Rect& b) {
    if (a.w <= 0) return b;
    return b.w <= 0 ? a : a.united(b);
}

}  // namespace

void MaskLayer::set(std::shared_ptr<const annot::MaskCells> mask, std::uint32_t colour, const annot::Rect& touched) {
    m_mask = std::move(mask);
    m_colour = colour;
    m_box = both(m_box, touched);
    m_stale = both(m_stale, touched);
}

void MaskLayer::reset(std::shared_ptr<const annot::MaskCells> mask, std::uint32_t colour, const annot::Rect& box) {
    set(std::move(mask), colour, box);
    m_box = box;
    m_view.scale = 0;
}

void MaskLayer::paint(QPainter& painter, const QRegion& region, const Viewport& view) {
    const bool same = view.scale == m_view.scale && view.ox == m_view.ox && view.oy == m_view.oy && view.size == m_view.size;
    if (m_layer.size() != view.size) {
        m_layer = QImage(view.size, QImage::Format_ARGB32_Premultiplied);
        m_layer.fill(0);
        m_built = {};
    }
    if (!same) {
        for (int y = m_built.top(); y <= m_built.bottom(); ++y)
            std::fill_n(reinterpret_cast<std::uint32_t*>(m_layer.scanLine(y)) + m_built.x(), m_built.width(), 0u);
        m_built = {};
        m_view = view;
    }
    build(view.touched(boundsOf(same ? m_stale : m_box), kReach));
    m_stale = {};
    for (const QRect& r : region& m_built) painter.drawImage(r.topLeft(), m_layer, r);
}

void MaskLayer::build(const QRect& device) {
    if (!m_mask || device.isEmpty()) return;
    m_painter.write(m_layer, *m_mask, device, m_view.scale, m_view.ox, m_view.oy, {m_colour});
    m_built |= device;
}

}  // namespace lathe::widgets::canvas
