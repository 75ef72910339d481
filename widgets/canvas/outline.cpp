#include "widgets/canvas/outline.h"

#include "core/annot/mask.h"

namespace lathe::widgets::canvas {

namespace {

using Rings = std::vector<std::vector<Vec>>;

bool finite(annot::Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y) && std::fabs(p.x) < 1e7 && std::fabs(p.y) < 1e7;
}
Vec vec(annot::Point p) {
    return {static_cast<float>(p.x), static_cast<float>(p.y)};
}

void addBox(Rings& rings, const annot::Rect& r) {
    const annot::Point corners[] = {{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}};
    std::vector<Vec> ring;
    for (const annot::Point p : corners)
        if (finite(p)) ring.push_back(vec(p));
    if (ring.size() == 4) rings.push_back(std::move(ring));
}

void addRing(Rings& rings, std::span<const annot::Point> points) {
    std::vector<Vec> ring;
    ring.reserve(points.size());
    for (const annot::Point p : points)
        if (finite(p)) ring.push_back(vec(p));
    if (!ring.empty()) rings.push_back(std::move(ring));
}

void addLine(Rings& rings, std::span<const annot::Point> points) {
    std::vector<annot::Point> ring(points.begin(), points.end());
    for (std::size_t i = points.size(); i-- > 2;) ring.push_back(points[i - 1]);
    addRing(rings, ring);
}

using Edges = std::span<const std::pair<int, int>>;

void addKeypoints(Rings& rings, const annot::Keypoints& points, Edges edges) {
    auto labelled = [&](int i) {
        return i >= 0 && std::size_t(i) < points.items.size() && points.items[std::size_t(i)].visibility;
    };
    for (const auto& [from, to] : edges)
        if (labelled(from) && labelled(to)) {
            const annot::Point line[] = {points.items[std::size_t(from)].at, points.items[std::size_t(to)].at};
            addRing(rings, line);
        }
    if (points.box.w > 0 && points.box.h > 0) addBox(rings, points.box);
    for (const auto& item : points.items)
        if (item.visibility && finite(item.at)) rings.push_back({vec(item.at)});
}

/// Walks along the cracks between pixels with the inside at the right hand; each top edge of a run starts at most one ring.
class Tracer {
public:
    explicit Tracer(const annot::Mask& mask)
        : m_w(int(mask.width)), m_h(int(mask.height)), m_in(annot::maskToRaster(mask)), m_seen(m_in.size()) {}

    void trace(Rings& rings) {
        for (int y = 0; y < m_h; ++y)
            for (int x = 0; x < m_w; ++x)
                if (inside(x, y) && !inside(x, y - 1) && !m_seen[index(x, y)]) rings.push_back(follow(x, y));
    }

private:
    [[nodiscard]] std::size_t index(int x, int y) const { return std::size_t(y) * std::size_t(m_w) + std::size_t(x); }
    [[nodiscard]] bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < m_w && y < m_h && m_in[index(x, y)]; }

    std::vector<Vec> follow(const int startX, const int startY) {
        static constexpr int dx[] = {1, 0, -1, 0}, dy[] = {0, 1, 0, -1};            // east, south, west, north
        static constexpr int rightX[] = {0, -1, -1, 0}, rightY[] = {0, 0, -1, -1};  // pixel ahead at the right hand
        static constexpr int leftX[] = {0, 0, -1, -1}, leftY[] = {-1, 0, 0, -1};    // and at the left hand
        std::vector<Vec> ring;
        int x = startX, y = startY, d = 0;
        do {
            if (d == 0) m_seen[index(x, y)] = 1;
            x += dx[d], y += dy[d];
            const int before = d;
            if (!inside(x + rightX[d], y + rightY[d]))
                d = (d + 1) & 3;
            else if (inside(x + leftX[d], y + leftY[d]))
                d = (d + 3) & 3;
            if (d != before) ring.push_back({float(x), float(y)});
        } while (x != startX || y != startY || d != 0);
        return ring;
    }

    int m_w, m_h;
    std::vector<std::uint8_t> m_in, m_seen;
};

struct OutlineOf {
    Rings& rings;
    Edges edges;
    void operator()(const annot::ImageLabel&) const {}
    void operator()(const annot::Box& box) const { addBox(rings, box.rect); }
    void operator()(const annot::Polygon& polygon) const {
        for (const auto& points : polygon.rings) addRing(rings, points);
    }
    void operator()(const annot::Mask& mask) const {
        if (annot::checkMask(mask)) Tracer(mask).trace(rings);
    }
    void operator()(const annot::Keypoints& points) const { addKeypoints(rings, points, edges); }
    void operator()(const annot::RotatedBox& box) const { addRing(rings, annot::corners(box)); }
    void operator()(const annot::Ellipse& ellipse) const { addRing(rings, annot::ringOf(ellipse)); }
    void operator()(const annot::Polyline& line) const { addLine(rings, line.points); }
    void operator()(const annot::Dot& dot) const { addRing(rings, {&dot.at, 1}); }
};

}  // namespace

Rings outlineOf(const annot::Shape& shape, Edges edges) {
    Rings rings;
    std::visit(OutlineOf{rings, edges}, shape);
    return rings;
}

}  // namespace lathe::widgets::canvas
