// Flat geometry of the canvas: what painter, index and hit test share. Image pixels unless it says device.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lathe::widgets::canvas {

struct Vec {
    float x = 0, y = 0;
};

/// A closed rectangle; empty when made.
struct Bounds {
    float x0 = 1e30f, y0 = 1e30f, x1 = -1e30f, y1 = -1e30f;

    [[nodiscard]] static Bounds everything() { return {-1e30f, -1e30f, 1e30f, 1e30f}; }
    [[nodiscard]] static Bounds around(Vec p, float by) { return {p.x - by, p.y - by, p.x + by, p.y + by}; }
    void add(Vec p) {
        x0 = std::min(x0, p.x), y0 = std::min(y0, p.y);
        x1 = std::max(x1, p.x), y1 = std::max(y1, p.y);
    }
    void add(const Bounds& b) {
        x0 = std::min(x0, b.x0), y0 = std::min(y0, b.y0);
        x1 = std::max(x1, b.x1), y1 = std::max(y1, b.y1);
    }
    [[nodiscard]] bool empty() const { return x1 < x0 || y1 < y0; }
    [[nodiscard]] bool meets(const Bounds& b) const { return x0 <= b.x1 && b.x0 <= x1 && y0 <= b.y1 && b.y0 <= y1; }
    [[nodiscard]] bool within(const Bounds& b) const { return x0 >= b.x0 && y0 >= b.y0 && x1 <= b.x1 && y1 <= b.y1; }
    [[nodiscard]] float width() const { return x1 - x0; }
    [[nodiscard]] float height() const { return y1 - y0; }
    [[nodiscard]] float side() const { return std::max(width(), height()); }
    [[nodiscard]] float area() const { return std::max(0.f, width()) * std::max(0.f, height()); }
    [[nodiscard]] Bounds grown(float by) const { return {x0 - by, y0 - by, x1 + by, y1 + by}; }
};

}  // namespace lathe::widgets::canvas
