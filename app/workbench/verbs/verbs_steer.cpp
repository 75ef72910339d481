// edit, fork, checkpoints, queue-runs.
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "app/workbench/verbs/follow_run.h"
#include "app/workbench/verbs/steer.h"
#include "app/workbench/verbs/table.h"
#include "core/runs/fit_words.h"
#include "core/runs/fork.h"
#include "core/runs/live_edit.h"
#include "core/runs/run_queue.h"
#include "core/runs/run_state.h"

namespace lathe::verbs {

namespace {

using store::Workspace;

void addRun(CLI::App& app, std::string& workspace, std::string& run) {
    addWorkspace(app, workspace);
    app.add_option("RUN", run, "An id, its beginning, a name, or last")->required();
}

std::string changeText(const Json& changes) {
    std::string text;
    for (const auto& [path, values] : changes.items())
        text += fmt::format("{}{} {} -> {}", text.empty() ? "" : ", ", path, values[0].dump(), values[1].dump());
    return text;
}

Action edit(CLI::App& app) {
    struct Options {
        std::string workspace, run;
        std::vector<std::string> changes;
        double wait = 10;
    };
    const auto o = std::make_shared<Options>();
    addRun(app, o->workspace, o->run);
    app.add_option("CHANGES", o->changes,
                   "KEY=VALUE of optimizer.lr (or lr), weight_decay, clip, schedule.name and its options, epochs, early_stop, "
                   "checkpoint_every, checkpoints.keep_every; of a run that waits any key of the spec")
        ->required();
    app.add_option("--wait", o->wait, "Seconds to wait for the engine to take it; it takes it later all the same")
        ->check(CLI::Range(0.0, 86400.0));
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow run, runs::findRun(*workspace, o->run));
        LATHE_TRY(const runs::EditOutcome done, runs::editRun(*workspace, run, o->changes, call.user(), o->wait, call.stop));
        Outcome outcome;
        outcome.json = {{"run", run.id.value}, {"changes", done.changes}, {"applied", done.applied},
                        {"step", done.step},   {"epoch", done.epoch},     {"id", done.id}};
        const std::string when = !done.applied   ? "waits for the engine's next step, or for the run to be resumed"
                                 : done.step > 0 ? fmt::format("applied at step {} (epoch {:.2f})", done.step, done.epoch)
                                                 : "applied";
        outcome.text = fmt::format("{}: {}\n", changeText(done.changes), when);
        return outcome;
    };
}

Action fork(CLI::App& app) {
    struct Options : runs::ForkOptions {
        std::string workspace, run;
        bool detach = false, queue = false;
    };
    const auto o = std::make_shared<Options>();
    addRun(app, o->workspace, o->run);
    app.add_option("--from", o->from, "The checkpoint: best, last or epoch:N");
    app.add_option("--set", o->changes, "KEY=VALUE of the run spec; may be repeated")->take_all()->allow_extra_args(false);
    app.add_option("--epochs", o->epochs, "Epochs all in all, those of the parent included where it goes on");
    app.add_option("--name", o->name, "The new run's name");
    app.add_flag("--weights-only", o->weightsOnly, "Begin at epoch 0 with a new optimiser even where it could go on");
    auto* detach = app.add_flag("--detach", o->detach, "Start it and come back at once");
    app.add_flag("--queue", o->queue, "Let it wait for its turn and come back at once")->excludes(detach);
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow parent, runs::findRun(*workspace, o->run));
        LATHE_TRY(const runs::RunRow run, runs::forkRun(*workspace, parent, *o, call.user()));
        if (o->queue) return queueRun(workspace, run, true, call);
        return startAndFollow(*workspace, run, false, o->detach, call);
    };
}

