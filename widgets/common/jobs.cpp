#include "widgets/common/jobs.h"

#include "core/base/log.h"

namespace lathe::widgets::common {
namespace {

constexpr int kTickMs = 50;          // 20 a second
constexpr double kShownAfter = 0.2;  // seconds
constexpr int kKeptEnded = 50;

/// What the job's threads write and the GUI thread reads.
struct Shared {
    std::mutex mutex;
    base::ProgressState progress;
};

}  // namespace

struct Jobs::Impl {
    struct Entry {
        JobInfo info;
        bool quiet = false, dropped = false;
        std::stop_source stop;
        QElapsedTimer clock;
        std::shared_ptr<Shared> shared = std::make_shared<Shared>();
        std::function<void(const Result<>&)> done;
    };
    std::map<quint64, Entry> running;
    QList<JobInfo> ended;
    QThreadPool pool, quietPool, writer;
    QTimer tick;
    quint64 next = 1;
    bool dirty = false;
};

Jobs::Jobs(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
    const int cores = QThread::idealThreadCount();
    m_impl->pool.setMaxThreadCount(std::max(8, cores));  // mostly waiting for the disk or the engine
    m_impl->quietPool.setMaxThreadCount(std::clamp(cores, 2, 8));
    m_impl->writer.setMaxThreadCount(1);  // in order
    m_impl->tick.setInterval(kTickMs);
    connect(&m_impl->tick, &QTimer::timeout, this, [this] {
        for (auto& [id, entry] : m_impl->running) {
            if (entry.quiet) continue;
            entry.info.seconds = double(entry.clock.elapsed()) / 1000;
            if (entry.info.seconds >= kShownAfter) entry.info.shown = true;
            const std::lock_guard lock(entry.shared->mutex);
            entry.info.progress = entry.shared->progress;
            m_impl->dirty = m_impl->dirty || entry.info.shown;
        }
        if (std::exchange(m_impl->dirty, false)) Q_EMIT changed();
        if (m_impl->running.empty()) m_impl->tick.stop();
    });
}

Jobs::~Jobs() {
    for (auto& [id, entry] : m_impl->running) entry.stop.request_stop();
    m_impl->pool.waitForDone();
    m_impl->quietPool.waitForDone();
    m_impl->writer.waitForDone();
}

quint64 Jobs::start(Lane lane, const QString& title, std::function<Result<>(std::stop_token, const Progress&)> work,
                    std::function<void(const Result<>&)> done) {
    const quint64 id = m_impl->next++;
    auto& entry = m_impl->running[id];
    entry.info.id = id;
    entry.info.title = title;
    entry.quiet = lane != Lane::Shown;
    entry.done = std::move(done);
    entry.clock.start();
    const auto shared = entry.shared;
    const Progress progress([shared](const base::ProgressState& state) {
        const std::lock_guard lock(shared->mutex);
        shared->progress = state;
    });
    const auto finish = [this, id](Result<> outcome) {
        auto node = m_impl->running.extract(id);
        if (node.empty()) return;
        auto& ended = node.mapped();
        if (ended.dropped && outcome) outcome = fail(ErrorCode::Cancelled, "Cancelled");
        ended.info.seconds = double(ended.clock.elapsed()) / 1000;
        ended.info.state = outcome                                        ? JobInfo::Done
                           : outcome.error().code == ErrorCode::Cancelled ? JobInfo::Cancelled
                                                                          : JobInfo::Failed;
        if (!outcome) ended.info.message = QString::fromStdString(outcome.error().text());
        ended.info.shown =
            !ended.quiet && (ended.info.shown || ended.info.seconds >= kShownAfter || ended.info.state == JobInfo::Failed);
        if (ended.info.shown) {
            m_impl->ended.prepend(ended.info);
            while (m_impl->ended.size() > kKeptEnded) m_impl->ended.removeLast();
        }
        ended.done(outcome);
        if (ended.quiet) return;
        m_impl->dirty = true;
        if (!m_impl->tick.isActive()) m_impl->tick.start();
        Q_EMIT this->ended(ended.info);
    };
    auto& pool = lane == Lane::Writes ? m_impl->writer : lane == Lane::Quiet ? m_impl->quietPool : m_impl->pool;
    const std::stop_token stop = lane == Lane::Writes ? std::stop_token() : entry.stop.get_token();
    pool.start([this, work = std::move(work), stop, progress, finish] {
        Result<> outcome;
        try {
            outcome =
                stop.stop_requested() ? Result<>(fail(ErrorCode::Cancelled, "Cancelled before it started")) : work(stop, progress);
        } catch (const std::exception& e) {
            outcome = fail(ErrorCode::Internal, std::string("Unexpected failure: ") + e.what());
        }
        onGuiThread(this, [finish, outcome] { finish(outcome); });
    });
    if (lane == Lane::Shown && !m_impl->tick.isActive()) m_impl->tick.start();
    return id;
}

void Jobs::cancel(quint64 id) {
    if (auto it = m_impl->running.find(id); it != m_impl->running.end()) it->second.stop.request_stop();
}

void Jobs::drop(quint64 id) {
    cancel(id);
    if (auto it = m_impl->running.find(id); it != m_impl->running.end()) it->second.dropped = true;
}

QList<JobInfo> Jobs::jobs() const {
    QList<JobInfo> list;
    for (auto it = m_impl->running.rbegin(); it != m_impl->running.rend(); ++it)
        if (it->second.info.shown) list.append(it->second.info);
    return list + m_impl->ended;
}

int Jobs::runningCount() const {
    return int(std::ranges::count_if(m_impl->running, [](const auto& item) { return item.second.info.shown; }));
}

void Jobs::clearEnded() {
    m_impl->ended.clear();
    Q_EMIT changed();
}

void onGuiThread(QObject* receiver, std::function<void()> f) {
    QMetaObject::invokeMethod(receiver, std::move(f), Qt::QueuedConnection);
}

}  // namespace lathe::widgets::common
