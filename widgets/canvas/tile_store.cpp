#include "widgets/canvas/tile_store.h"

#include <cmath>

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kLevels = 5, kManyTiles = 400, kEditLog = 64;
constexpr float kTileStoreReach = 6;  // of strokes, device pixels, with a pixel to spare
const QColor kNothing(42, 43, 46);

std::uint64_t key(int x, int y) {
    return std::uint64_t(std::uint32_t(y)) << 32 | std::uint32_t(x);
}
int keyX(std::uint64_t k) {
    return int(std::uint32_t(k));
}
int keyY(std::uint64_t k) {
    return int(k >> 32);
}
double wayPoint(double scale) {
    return std::exp2(std::round(2 * std::log2(scale)) / 2);
}

}  // namespace

TileStore::TileStore(std::function<void()> notify, int side) : m_side(side), m_renderer(side, 2, std::move(notify)) {}

void TileStore::setPicture(std::shared_ptr<const Pyramid> picture, std::shared_ptr<const Scene> scene, double overview) {
    m_picture = std::move(picture);
    m_scene = std::move(scene);
    m_levels.clear();
    m_edits.clear();
    m_overview = overview;
    if (m_picture) m_mini = double(m_side) / std::max({1, m_picture->width(), m_picture->height()});
    m_complete = false;
    m_renderer.want({});
}

void TileStore::setOverview(double scale) {
    m_overview = scale;
}

const TileStore::Level* TileStore::find(double scale) const {
    for (const Level& l : m_levels)
        if (l.scale == scale) return &l;
    return nullptr;
}

TileStore::Level& TileStore::need(double scale) {
    for (Level& l : m_levels)
        if (l.scale == scale) return l;
    if (m_levels.size() >= kLevels) {
        auto oldest = m_levels.end();
        for (auto l = m_levels.begin(); l != m_levels.end(); ++l)
            if (l->scale != m_overview && l->scale != m_mini && (oldest == m_levels.end() || l->used < oldest->used)) oldest = l;
        if (oldest != m_levels.end()) m_levels.erase(oldest);
    }
    return m_levels.emplace_back(Level{scale, {}, m_tick});
}

Bounds TileStore::tileBounds(double scale, int x, int y) const {
    const double t = m_side / scale;
    return Bounds{float(x * t), float(y * t), float((x + 1) * t), float((y + 1) * t)}.grown(float(kTileStoreReach / scale));
}

void TileStore::setScene(std::shared_ptr<const Scene> scene, const Bounds& touched) {
    m_scene = std::move(scene);
    m_complete = false;
    m_edits.emplace_back(m_scene->version(), touched);
    if (m_edits.size() > kEditLog) {  // the two oldest as one: coarser, never wrong
        m_edits[1].second.add(m_edits[0].second);
        m_edits.pop_front();
    }
    for (Level& level : m_levels)
        for (auto& [k, tile] : level.tiles)
            if (tile.fresh && tileBounds(level.scale, keyX(k), keyY(k)).meets(touched)) tile.fresh = false;
}

TileStore::Window TileStore::seen(const Viewport& view, double scale) const {
    const double span = m_side * view.scale / scale;
    const int nx = int(std::ceil(m_picture->width() * scale / m_side)) - 1;
    const int ny = int(std::ceil(m_picture->height() * scale / m_side)) - 1;
    auto at = [&](double v, double o, int n) { return int(std::clamp(std::floor((v - o) / span), 0.0, double(std::max(n, 0)))); };
    return {at(0, view.ox, nx), at(0, view.oy, ny), at(view.size.width() - 1, view.ox, nx),
            at(view.size.height() - 1, view.oy, ny)};
}

QRegion TileStore::takeDone(const Viewport& view) {
    QRegion changed;
    for (PaintedTile& t : m_renderer.take()) {
        if (t.job.picture != m_picture) continue;
        const Bounds box = tileBounds(t.job.scale, t.job.x, t.job.y);
        bool fresh = true;
        for (const auto& [version, touched] : m_edits) fresh = fresh && !(version > t.job.scene->version() && touched.meets(box));
        for (Level& l : m_levels)
            if (l.scale == t.job.scale) l.tiles[key(t.job.x, t.job.y)] = {std::move(t.image), fresh};
        changed += view.touched(box, 0);
    }
    return changed;
}

void TileStore::wishCurrent(std::vector<Wish>& wishes, const Viewport& view, Level& level) {
    const Window w = seen(view, level.scale);
    const int nx = std::max(0, int(std::ceil(m_picture->width() * level.scale / m_side)) - 1);
    const int ny = std::max(0, int(std::ceil(m_picture->height() * level.scale / m_side)) - 1);
    for (int y = std::max(0, w.y0 - 1); y <= std::min(ny, w.y1 + 1); ++y)
        for (int x = std::max(0, w.x0 - 1); x <= std::min(nx, w.x1 + 1); ++x) {
            const auto f = level.tiles.find(key(x, y));
            if (f != level.tiles.end() && f->second.fresh) continue;
            const bool visible = w.has(x, y);
            if (visible) m_complete = false;
            const double distance = std::hypot(x - (w.x0 + w.x1) / 2.0, y - (w.y0 + w.y1) / 2.0);
            wishes.push_back({distance + (visible ? 0 : 1e4), {level.scale, x, y, m_scene, m_picture}});
        }
    forgetFar(level, w);
}

