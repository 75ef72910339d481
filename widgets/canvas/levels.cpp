#include "widgets/canvas/levels.h"

#include <vector>

namespace lathe::widgets::canvas {

namespace {

struct Part {
    std::size_t from, to;
    float cap;
};

struct Farthest {
    std::size_t at;
    float distance;
};

Farthest farthest(std::span<const Vec> ring, const Part& part) {
    const Vec a = ring[part.from], b = ring[part.to % ring.size()];
    const float dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
    Farthest found{part.from + 1, -1};
    for (std::size_t i = part.from + 1; i < part.to; ++i) {
        const float px = ring[i].x - a.x, py = ring[i].y - a.y;
        const float d = length > 0 ? std::fabs(px * dy - py * dx) / length : std::hypot(px, py);
        if (d > found.distance) found = {i, d};
    }
    return found;
}

}  // namespace

std::uint8_t keepCode(float tolerance) {
    return static_cast<std::uint8_t>(std::clamp(8 * std::log2(std::max(tolerance, 1e-4f)) + 96, 0.f, 254.f));
}

int keepLimit(double scale) {
    return keepCode(static_cast<float>(0.35 / scale));
}

void rankRing(std::span<const Vec> ring, std::span<std::uint8_t> keep) {
    if (ring.size() <= 4) return std::fill(keep.begin(), keep.end(), std::uint8_t{255});
    std::size_t across = 0;
    float best = -1;
    for (std::size_t i = 1; i < ring.size(); ++i)
        if (const float d = std::hypot(ring[i].x - ring[0].x, ring[i].y - ring[0].y); d > best) best = d, across = i;
    keep[0] = keep[across] = 255;
    std::vector<Part> todo{{0, across, 1e9f}, {across, ring.size(), 1e9f}};
    while (!todo.empty()) {
        const Part part = todo.back();
        todo.pop_back();
        if (part.to - part.from < 2) continue;
        const Farthest f = farthest(ring, part);
        const float cap = std::min(part.cap, f.distance);
        keep[f.at] = keepCode(cap);
        todo.push_back({part.from, f.at, cap});
        todo.push_back({f.at, part.to, cap});
    }
}

}  // namespace lathe::widgets::canvas
