#include "widgets/canvas/packed_tree.h"

#include <utility>

namespace lathe::widgets::canvas {

namespace {

/// Distance along the Hilbert curve of order 16.
std::uint32_t hilbert(std::uint32_t x, std::uint32_t y) {
    std::uint32_t d = 0;
    for (std::uint32_t s = 1u << 15; s; s >>= 1) {
        const std::uint32_t rx = (x & s) ? 1 : 0, ry = (y & s) ? 1 : 0;
        d += s * s * ((3 * rx) ^ ry);
        if (ry) continue;
        if (rx) x = 65535 - x, y = 65535 - y;
        std::swap(x, y);
    }
    return d;
}

std::vector<std::uint64_t> curveOrder(std::span<const Bounds> boxes) {
    Bounds all;
    for (const Bounds& b : boxes) all.add(b);
    const float k = 65535 / std::max(all.side(), 1e-3f);
    auto at = [&](float low, float high, float origin) {
        return static_cast<std::uint32_t>(std::clamp(((low + high) / 2 - origin) * k, 0.f, 65535.f));
    };
    std::vector<std::uint64_t> order(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const Bounds& b = boxes[i];
        order[i] = std::uint64_t(hilbert(at(b.x0, b.x1, all.x0), at(b.y0, b.y1, all.y0))) << 32 | i;
    }
    std::sort(order.begin(), order.end());
    return order;
}

}  // namespace

PackedTree::PackedTree(std::span<const Bounds> boxes) : m_items(static_cast<std::uint32_t>(boxes.size())) {
    m_boxes.reserve(boxes.size() + boxes.size() / 8);
    for (const std::uint64_t o : curveOrder(boxes)) {
        m_refs.push_back(static_cast<std::uint32_t>(o));
        m_boxes.push_back(boxes[m_refs.back()]);
    }
    for (std::uint32_t from = 0, to = m_items; to > from; from = to, to = static_cast<std::uint32_t>(m_boxes.size())) {
        m_levelEnds.push_back(to);
        if (to - from == 1) break;
        for (std::uint32_t i = from; i < to; i += kFan) {
            Bounds b;
            for (std::uint32_t j = i; j < std::min(i + kFan, to); ++j) b.add(m_boxes[j]);
            m_boxes.push_back(b);
            m_refs.push_back(i);
        }
    }
}

}  // namespace lathe::widgets::canvas
