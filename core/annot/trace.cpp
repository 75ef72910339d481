// The border of a mask's pixels as rings.
#include <algorithm>
#include <cstdint>

#include "core/annot/convert.h"
#include "core/annot/runs.h"

namespace lathe::annot {
namespace {

using runs::Run;
using TraceRuns = std::span<const Run>;

// A piece of the border between corners of pixels, with the inside on its right hand (outlines turn clockwise as seen).
struct Edge {
    std::int32_t x, y, toX, toY;
    bool used = false;
    [[nodiscard]] std::pair<int, int> direction() const { return {(toX > x) - (toX < x), (toY > y) - (toY < y)}; }
    [[nodiscard]] std::pair<int, int> start() const { return {x, y}; }
};

// Calls found(from, to) for rows that are in `a` and not in `b`, both of one column.
template <class Found>
void onlyIn(TraceRuns a, TraceRuns b, Found found) {
    std::size_t k = 0;
    for (const Run& run : a) {
        std::uint32_t from = run.from;
        while (k < b.size() && b[k].to <= from) ++k;
        for (std::size_t other = k; other < b.size() && b[other].from < run.to; ++other) {
            if (from < b[other].from) found(from, b[other].from);
            from = std::max(from, b[other].to);
        }
        if (from < run.to) found(from, run.to);
    }
}

class Edges {
public:
    explicit Edges(const Mask& mask) {
        const runs::Runs all = runs::runsOf(mask);
        TraceRuns before;
        for (std::size_t k = 0; k < all.size();) {
            std::size_t end = k;
            while (end < all.size() && all[end].x == all[k].x) ++end;
            const TraceRuns column(all.data() + k, end - k);
            if (!before.empty() && before.front().x + 1 != column.front().x) side(before, {}), before = {};
            side(before, column);
            ends(column);
            before = column;
            k = end;
        }
        side(before, {});
        std::ranges::sort(m_edges, {}, &Edge::start);
    }

    [[nodiscard]] Polygon rings() {
        Polygon out;
        for (Edge& edge : m_edges)
            if (!edge.used) out.rings.push_back(follow(edge));
        return out;
    }

private:
    void ends(TraceRuns column) {
        const auto x = std::int32_t(column.front().x);
        for (const Run& run : column) {
            m_edges.push_back({x, std::int32_t(run.from), x + 1, std::int32_t(run.from)});
            m_edges.push_back({x + 1, std::int32_t(run.to), x, std::int32_t(run.to)});
        }
    }
    // The border between a column and the next one.
    void side(TraceRuns left, TraceRuns right) {
        if (left.empty() && right.empty()) return;
        const auto x = std::int32_t(right.empty() ? left.front().x + 1 : right.front().x);
        onlyIn(left, right, [&](std::uint32_t from, std::uint32_t to) {
            m_edges.push_back({x, std::int32_t(from), x, std::int32_t(to)});
        });
        onlyIn(right, left, [&](std::uint32_t from, std::uint32_t to) {
            m_edges.push_back({x, std::int32_t(to), x, std::int32_t(from)});
        });
    }
    // Where two pixels touch at a corner only, the left turn keeps them together, as parts() does.
    Edge& next(const Edge& edge) {
        const auto first = std::ranges::lower_bound(m_edges, std::pair(edge.toX, edge.toY), {}, &Edge::start);
        const auto [dx, dy] = edge.direction();
        for (auto candidate = first; candidate != m_edges.end() && candidate->start() == first->start(); ++candidate)
            if (candidate->direction() == std::pair(dy, -dx)) return *candidate;
        return *first;
    }
    // The first edge starts at the ring's leftmost, topmost corner, which is one whatever comes round to it.
    std::vector<Point> follow(Edge& first) {
        std::vector<Point> ring;
        std::pair direction{0, 0};
        for (Edge* edge = &first; !edge->used; edge = &next(*edge)) {
            edge->used = true;
            if (edge->direction() != direction) ring.push_back({double(edge->x), double(edge->y)});
            direction = edge->direction();
        }
        return ring;
    }

    std::vector<Edge> m_edges;
};

}  // namespace

Polygon polygonOf(const Mask& mask) {
    return Edges(mask).rings();
}

}  // namespace lathe::annot
