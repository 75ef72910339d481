// Pieces of a mask that hang together, by union-find over its runs; and cutting along a line.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <unordered_set>

#include "core/annot/runs.h"

namespace lathe::annot::runs {
namespace {

class Forest {
public:
    explicit Forest(std::size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), std::size_t(0)); }
    std::size_t root(std::size_t k) {
        while (m_parent[k] != k) k = m_parent[k] = m_parent[m_parent[k]];
        return k;
    }
    void join(std::size_t a, std::size_t b) {
        a = root(a), b = root(b);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::size_t> m_parent;
};

// joined(a, b): is run a of the column before run b's its neighbour?
template <class Joined>
std::vector<Runs> grouped(const Runs& runs, Joined joined) {
    Forest forest(runs.size());
    for (std::size_t i = 0, first = 0; i < runs.size(); ++i) {
        while (first < i && (runs[first].x + 1 < runs[i].x || (runs[first].x + 1 == runs[i].x && runs[first].to < runs[i].from)))
            ++first;
        for (std::size_t k = first; k < i && runs[k].x + 1 == runs[i].x && runs[k].from <= runs[i].to; ++k)
            if (joined(runs[k], runs[i])) forest.join(k, i);
    }
    std::vector<std::size_t> place(runs.size());
    std::vector<Runs> out;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::size_t root = forest.root(i);
        if (root == i) place[i] = out.size(), out.emplace_back();
        out[place[root]].push_back(runs[i]);
    }
    return out;
}

// The part of a segment within a rectangle (Liang and Barsky, 1984).
std::optional<std::pair<Point, Point>> clipped(Point a, Point b, const Rect& r) {
    double first = 0, last = 1;
    const double dx = b.x - a.x, dy = b.y - a.y;
    const std::array<std::pair<double, double>, 4> sides{
        {{-dx, a.x - r.x}, {dx, r.x + r.w - a.x}, {-dy, a.y - r.y}, {dy, r.y + r.h - a.y}}};
    for (const auto& [speed, room] : sides) {
        if (speed == 0 && room < 0) return {};
        if (speed < 0) first = std::max(first, room / speed);
        if (speed > 0) last = std::min(last, room / speed);
    }
    if (first >= last) return {};
    return std::pair(Point{a.x + first * dx, a.y + first * dy}, Point{a.x + last * dx, a.y + last * dy});
}

// Which pairs of neighbouring pixels have the line between their centres. A pair is named by its direction and its first pixel.
class Barrier {
public:
    Barrier(std::span<const Point> line, const Rect& area) {
        for (std::size_t k = 1; k < line.size(); ++k)
            if (const auto part = clipped(nudged(line[k - 1]), nudged(line[k]), area)) add(part->first, part->second);
        std::ranges::sort(m_downs);
    }
    [[nodiscard]] bool right(std::uint32_t x, std::uint32_t y) const { return blocks(Right, y, x); }
    [[nodiscard]] bool downRight(std::uint32_t x, std::uint32_t y) const { return blocks(DownRight, std::int64_t(y) - x, x); }
    [[nodiscard]] bool upRight(std::uint32_t x, std::uint32_t y) const { return blocks(UpRight, std::int64_t(y) + x, x); }
    // Runs cut where a pixel and the one below it are apart.
    [[nodiscard]] Runs split(const Runs& runs) const {
        Runs out;
        for (Run run : runs) {
            auto down = std::ranges::lower_bound(m_downs, std::pair<std::int64_t, std::int64_t>(run.x, run.from));
            for (; down != m_downs.end() && down->first == run.x && down->second + 1 < run.to; ++down) {
                if (down->second < run.from) continue;
                out.push_back({run.x, run.from, std::uint32_t(down->second) + 1});
                run.from = std::uint32_t(down->second) + 1;
            }
            out.push_back(run);
        }
        return out;
    }

private:
    enum Direction { Right, DownRight, UpRight };

    // A line exactly through a pixel's centre would leave the pixel a neighbour of both sides.
    static Point nudged(Point p) { return {p.x + 1.2345e-6, p.y + 3.7123e-7}; }

    void add(Point a, Point b) {
        auto left = [](Point p) { return p.x - 0.5; };
        auto top = [](Point p) { return p.y - 0.5; };
        crossings(a, b, left, top, [this](std::int64_t x, std::int64_t y) { m_downs.emplace_back(x, y); });
        auto block = [this](Direction direction) {
            return [this, direction](std::int64_t across, std::int64_t along) { m_blocked.insert(key(direction, across, along)); };
        };
        crossings(a, b, top, left, block(Right));
        crossings(
            a, b, [](Point p) { return p.y - p.x; }, left, block(DownRight));
        crossings(
            a, b, [](Point p) { return p.y + p.x - 1; }, left, block(UpRight));
    }
    // All pairs of one direction lie on lines across(p) = whole number, one after the other along(p).
    template <class Across, class Along, class Found>
    static void crossings(Point a, Point b, Across across, Along along, Found found) {
        if (across(a) > across(b)) std::swap(a, b);
        const double from = across(a), to = across(b);
        for (double line = std::ceil(from); line < to; ++line) {
            const double t = (line - from) / (to - from);
            found(std::int64_t(line), std::int64_t(std::floor(along(a) + t * (along(b) - along(a)))));
        }
    }
    [[nodiscard]] bool blocks(Direction direction, std::int64_t across, std::int64_t along) const {
        return m_blocked.contains(key(direction, across, along));
    }
    static std::uint64_t key(Direction direction, std::int64_t across, std::int64_t along) {
        return std::uint64_t(direction) << 62 | (std::uint64_t(across) & 0x7fffffff) << 31 | (std::uint64_t(along) & 0x7fffffff);
    }

    std::vector<std::pair<std::int64_t, std::int64_t>> m_downs;  ///< x, y of the upper pixel
    std::unordered_set<std::uint64_t> m_blocked;
};

bool linked(const Run& a, const Run& b, const Barrier& barrier) {
    auto has = [&](std::int64_t y) { return y >= b.from && y < b.to; };
    const std::uint32_t from = std::max<std::int64_t>(a.from, std::int64_t(b.from) - 1), to = std::min(a.to, b.to + 1);
    for (std::uint32_t y = from; y < to; ++y) {
        if (has(y) && !barrier.right(a.x, y)) return true;
        if (has(std::int64_t(y) + 1) && !barrier.downRight(a.x, y)) return true;
        if (has(std::int64_t(y) - 1) && !barrier.upRight(a.x, y)) return true;
    }
    return false;
}

Rect boundsOf(const Runs& runs) {
    std::uint32_t top = UINT32_MAX, bottom = 0;
    for (const Run& run : runs) top = std::min(top, run.from), bottom = std::max(bottom, run.to);
    return {double(runs.front().x), double(top), double(runs.back().x - runs.front().x) + 1, double(bottom - top)};
}

}  // namespace

std::vector<Runs> pieces(const Runs& runs, Neighbours neighbours) {
    const std::uint32_t corner = neighbours == Neighbours::SidesAndCorners ? 1 : 0;
    return grouped(runs, [corner](const Run& a, const Run& b) { return a.from < b.to + corner && b.from < a.to + corner; });
}

std::vector<Runs> cut(const Runs& runs, std::span<const Point> line) {
    if (runs.empty() || line.size() < 2) return {runs};
    const Barrier barrier(line, boundsOf(runs).grown(2));
    return grouped(barrier.split(runs), [&](const Run& a, const Run& b) { return linked(a, b, barrier); });
}

}  // namespace lathe::annot::runs
