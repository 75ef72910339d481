// Polygons made into pixels: by pixel centres, and as COCO's own tools do.
#include <algorithm>
#include <cmath>

#include "core/annot/convert.h"
#include "core/annot/rings.h"
#include "core/annot/runs.h"

namespace lathe::annot {
namespace {

constexpr double kFine = 0.01;  // how far the ring of an ellipse may be from it when it becomes pixels

bool fits(std::uint32_t width, std::uint32_t height) {
    return std::uint64_t(width) * height <= UINT32_MAX;
}

bool isFinite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

// Where the outline crosses the middle line of each column of pixels.
class Crossings {
public:
    Crossings(std::uint32_t width, std::uint32_t height) : m_width(width), m_height(height), m_columns(width) {}

    void add(const Ring& ring) {
        for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++)
            if (isFinite(ring[before]) && isFinite(ring[k])) addEdge(ring[before], ring[k]);
    }
    [[nodiscard]] Mask mask() {
        runs::Runs runs;
        for (std::uint32_t x = 0; x < m_width; ++x) {
            auto& column = m_columns[x];
            std::ranges::sort(column);
            for (std::size_t k = 0; k + 1 < column.size(); k += 2)
                if (column[k] < column[k + 1]) runs.push_back({x, column[k], column[k + 1]});
        }
        return runs::maskOf(runs, m_height, m_width);
    }

private:
    void addEdge(Point a, Point b) {
        if (a.x > b.x) std::swap(a, b);
        const double first = std::max(0.0, std::ceil(a.x - 0.5)), end = std::min(double(m_width), std::ceil(b.x - 0.5));
        for (double x = first; x < end; ++x) {
            const double y = a.y + (x + 0.5 - a.x) / (b.x - a.x) * (b.y - a.y);
            m_columns[std::size_t(x)].push_back(std::uint32_t(std::clamp(std::ceil(y - 0.5), 0.0, double(m_height))));
        }
    }

    std::uint32_t m_width, m_height;
    std::vector<std::vector<std::uint32_t>> m_columns;  ///< first row below each crossing
};

// The steps of pycocotools' rleFrPoly (maskApi.c), with its roundings, so that the pixels are the same bit for bit.
class CocoBorder {
public:
    CocoBorder(const Ring& ring, std::uint32_t width, std::uint32_t height) : m_width(width), m_height(height) {
        for (std::size_t k = 0; k < ring.size(); ++k) edge(fine(ring[k]), fine(ring[(k + 1) % ring.size()]));
    }
    [[nodiscard]] Mask mask() {
        m_starts.push_back(std::uint64_t(m_width) * m_height);
        std::ranges::sort(m_starts);
        runs::Counts counts;
        std::uint64_t at = 0;
        for (std::size_t k = 0; k < m_starts.size(); ++k) {
            counts.put(k % 2 == 1, m_starts[k] - at);
            at = m_starts[k];
        }
        return std::move(counts).mask(m_height, m_width);
    }

private:
    static constexpr double kScale = 5;
    struct Fine {
        int x, y;
    };
    // Rounded as maskApi.c does, so that the same pixels come out.
    // NOLINTBEGIN(bugprone-incorrect-roundings)
    static Fine fine(Point p) { return {int(kScale * p.x + .5), int(kScale * p.y + .5)}; }

    // Dense points of an edge, from `a` to `b`.
    void edge(Fine a, Fine b) {
        const int dx = std::abs(b.x - a.x), dy = std::abs(a.y - b.y), steps = std::max(dx, dy);
        const bool flip = (dx >= dy && a.x > b.x) || (dx < dy && a.y > b.y);
        if (flip) std::swap(a, b);
        const double slope = steps == 0 ? 0 : dx >= dy ? double(b.y - a.y) / dx : double(b.x - a.x) / dy;
        for (int d = 0; d <= steps; ++d) {
            const int t = flip ? steps - d : d;
            if (dx >= dy)
                point({t + a.x, int(a.y + slope * t + .5)});
            else
                point({int(a.x + slope * t + .5), t + a.y});
        }
    }
    // NOLINTEND(bugprone-incorrect-roundings)
    // A step to another column of the fine grid that goes through the middle of a pixel's column starts or ends a run.
    void point(Fine p) {
        const Fine before = std::exchange(m_last, p);
        if (!std::exchange(m_any, true) || p.x == before.x) return;
        const double x = (double(p.x < before.x ? p.x : p.x - 1) + .5) / kScale - .5;
        if (std::floor(x) != x || x < 0 || x > double(m_width) - 1) return;
        const double y = (double(std::min(p.y, before.y)) + .5) / kScale - .5;
        m_starts.push_back(std::uint64_t(x) * m_height + std::uint64_t(std::ceil(std::clamp(y, 0.0, double(m_height)))));
    }

    std::uint32_t m_width, m_height;
    std::vector<std::uint64_t> m_starts;
    Fine m_last{};
    bool m_any = false;
};

// Cut down to what can touch the image when it reaches out so far that its border would be endless.
Ring nearRing(const Ring& ring, double width, double height) {
    constexpr double kFar = 1e5, kMargin = 100;
    if (std::ranges::all_of(ring, [&](Point p) { return std::abs(p.x) < kFar && std::abs(p.y) < kFar; })) return ring;
    if (!std::ranges::all_of(ring, isFinite)) return {};
    const Shape moved = translated(Polygon{{ring}}, kMargin, kMargin);
    const Shape cut = translated(keptInside(moved, width + 2 * kMargin, height + 2 * kMargin), -kMargin, -kMargin);
    const auto& rings = std::get<Polygon>(cut).rings;
    return rings.empty() ? Ring{} : rings.front();
}

}  // namespace

Mask maskOf(const Shape& areal, std::uint32_t width, std::uint32_t height) {
    if (!fits(width, height)) return {0, 0, {0}};
    if (const auto* mask = std::get_if<Mask>(&areal); mask && mask->width == width && mask->height == height) return *mask;
    Crossings crossings(width, height);
    for (const Ring& ring : ringsOf(areal, kFine)) crossings.add(ring);
    return crossings.mask();
}

Mask cocoMaskOf(const Polygon& polygon, std::uint32_t width, std::uint32_t height) {
    if (!fits(width, height)) return {0, 0, {0}};
    Mask out = runs::maskOf({}, height, width);
    for (const Ring& ring : polygon.rings) {
        const Ring near = nearRing(ring, width, height);
        if (near.size() >= 3) out = runs::united(out, CocoBorder(near, width, height).mask());
    }
    return out;
}

}  // namespace lathe::annot
