#include "core/runs/run_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/base/time.h"
#include "core/runs/run_queue_file.h"
#include "core/runs/run_records.h"
#include "core/runs/run_state.h"

namespace lathe::runs {

namespace fs = std::filesystem;

namespace {

constexpr int kMostSlots = 64;

Error notQueued(const RunId& run) {
    return {ErrorCode::NotFound, "is not in the queue (any more); `lathe queue-runs` lists it", "run " + run.value};
}

}  // namespace

fs::path queueFile(const store::Workspace& workspace) {
    return workspace.layout().runs() / "queue.json";
}

fs::path queueDriverLock(const store::Workspace& workspace) {
    return workspace.layout().runs() / "queue.driver";
}

Result<base::FileLock> lockQueue(const store::Workspace& workspace) {
    for (int attempt = 0;; ++attempt) {
        auto taken = base::FileLock::tryLock(workspace.layout().runs() / "queue.lock");
        if (taken || taken.error().code != ErrorCode::Locked || attempt >= 500) return taken;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

Result<StoredQueue> readQueue(const store::Workspace& workspace) {
    const fs::path file = queueFile(workspace);
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return StoredQueue{};
    LATHE_TRY(const Json json, base::readJson(file));
    StoredQueue queue;
    const Json runs = json.is_object() ? json.value("runs", Json()) : Json();
    if (!runs.is_array())
        return fail(ErrorCode::Corrupt, "is no queue of runs: remove the file and queue the runs again", file.string());
    for (const Json& run : runs)
        if (run.is_string()) queue.runs.push_back(run.get<std::string>());
    const Json slots = json.value("slots", Json());
    if (slots.is_number_integer()) queue.slots = std::clamp(slots.get<int>(), 1, kMostSlots);
    return queue;
}

Result<> writeQueue(const store::Workspace& workspace, const StoredQueue& queue) {
    return base::writeJson(queueFile(workspace), {{"slots", queue.slots}, {"runs", queue.runs}});
}

Result<> changeQueue(const store::Workspace& workspace, const std::function<Result<>(StoredQueue&)>& change) {
    LATHE_TRY(const auto lock, lockQueue(workspace));
    LATHE_TRY(StoredQueue queue, readQueue(workspace));
    LATHE_CHECK(change(queue));
    return writeQueue(workspace, queue);
}

Result<> writeState(const RunFolder& folder, RunState state, const std::string& message) {
    LATHE_TRY(const auto lock, folder.takeLock());
    LATHE_TRY(auto writer, EventWriter::open(folder.events()));
    return writer.event({{"kind", "state"}, {"time", base::now()}, {"state", name(state)}, {"message", message}});
}

Result<QueueState> queueState(const store::Workspace& workspace) {
    LATHE_TRY(const StoredQueue stored, readQueue(workspace));
    LATHE_TRY(const std::vector<RunRow> rows, readRows(workspace));
    QueueState state;
    state.slots = stored.slots;
    state.driven = base::FileLock::isHeld(queueDriverLock(workspace));
    for (const std::string& id : stored.runs)
        if (std::any_of(rows.begin(), rows.end(), [&](const RunRow& row) { return row.id.value == id; }))
            state.runs.emplace_back(id);
    return state;
}

Result<> enqueue(store::Workspace& workspace, const RunRow& run) {
    LATHE_TRY(const RunRow now, refresh(workspace, run.id));
    const RunFolder folder(now.folder);
    if (liveness(folder).alive) return fail(ErrorCode::InvalidArgument, "goes on already", "run " + run.id.value);
    if (now.state == RunState::Finished)
        return fail(ErrorCode::InvalidArgument, "is finished: fork it to train on", "run " + run.id.value);
    LATHE_CHECK(changeQueue(workspace, [&](StoredQueue& queue) -> Result<> {
        if (std::find(queue.runs.begin(), queue.runs.end(), run.id.value) != queue.runs.end()) return {};
        queue.runs.push_back(run.id.value);
        return writeState(folder, RunState::Queued, "");
    }));
    return refresh(workspace, run.id).map([](const RunRow&) {});
}

Result<> moveQueued(store::Workspace& workspace, const RunId& run, QueueMove move) {
    return changeQueue(workspace, [&](StoredQueue& queue) -> Result<> {
        auto& runs = queue.runs;
        const auto at = std::find(runs.begin(), runs.end(), run.value);
        if (at == runs.end()) return fail(notQueued(run));
        switch (move) {
            case QueueMove::Up:
                if (at != runs.begin()) std::iter_swap(at, at - 1);
                break;
            case QueueMove::Down:
                if (at + 1 != runs.end()) std::iter_swap(at, at + 1);
                break;
            case QueueMove::Front: std::rotate(runs.begin(), at, at + 1); break;
            case QueueMove::Back: std::rotate(at, at + 1, runs.end()); break;
        }
        return {};
    });
}

Result<> cancelQueued(store::Workspace& workspace, const RunId& run) {
    LATHE_CHECK(changeQueue(workspace, [&](StoredQueue& queue) -> Result<> {
        if (std::erase(queue.runs, run.value) == 0) return fail(notQueued(run));
        return {};
    }));
    LATHE_TRY(const std::optional<RunRow> row, readRow(workspace, run));
    if (!row) return {};
    LATHE_CHECK(writeState(RunFolder(row->folder), RunState::Stopped, "taken out of the queue before its turn"));
    LATHE_TRY([[maybe_unused]] const RunRow now, refresh(workspace, run));
    return {};
}

Result<> setQueueSlots(store::Workspace& workspace, int slots) {
    if (slots < 1 || slots > kMostSlots)
        return fail(ErrorCode::InvalidArgument, fmt::format("{} runs at a time: it must be 1 to {}", slots, kMostSlots));
    return changeQueue(workspace, [&](StoredQueue& queue) -> Result<> {
        queue.slots = slots;
        return {};
    });
}

}  // namespace lathe::runs
