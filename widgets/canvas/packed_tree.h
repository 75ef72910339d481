// A static R-tree packed along a Hilbert curve (Kamel & Faloutsos 1993): built at once, two flat arrays, no pointers.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "widgets/canvas/geometry.h"

namespace lathe::widgets::canvas {

/// Immutable; any thread.
class PackedTree {
public:
    explicit PackedTree(std::span<const Bounds> boxes);

    /// Calls hit(i) for each box i that meets q, in no order.
    template <class F>
    void query(const Bounds& q, F&& hit) const {
        if (m_boxes.empty() || !m_boxes.back().meets(q)) return;
        std::uint32_t stack[kDepth * kFan];
        std::uint32_t top = 0;
        stack[top++] = static_cast<std::uint32_t>(m_boxes.size() - 1);
        while (top) {
            const std::uint32_t node = stack[--top];
            if (node < m_items) {  // the tree is a single box
                hit(m_refs[node]);
                continue;
            }
            const std::uint32_t from = m_refs[node], to = childEnd(from);
            for (std::uint32_t c = from; c < to; ++c) {
                if (!m_boxes[c].meets(q)) continue;
                if (c < m_items)
                    hit(m_refs[c]);
                else
                    stack[top++] = c;
            }
        }
    }

private:
    static constexpr std::uint32_t kFan = 16, kDepth = 9;
    [[nodiscard]] std::uint32_t childEnd(std::uint32_t from) const {
        for (const std::uint32_t end : m_levelEnds)
            if (from < end) return std::min(from + kFan, end);
        return from;
    }
    std::uint32_t m_items = 0;
    std::vector<Bounds> m_boxes;             ///< items, then each level above, the root last
    std::vector<std::uint32_t> m_refs;       ///< item: its index in the input; node: its first child
    std::vector<std::uint32_t> m_levelEnds;  ///< where each level ends
};

}  // namespace lathe::widgets::canvas
