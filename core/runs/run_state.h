// What a run folder says of its run: the log folded to a state, and whether an engine is at work. Private to core/runs.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/runs/event_log.h"
#include "core/runs/run_folder.h"

namespace lathe::runs {

/// The process that launch() started last: "PID START LAUNCHED" in engine.pid. START (clock ticks since boot) tells a process from
/// another that got its number later.
struct EngineProcess {
    int pid = 0;
    long long start = 0;
    double launched = 0;  ///< seconds since 1970
    [[nodiscard]] bool alive() const;
};
[[nodiscard]] EngineProcess readEngineProcess(const RunFolder& folder);
[[nodiscard]] Result<> writeEngineProcess(const RunFolder& folder, int pid, double launched);

/// Folds events and metric points to the run's latest figures. Copyable value.
struct RunFold {
    RunState logged = RunState::Queued;
    double loggedAt = 0;  ///< when the engine said so; 0: it has said nothing
    std::string message;
    std::map<std::string, double> metrics;
    std::string bestMetric;
    double bestEpoch = 0, bestValue = 0;
    double first = 0, last = 0, epoch = 0;
    int epochs = 0;

    void take(const Json& event);
    void take(std::string_view series, const std::vector<MetricPoint>& points);
};

struct Liveness {
    bool alive = false;  ///< the lock is held or the launched process lives
    EngineProcess process;
};
/// Ask before the log is read: an engine that ends in between has written its last word by then.
[[nodiscard]] Liveness liveness(const RunFolder& folder);
/// An engine has had it in hand; it goes on from where that left it.
[[nodiscard]] bool wasStarted(const RunFolder& folder);
/// What the log says and what the process table says, together. A state that was logged before the last launch is over.
[[nodiscard]] RunState effectiveState(const RunFold& fold, const Liveness& liveness);
/// Why a run died: the end of engine.log in words.
[[nodiscard]] std::string deathMessage(const RunFolder& folder);

}  // namespace lathe::runs
