// The finished tiles of a picture, and what is still wanted. The GUI thread copies from here and never strokes.
#pragma once
#include <QPainter>
#include <QRegion>
#include <deque>
#include <functional>
#include <unordered_map>

#include "widgets/canvas/renderer.h"
#include "widgets/canvas/viewport.h"

namespace lathe::widgets::canvas {

/// A tile belongs to one exact scale. Kept: an overview (fit), the current scale, and the two used before. GUI thread.
class TileStore {
public:
    explicit TileStore(std::function<void()> notify, int side = 256);

    /// Another picture: all tiles go. `overview` is the scale that shows all of it.
    void setPicture(std::shared_ptr<const Pyramid> picture, std::shared_ptr<const Scene> scene, double overview);
    void setOverview(double scale);
    /// The next version of the scene; tiles that meet `touched` (image pixels) are stale, shown until replaced.
    void setScene(std::shared_ptr<const Scene> scene, const Bounds& touched);
    /// Once a frame: takes what is done and asks for what is missing. Returns the device pixels that changed.
    [[nodiscard]] QRegion step(const Viewport& view, bool zooming);
    /// Copies tiles over `region` (device pixels); `paste` round the picture.
    void paint(QPainter& painter, const QRegion& region, const Viewport& view, const QColor& paste) const;
    /// From now on the whole picture is also kept as one tile of this store's side, for an overview.
    void setMini(bool on) { m_wantsMini = on; }
    /// The picture lies in its top left corner, miniScale() device pixels per pixel. nullptr: not there yet.
    [[nodiscard]] const QImage* mini() const;
    [[nodiscard]] double miniScale() const { return m_mini; }
    /// All that is seen is exact and of the newest scene (as of the last step()).
    [[nodiscard]] bool complete() const { return m_complete; }
    /// Are all tiles of the current scale that meet b fresh?
    [[nodiscard]] bool fresh(const Bounds& b, const Viewport& view) const;
    [[nodiscard]] double megabytes() const;

private:
    struct Tile {
        QImage image;
        bool fresh = true;
    };
    struct Level {
        double scale;
        std::unordered_map<std::uint64_t, Tile> tiles;
        std::uint64_t used = 0;
    };
    struct Window {
        int x0, y0, x1, y1;
        [[nodiscard]] bool has(int x, int y) const { return x >= x0 && x <= x1 && y >= y0 && y <= y1; }
    };
    using Wish = std::pair<double, TileJob>;

    [[nodiscard]] const Level* find(double scale) const;
    Level& need(double scale);
    [[nodiscard]] Bounds tileBounds(double scale, int x, int y) const;
    [[nodiscard]] Window seen(const Viewport& view, double scale) const;
    QRegion takeDone(const Viewport& view);
    void wishCurrent(std::vector<Wish>& wishes, const Viewport& view, Level& level);
    void wishOverview(std::vector<Wish>& wishes);
    void wishMini(std::vector<Wish>& wishes);
    void forgetFar(Level& level, const Window& near) const;
    void cells(QPainter& painter, const QRect& r, const Viewport& view, const std::vector<const Level*>& order,
               std::size_t i) const;
    [[nodiscard]] std::vector<const Level*> paintOrder(const Viewport& view) const;

    const int m_side;
    Renderer m_renderer;
    std::shared_ptr<const Pyramid> m_picture;
    std::shared_ptr<const Scene> m_scene;
    std::deque<Level> m_levels;
    std::deque<std::pair<std::uint64_t, Bounds>> m_edits;
    double m_overview = 1, m_mini = 1;
    bool m_wantsMini = false;
    std::uint64_t m_tick = 0;
    bool m_complete = false;
};

}  // namespace lathe::widgets::canvas
