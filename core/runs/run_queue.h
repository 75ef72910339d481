// Runs that wait for their turn: runs/queue.json in the workspace, so that they outlive every process. One process at a time drives
// the queue (runs/queue.driver is locked by it); when it ends, however it ends, another takes over and nothing is lost.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/runs/runs.h"

namespace lathe::runs {

struct QueueState {
    std::vector<RunId> runs;  ///< in order of their turn
    int slots = 1;            ///< runs at a time on a device
    bool driven = false;      ///< a process is there that starts them
};
[[nodiscard]] Result<QueueState> queueState(const store::Workspace& workspace);
/// At its end. One that was stopped, failed or died goes on from its checkpoint when its turn comes. InvalidArgument for a run that
/// goes on or is finished.
[[nodiscard]] Result<> enqueue(store::Workspace& workspace, const RunRow& run);
enum class QueueMove { Up, Down, Front, Back };
/// NotFound: it isn't in the queue (any more).
[[nodiscard]] Result<> moveQueued(store::Workspace& workspace, const RunId& run, QueueMove move);
/// Takes it out; the run is Stopped and can be resumed or queued again. NotFound: it isn't in the queue (any more).
[[nodiscard]] Result<> cancelQueued(store::Workspace& workspace, const RunId& run);
[[nodiscard]] Result<> setQueueSlots(store::Workspace& workspace, int slots);  ///< 1 … 64

/// Starts what waits as slots become free, on a thread of its own, as long as it lives; while another process drives, it stands by.
/// Every run of the workspace that goes on or is paused takes a slot of its device, whoever started it. One that can't be started
/// is Failed with words and the next one has its turn.
class QueueDriver {
public:
    struct News {
        std::vector<RunId> started;
        std::vector<RunId> failed;
        std::string problem;  ///< why nothing can be started (no engine); the queue is kept
    };
    /// `tell` runs on the driver's thread, only when there is something to tell.
    explicit QueueDriver(std::shared_ptr<store::Workspace> workspace, std::function<void(News)> tell = {});
    ~QueueDriver();

private:
    std::jthread m_thread;
};

/// One round of it, for who holds no thread: starts what can be started now. Nothing (driven elsewhere): Locked.
[[nodiscard]] Result<QueueDriver::News> driveQueueOnce(store::Workspace& workspace);

}  // namespace lathe::runs
