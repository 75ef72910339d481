#include "app/workbench/verbs/follow_run.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

#include "app/workbench/verbs/table.h"
#include "core/runs/run_queue.h"

namespace lathe::verbs {

namespace {

/// What the follower's thread hands to the verb's.
class Watch {
public:
    Watch(Progress progress, int epochs) : m_progress(std::move(progress)), m_epochs(epochs) {}

    void take(const runs::RunFollower::Batch& batch) {
        for (const Json& event : batch.events)
            if (event.is_object() && event.contains("epochs") && event["epochs"].is_number()) m_epochs = event["epochs"].get<int>();
        for (const auto& [series, points] : batch.metrics) {
            m_epoch = std::max(m_epoch, points.back().epoch);
            if (series == "train/loss") m_loss = fmt::format(", loss {:.4f}", points.back().value);
            for (const char* metric : {"accuracy", "ap", "miou"})
                if (series == fmt::format("val/{}", metric)) m_metric = fmt::format(", val {} {:.4f}", metric, points.back().value);
        }
        tell(batch.state);
        const std::lock_guard lock(m_mutex);
        m_state = batch.state;
        m_wake.notify_all();
    }

    /// Until the run has ended; `stopping` is called once when stop is asked for.
    void wait(const std::stop_token& stop, const std::function<void()>& stopping) {
        std::unique_lock lock(m_mutex);
        const auto ended = [this] { return runs::isFinal(m_state); };
        m_wake.wait(lock, stop, ended);
        if (ended()) return;
        lock.unlock();
        stopping();
        lock.lock();
        m_wake.wait(lock, ended);
    }

private:
    Progress m_progress;
    int m_epochs;
    double m_epoch = 0;
    std::string m_loss, m_metric;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    runs::RunState m_state = runs::RunState::Queued;

    void tell(runs::RunState state) {
        if (runs::isFinal(state)) return;
        std::string text = state == runs::RunState::Running ? "" : fmt::format("{} ", runs::name(state));
        if (m_epoch > 0) text += fmt::format("epoch {:.1f} of {}{}{}", m_epoch, m_epochs, m_loss, m_metric);
        m_progress.report(m_epochs > 0 ? std::int64_t(1000 * m_epoch / m_epochs) : 0, 1000, text.empty() ? "starting" : text);
    }
};

std::string summary(const runs::RunRow& run) {
    std::string text =
        fmt::format("run {} ({}) {} after {}\n", run.id.value, run.name, runs::name(run.state), durationText(run.seconds));
    for (const auto& [metric, value] : run.metrics) text += fmt::format("  {}: {}\n", metric, figure(value));
    return text + fmt::format("  folder: {}\n", run.folder.string());
}

}  // namespace

Result<runs::RunRow> followToEnd(store::Workspace& workspace, const runs::RunRow& run, Call& call) {
    const runs::RunFolder folder(run.folder);
    Watch watch(call.progress(), run.epochs);
    {
        const runs::RunFollower follower(folder, [&watch](const runs::RunFollower::Batch& batch) { watch.take(batch); });
        watch.wait(call.stop, [&] {
            if (!runs::cancelQueued(workspace, run.id)) (void)folder.want("stop");  // it waits no more: it goes on
        });
    }
    return runs::refresh(workspace, run.id);
}

Json runJson(const runs::RunRow& run) {
    return {{"run", run.id.value},
            {"name", run.name},
            {"state", runs::name(run.state)},
            {"message", run.message},
            {"task", run.task},
            {"model", run.model},
            {"snapshot", run.snapshotName},
            {"snapshot_digest", run.snapshot},
            {"author", run.author},
            {"metrics", run.metrics},
            {"best", {{"epoch", run.best.epoch}, {"metric", run.best.metric}, {"value", run.best.value}}},
            {"epoch", run.epoch},
            {"epochs", run.epochs},
            {"started", run.started},
            {"seconds", run.seconds},
            {"folder", run.folder.string()}};
}

Outcome runOutcome(const runs::RunRow& run, const Call& call) {
    Outcome outcome{runJson(run), summary(run), 0, false, {}};
    if (run.state == runs::RunState::Failed) outcome.error = Error{ErrorCode::EngineFailed, run.message, "run " + run.id.value};
    if (run.state == runs::RunState::Died) outcome.error = Error{ErrorCode::EngineDied, run.message, "run " + run.id.value};
    if (run.state == runs::RunState::Stopped && call.stop.stop_requested()) outcome.exit = 130;
    return outcome;
}

}  // namespace lathe::verbs