Action listCheckpoints(CLI::App& app) {
    struct Options {
        std::string workspace, run;
    };
    const auto o = std::make_shared<Options>();
    addRun(app, o->workspace, o->run);
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow run, runs::findRun(*workspace, o->run));
        Outcome outcome;
        outcome.json = {{"run", run.id.value}, {"checkpoints", Json::array()}};
        std::vector<std::vector<std::string>> rows;
        for (const runs::CheckpointRow& one : runs::checkpoints(runs::RunFolder(run.folder))) {
            Json json = {{"name", one.name}, {"epoch", one.epoch},           {"step", one.step},         {"size", one.bytes},
                         {"at", one.at},     {"everything", one.everything}, {"file", one.file.string()}};
            json["metric"] = one.value ? Json{{"name", one.metric}, {"value", *one.value}} : Json();
            if (!one.problem.empty()) json["problem"] = one.problem;
            outcome.json["checkpoints"].push_back(json);
            rows.push_back({one.name, std::to_string(one.epoch), std::to_string(one.step), sizeText(double(one.bytes)),
                            one.value ? one.metric + " " + figure(*one.value) : "-", dateText(one.at),
                            !one.problem.empty() ? one.problem
                            : one.everything     ? "a run can go on from it"
                                                 : "weights"});
        }
        outcome.text = rows.empty() ? "the run has no checkpoint yet\n"
                                    : table({"NAME", "EPOCH", "STEP", "SIZE", "METRIC", "WRITTEN", "HOLDS"}, rows);
        return outcome;
    };
}

struct QueueOptions {
    std::string workspace, up, down, front, back, cancel;
    std::optional<int> slots;
    bool drive = false;

    Result<> change(Workspace& workspace) const {
        const std::pair<const std::string*, runs::QueueMove> moves[] = {{&up, runs::QueueMove::Up},
                                                                        {&down, runs::QueueMove::Down},
                                                                        {&front, runs::QueueMove::Front},
                                                                        {&back, runs::QueueMove::Back}};
        for (const auto& [text, move] : moves) {
            if (text->empty()) continue;
            LATHE_TRY(const runs::RunRow run, runs::findRun(workspace, *text));
            LATHE_CHECK(runs::moveQueued(workspace, run.id, move));
        }
        if (!cancel.empty()) {
            LATHE_TRY(const runs::RunRow run, runs::findRun(workspace, cancel));
            LATHE_CHECK(runs::cancelQueued(workspace, run.id));
        }
        return slots ? runs::setQueueSlots(workspace, *slots) : Result<>();
    }
};

Result<Outcome> queueOutcome(const Workspace& workspace) {
    LATHE_TRY(const runs::QueueState state, runs::queueState(workspace));
    LATHE_TRY(const auto all, runs::runs(workspace));
    Outcome outcome;
    outcome.json = {{"slots", state.slots}, {"driven", state.driven}, {"queue", Json::array()}, {"running", Json::array()}};
    std::vector<std::vector<std::string>> rows;
    for (const runs::RunRow& run : all) {
        if (!runs::liveness(runs::RunFolder(run.folder)).alive) continue;
        outcome.json["running"].push_back(runJson(run));
        rows.push_back({"-", run.id.value, run.name, run.model, std::string(runs::name(run.state))});
    }
    for (std::size_t i = 0; i < state.runs.size(); ++i)
        for (const runs::RunRow& run : all) {
            if (run.id != state.runs[i]) continue;
            Json json = runJson(run);
            json["position"] = i + 1;
            outcome.json["queue"].push_back(json);
            rows.push_back({std::to_string(i + 1), run.id.value, run.name, run.model, "waits"});
        }
    outcome.text = rows.empty() ? "no run waits and none goes on\n" : table({"TURN", "RUN", "NAME", "MODEL", "STATE"}, rows);
    if (!state.runs.empty() && !state.driven)
        outcome.text += "nobody starts them now: `lathe queue-runs WS --drive`, or open the workspace in the window\n";
    return outcome;
}

/// Until nothing waits and nothing that was started here goes on.
Result<> driveToEnd(const std::shared_ptr<Workspace>& workspace, Call& call) {
    const Progress progress = call.progress();
    const runs::QueueDriver driver(workspace);
    for (std::int64_t most = 1; !call.stop.stop_requested();) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        LATHE_TRY(const runs::QueueState state, runs::queueState(*workspace));
        LATHE_TRY(const auto all, runs::runs(*workspace));
        std::int64_t going = 0;
        for (const runs::RunRow& run : all) going += runs::liveness(runs::RunFolder(run.folder)).alive;
        const std::int64_t left = going + std::int64_t(state.runs.size());
        if (left == 0) return {};
        most = std::max(most, left);
        progress.report(most - left, most, fmt::format("{} go on, {} wait", going, state.runs.size()));
    }
    return fail(ErrorCode::Cancelled, "the queue isn't driven from here any more; what goes on goes on, the rest waits");
}