void TileStore::forgetFar(Level& level, const Window& near) const {
    if (level.tiles.size() <= kManyTiles || level.scale == m_overview) return;
    const Window keep{near.x0 - 6, near.y0 - 6, near.x1 + 6, near.y1 + 6};
    std::erase_if(level.tiles, [&](const auto& t) { return !keep.has(keyX(t.first), keyY(t.first)); });
}

void TileStore::wishOverview(std::vector<Wish>& wishes) {
    Level& level = need(m_overview);
    for (int y = 0; y * m_side < m_picture->height() * m_overview; ++y)
        for (int x = 0; x * m_side < m_picture->width() * m_overview; ++x) {
            const auto f = level.tiles.find(key(x, y));
            if (f != level.tiles.end() && f->second.fresh) continue;
            wishes.push_back({f == level.tiles.end() ? 2e4 : 3e4, {m_overview, x, y, m_scene, m_picture}});
        }
}

void TileStore::wishMini(std::vector<Wish>& wishes) {
    Level& level = need(m_mini);
    const auto f = level.tiles.find(key(0, 0));
    if (f != level.tiles.end() && f->second.fresh) return;
    wishes.push_back({f == level.tiles.end() ? 2.5e4 : 3.5e4, {m_mini, 0, 0, m_scene, m_picture}});
}

const QImage* TileStore::mini() const {
    const Level* level = find(m_mini);
    const auto f = level ? level->tiles.find(key(0, 0)) : decltype(level->tiles.end())();
    return level && f != level->tiles.end() ? &f->second.image : nullptr;
}

QRegion TileStore::step(const Viewport& view, bool zooming) {
    if (!m_picture || !m_scene) return {};
    ++m_tick;
    QRegion changed = takeDone(view);
    Level& level = need(zooming ? wayPoint(view.scale) : view.scale);
    level.used = m_tick;
    m_complete = !zooming;
    std::vector<Wish> wishes;
    wishCurrent(wishes, view, level);
    const bool seenWhole = level.scale == m_overview;
    if (!seenWhole) wishOverview(wishes);
    if (m_wantsMini) wishMini(wishes);
    std::stable_sort(wishes.begin(), wishes.end(), [](const Wish& a, const Wish& b) { return a.first < b.first; });
    std::vector<TileJob> jobs;
    jobs.reserve(wishes.size());
    for (Wish& w : wishes) jobs.push_back(std::move(w.second));
    m_renderer.want(std::move(jobs));
    return changed;
}

bool TileStore::fresh(const Bounds& b, const Viewport& view) const {
    const Level* level = find(view.scale);
    if (!level || !m_picture) return false;
    const Window w = seen(view, view.scale);
    for (int y = w.y0; y <= w.y1; ++y)
        for (int x = w.x0; x <= w.x1; ++x) {
            if (!tileBounds(view.scale, x, y).meets(b)) continue;
            const auto f = level->tiles.find(key(x, y));
            if (f == level->tiles.end() || !f->second.fresh) return false;
        }
    return true;
}

double TileStore::megabytes() const {
    std::size_t n = 0;
    for (const Level& l : m_levels) n += l.tiles.size();
    return double(n) * m_side * m_side * 4 / 1e6;
}

std::vector<const TileStore::Level*> TileStore::paintOrder(const Viewport& view) const {
    std::vector<const Level*> order;
    for (const Level& l : m_levels)
        if (l.scale <= 3 * view.scale || l.scale == m_overview) order.push_back(&l);
    std::sort(order.begin(), order.end(), [&](const Level* a, const Level* b) {
        return std::fabs(std::log(a->scale / view.scale)) < std::fabs(std::log(b->scale / view.scale));
    });
    return order;
}

void TileStore::paint(QPainter& painter, const QRegion& region, const Viewport& view, const QColor& paste) const {
    const QRect picture = m_picture ? view.picture(m_picture->width(), m_picture->height()) : QRect();
    const auto order = paintOrder(view);
    for (const QRect& r : region) {
        if (!picture.contains(r))
            for (const QRect& around : QRegion(r) - picture) painter.fillRect(around, paste);
        cells(painter, r & picture, view, order, 0);
    }
}

// Each pixel once, from the nearest scale that has it.
void TileStore::cells(QPainter& painter, const QRect& r, const Viewport& view, const std::vector<const Level*>& order,
                      std::size_t i) const {
    if (r.isEmpty()) return;
    if (i == order.size()) return painter.fillRect(r, kNothing);
    const Level& level = *order[i];
    const double k = view.scale / level.scale, span = m_side * k;
    auto edge = [&](double o, int n) { return int(std::round(o + n * span)); };  // one rounding for both neighbours: no gap
    const int firstX = int(std::floor((r.left() - view.ox - 1) / span));
    for (int y = int(std::floor((r.top() - view.oy - 1) / span)); edge(view.oy, y) <= r.bottom(); ++y)
        for (int x = firstX; edge(view.ox, x) <= r.right(); ++x) {
            const QPoint from(edge(view.ox, x), edge(view.oy, y));
            const QRect c = QRect(from, QPoint(edge(view.ox, x + 1) - 1, edge(view.oy, y + 1) - 1)) & r;
            if (c.isEmpty()) continue;
            const auto f = level.tiles.find(key(x, y));
            if (f == level.tiles.end())
                cells(painter, c, view, order, i + 1);
            else if (k == 1)
                painter.drawImage(c.topLeft(), f->second.image, QRect(c.topLeft() - from, c.size()));
            else
                painter.drawImage(
                    QRectF(c), f->second.image,
                    QRectF((c.x() - view.ox - x * span) / k, (c.y() - view.oy - y * span) / k, c.width() / k, c.height() / k));
        }
}

}  // namespace lathe::widgets::canvas
