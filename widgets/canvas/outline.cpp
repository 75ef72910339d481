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

void addPolygon(Rings& rings, const annot::Polygon& polygon) {
    for (const auto& points : polygon.rings) {
        std::vector<Vec> ring;
        ring.reserve(points.size());
        for (const annot::Point p : points)
            if (finite(p)) ring.push_back(vec(p));
        if (!ring.empty()) rings.push_back(std::move(ring));
    }
}

void addKeypoints(Rings& rings, const annot::Keypoints& points) {
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

}  // namespace

Rings outlineOf(const annot::Shape& shape) {
    Rings rings;
    if (const auto* box = std::get_if<annot::Box>(&shape))
        addBox(rings, box->rect);
    else if (const auto* polygon = std::get_if<annot::Polygon>(&shape))
        addPolygon(rings, *polygon);
    else if (const auto* points = std::get_if<annot::Keypoints>(&shape))
        addKeypoints(rings, *points);
    else if (const auto* mask = std::get_if<annot::Mask>(&shape); mask && annot::checkMask(*mask))
        Tracer(*mask).trace(rings);
    return rings;
}

}  // namespace lathe::widgets::canvas