Action queueRuns(CLI::App& app) {
    const auto o = std::make_shared<QueueOptions>();
    addWorkspace(app, o->workspace);
    app.add_option("--up", o->up, "RUN goes one place ahead");
    app.add_option("--down", o->down, "RUN goes one place back");
    app.add_option("--front", o->front, "RUN goes to the front");
    app.add_option("--back", o->back, "RUN goes to the end");
    app.add_option("--cancel", o->cancel, "RUN is taken out; it can be resumed or deleted");
    app.add_option("--slots", o->slots, "Runs at a time on a device");
    app.add_flag("--drive", o->drive, "Start them one after the other until none waits");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_CHECK(o->change(*workspace));
        if (o->drive) LATHE_CHECK(driveToEnd(workspace, call));
        return queueOutcome(*workspace);
    };
}

}  // namespace

Result<Outcome> startAndFollow(Workspace& workspace, const runs::RunRow& run, bool resume, bool detach, Call& call) {
    LATHE_TRY(const int pid, runs::launch(run, resume));
    if (detach) {
        Outcome outcome{
            runJson(run), fmt::format("run {} ({}) goes on as process {}\n", run.id.value, run.name, pid), 0, false, {}};
        outcome.json["pid"] = pid;
        return outcome;
    }
    LATHE_TRY(const runs::RunRow ended, followToEnd(workspace, run, call));
    return runOutcome(ended, call);
}

Result<Outcome> queueRun(const std::shared_ptr<Workspace>& workspace, const runs::RunRow& run, bool detach, Call& call) {
    LATHE_CHECK(runs::enqueue(*workspace, run));
    LATHE_TRY(const runs::QueueState state, runs::queueState(*workspace));
    if (detach) {
        Outcome outcome{runJson(run), {}, 0, false, {}};
        outcome.json["position"] = state.runs.size();
        outcome.text = fmt::format("run {} ({}) waits, {} in the queue{}\n", run.id.value, run.name, state.runs.size(),
                                   state.driven ? "" : "; `lathe queue-runs WS --drive` or the window starts them");
        return outcome;
    }
    const runs::QueueDriver driver(workspace);
    LATHE_TRY(const runs::RunRow ended, followToEnd(*workspace, run, call));
    return runOutcome(ended, call);
}

void describePast(const runs::RunSpec& spec, const runs::RunData& data, Outcome& outcome) {
    outcome.json["parent"] = spec.parent ? runs::toJson(*spec.parent) : Json();
    outcome.json["history"] = Json::array();
    if (spec.parent)
        outcome.text +=
            fmt::format("  forked from {} ({}), {} at epoch {}{}\n", spec.parent->name, spec.parent->run, spec.parent->checkpoint,
                        spec.parent->epoch, spec.parent->resumes ? ", and goes on there" : ", from its weights");
    for (const runs::SpecEdit& edit : spec.history) {
        outcome.json["history"].push_back(runs::toJson(edit));
        outcome.text +=
            fmt::format("  step {} (epoch {:.2f}), {}: {}\n", edit.step, edit.epoch, edit.author, changeText(edit.changes));
    }
    outcome.json["fit"] = Json::array();
    for (const runs::FitFinding& one : runs::fitFindings(runs::fitCurves(data, spec.task))) {
        const std::string words = runs::inWords(one);
        outcome.json["fit"].push_back({{"kind", one.kind}, {"epoch", one.epoch}, {"numbers", one.numbers}, {"text", words}});
        outcome.text += fmt::format("  {}\n", words);
    }
}

std::vector<Verb> steerVerbs() {
    return {
        {"edit", "Change rate, schedule or epochs of a run while it goes on",
         "lathe edit digits.lathe last optimizer.lr=0.001 epochs=20", edit},
        {"fork", "A new run from a checkpoint of another one", "lathe fork digits.lathe last --from epoch:5 --epochs 20", fork},
        {"checkpoints", "The checkpoints of a run", "lathe checkpoints digits.lathe last", listCheckpoints},
        {"queue-runs", "The runs that wait for their turn: list, order, drive", "lathe queue-runs digits.lathe --drive", queueRuns},
    };
}

}  // namespace lathe::verbs
