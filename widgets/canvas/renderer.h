// The workers that paint tiles: two threads below the GUI's priority. What is no longer wanted stops.
#pragma once
#include <QImage>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "widgets/canvas/pyramid.h"
#include "widgets/canvas/scene.h"

namespace lathe::widgets::canvas {

struct TileJob {
    double scale = 1;
    int x = 0, y = 0;
    std::shared_ptr<const Scene> scene;
    std::shared_ptr<const Pyramid> picture;
    [[nodiscard]] bool same(const TileJob& o) const {
        return scale == o.scale && x == o.x && y == o.y && scene == o.scene && picture == o.picture;
    }
};

struct PaintedTile {
    TileJob job;
    QImage image;
};

/// want() and take() from one thread; `notify` is called on a worker when tiles are there to take.
class Renderer {
public:
    Renderer(int tileSide, int workers, std::function<void()> notify);
    ~Renderer();
    /// Replaces the whole queue, most wanted first.
    void want(std::vector<TileJob> jobs);
    [[nodiscard]] std::vector<PaintedTile> take();

private:
    struct Worker {
        std::thread thread;
        std::atomic<bool> stop{false};
        bool busy = false;
        int stops = 0;  ///< in a row
        TileJob job;
    };
    void work(Worker& me);

    const int m_side;
    const std::function<void()> m_notify;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<TileJob> m_todo;
    std::vector<PaintedTile> m_done;
    bool m_end = false;
    std::deque<Worker> m_workers;
};

}  // namespace lathe::widgets::canvas
