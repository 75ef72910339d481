#include "widgets/canvas/renderer.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

#include "widgets/canvas/tile_painter.h"

namespace lathe::widgets::canvas {

namespace {

/// While a slider moves the scene is another one each frame: a tile that takes longer than that is finished now and then.
constexpr int kMostStops = 2;

void lowerPriority() {
#ifdef __linux__
    (void)setpriority(PRIO_PROCESS, id_t(gettid()), 5);  // Linux: a thread has a nice value of its own
#endif
}

}  // namespace

Renderer::Renderer(int tileSide, int workers, std::function<void()> notify) : m_side(tileSide), m_notify(std::move(notify)) {
    for (int i = 0; i < workers; ++i) {
        Worker& w = m_workers.emplace_back();
        w.thread = std::thread([this, &w] { work(w); });
    }
}

Renderer::~Renderer() {
    {
        const std::lock_guard lock(m_mutex);
        m_end = true;
        m_todo.clear();
        for (Worker& w : m_workers) w.stop = true;
    }
    m_wake.notify_all();
    for (Worker& w : m_workers) w.thread.join();
}

void Renderer::want(std::vector<TileJob> jobs) {
    {
        const std::lock_guard lock(m_mutex);
        m_todo.assign(std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end()));
        for (Worker& w : m_workers)
            if (w.busy && !std::erase_if(m_todo, [&](const TileJob& j) { return j.same(w.job); })) w.stop = w.stops < kMostStops;
        std::erase_if(m_todo, [&](const TileJob& j) {
            return std::any_of(m_done.begin(), m_done.end(), [&](const PaintedTile& t) { return j.same(t.job); });
        });
    }
    m_wake.notify_all();
}

std::vector<PaintedTile> Renderer::take() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_done, {});
}

void Renderer::work(Worker& me) {
    lowerPriority();
    TilePainter painter;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [&] { return m_end || !m_todo.empty(); });
        if (m_end) return;
        me.job = std::move(m_todo.front());
        m_todo.pop_front();
        me.busy = true;
        me.stop = false;
        lock.unlock();
        QImage image(m_side, m_side, QImage::Format_RGB32);
        const bool whole = painter.paint(image, *me.job.scene, *me.job.picture, me.job.scale, me.job.x, me.job.y, me.stop);
        lock.lock();
        me.busy = false;
        me.stops = whole ? 0 : me.stops + 1;
        const bool first = whole && m_done.empty();
        if (whole) m_done.push_back({std::move(me.job), std::move(image)});
        me.job = {};
        if (!first) continue;
        lock.unlock();
        m_notify();
        lock.lock();
    }
}

}  // namespace lathe::widgets::canvas
