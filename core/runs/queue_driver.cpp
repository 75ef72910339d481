#include <chrono>
#include <condition_variable>
#include <map>

#include "core/runs/run_queue_file.h"
#include "core/runs/run_records.h"
#include "core/runs/run_state.h"

namespace lathe::runs {

namespace {

using namespace std::chrono_literals;

constexpr auto kRound = 500ms;

std::string deviceOf(const RunFolder& folder) {
    const auto spec = folder.readSpec();
    return spec ? spec->device : "auto";
}

/// "auto" may become any device.
bool mayShare(const std::string& a, const std::string& b) {
    if (a == b || a == "auto" || b == "auto") return true;
    return (a == "cuda" && b.starts_with("cuda:")) || (b == "cuda" && a.starts_with("cuda:"));
}

/// What goes on now, and what can be started beside it.
class Round {
public:
    explicit Round(store::Workspace& workspace) : m_workspace(workspace) {}

    Result<QueueDriver::News> run() {
        LATHE_TRY(const StoredQueue queue, readQueue(m_workspace));
        if (queue.runs.empty()) return m_news;
        LATHE_CHECK(look());
        for (const std::string& id : queue.runs) {
            if (!m_news.problem.empty()) break;
            LATHE_CHECK(consider(id, queue.slots));
        }
        return m_news;
    }

private:
    store::Workspace& m_workspace;
    std::map<std::string, RunRow> m_rows;
    std::vector<std::string> m_busy;  ///< a device for each run that goes on
    QueueDriver::News m_news;

    Result<> look() {
        LATHE_TRY(std::vector<RunRow> rows, readRows(m_workspace));
        for (RunRow& row : rows) {
            const RunFolder folder(row.folder);
            if (liveness(folder).alive) m_busy.push_back(deviceOf(folder));
            m_rows[row.id.value] = std::move(row);
        }
        return {};
    }
    [[nodiscard]] bool hasRoom(const std::string& device, int slots) const {
        return std::count_if(m_busy.begin(), m_busy.end(), [&](const std::string& busy) { return mayShare(busy, device); }) < slots;
    }
    /// The queue is locked meanwhile: one that is taken out is not started.
    Result<> consider(const std::string& id, int slots) {
        LATHE_TRY(const auto lock, lockQueue(m_workspace));
        LATHE_TRY(StoredQueue queue, readQueue(m_workspace));
        const auto row = m_rows.find(id);
        const auto at = std::find(queue.runs.begin(), queue.runs.end(), id);
        if (at == queue.runs.end()) return {};
        if (row != m_rows.end() && !begin(row->second, slots)) return {};
        queue.runs.erase(at);
        return writeQueue(m_workspace, queue);
    }
    /// True when its turn is over: it goes on, was started by hand meanwhile, or can't go on.
    bool begin(const RunRow& run, int slots) {
        const RunFolder folder(run.folder);
        if (liveness(folder).alive) return true;
        const std::string device = deviceOf(folder);
        if (!hasRoom(device, slots)) return false;
        const bool resumes = wasStarted(folder);
        if (resumes) {
            const auto now = refresh(m_workspace, run.id);
            if (!now || now->state != RunState::Queued) return true;
        }
        const auto pid = launch(run, resumes);
        if (pid) return m_busy.push_back(device), m_news.started.push_back(run.id), true;
        if (pid.error().code == ErrorCode::Locked) return false;  // someone has it in hand for a moment
        if (pid.error().code == ErrorCode::NotFound) return m_news.problem = pid.error().text(), false;
        (void)writeState(folder, RunState::Failed, pid.error().text());
        (void)refresh(m_workspace, run.id);
        return m_news.failed.push_back(run.id), true;
    }
};

void waitFor(const std::stop_token& stop, std::chrono::milliseconds time) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, time, [] { return false; });
}

/// Until it is to stop or a round can't be made. A problem is told once.
void drive(store::Workspace& workspace, const std::stop_token& stop, const std::function<void(QueueDriver::News)>& tell) {
    std::string told;
    while (!stop.stop_requested()) {
        auto news = Round(workspace).run();
        if (!news) news = QueueDriver::News{{}, {}, news.error().text()};
        if (news->problem == told) news->problem.clear();
        if (!news->problem.empty()) told = news->problem;
        const bool any = !news->started.empty() || !news->failed.empty() || !news->problem.empty();
        if (any && tell) tell(*std::move(news));
        waitFor(stop, kRound);
    }
}

}  // namespace

Result<QueueDriver::News> driveQueueOnce(store::Workspace& workspace) {
    LATHE_TRY(const auto lock, base::FileLock::tryLock(queueDriverLock(workspace)));
    return Round(workspace).run();
}

QueueDriver::QueueDriver(std::shared_ptr<store::Workspace> workspace, std::function<void(News)> tell)
    : m_thread([workspace = std::move(workspace), tell = std::move(tell)](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
              if (const auto lock = base::FileLock::tryLock(queueDriverLock(*workspace))) drive(*workspace, stop, tell);
              waitFor(stop, kRound);
          }
      }) {}

QueueDriver::~QueueDriver() = default;

}  // namespace lathe::runs
