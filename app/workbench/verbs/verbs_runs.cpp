// train, runs, show, stop, resume, delete, rerun, compare.
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "app/workbench/verbs/check_text.h"
#include "app/workbench/verbs/follow_run.h"
#include "app/workbench/verbs/run_filter.h"
#include "app/workbench/verbs/steer.h"
#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/train_options.h"
#include "core/runs/fork.h"
#include "core/runs/reproduction.h"
#include "core/runs/run_history.h"
#include "core/runs/run_queue.h"
#include "core/runs/run_state.h"

namespace lathe::verbs {

namespace {

using store::Workspace;

/// WS and RUN, which most verbs here take.
struct RunNamed {
    std::string workspace, run;
    void addTo(CLI::App& app) {
        addWorkspace(app, workspace);
        app.add_option("RUN", run, "An id, its beginning, a name, or last")->required();
    }
};

Action train(CLI::App& app) {
    struct Options : TrainOptions {
        std::string workspace;
        bool detach = false, queue = false;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    o->addTo(app);
    app.add_flag("--detach", o->detach, "Start it and come back at once");
    app.add_flag("--queue", o->queue, "Let it wait for its turn; drives the queue until this run has ended, unless --detach");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const std::int64_t images, workspace->imageCount());
        LATHE_TRY(const runs::RunSpec spec, o->spec(images));
        LATHE_TRY(const runs::RunRow run, runs::createRun(*workspace, spec, call.user()));
        if (o->queue) return queueRun(workspace, run, o->detach, call);
        return startAndFollow(*workspace, run, false, o->detach, call);
    };
}

Action check(CLI::App& app) {
    struct Options : TrainOptions {
        std::string workspace;
        bool run = false;
        runs::CheckWhat what;
        std::uint64_t memoryMiB = 0;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    o->addTo(app);
    app.add_flag("--run", o->run, "Check a run before it is started: the options of lathe train say which")->required();
    app.add_flag("--largest-batch", o->what.largestBatch, "Also look for the largest batch that fits, and the quickest");
    app.add_option("--memory", o->memoryMiB, "MiB that it may take on the processor (without it: what is free)");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const std::int64_t images, workspace->imageCount());
        LATHE_TRY(const runs::RunSpec spec, o->spec(images));
        o->what.memory = o->memoryMiB << 20;
        LATHE_TRY(const Json result, runs::checkRun(*workspace, spec, call.user(), call.stop, call.progress(), o->what));
        Outcome outcome;
        outcome.json = result;
        outcome.text = checkText(result);
        outcome.exit = result.value("failed", 0) > 0 ? 4 : 0;
        return outcome;
    };
}

Action listRuns(CLI::App& app) {
    struct Options {
        std::string workspace, query;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("--query", o->query, "state:finished model:small accuracy>0.9 or words of the name");
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(auto all, runs::runs(*workspace));
        LATHE_TRY(all, filterRuns(std::move(all), queryText(o->query)));
        Outcome outcome;
        outcome.json["runs"] = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const runs::RunRow& run : all) {
            Json json = runJson(run);
            const auto parent = runs::parentOf(run);
            json["parent"] = parent ? runs::toJson(*parent) : Json();
            outcome.json["runs"].push_back(std::move(json));
            const std::string metric(runs::metricOf(run.task));
            const auto value = run.metrics.find(metric);
            rows.push_back({run.id.value, run.name, std::string(runs::name(run.state)), run.model, run.snapshotName,
                            value == run.metrics.end() ? "-" : metric + " " + figure(value->second),
                            fmt::format("{:.1f}", run.epoch), dateText(run.started), durationText(run.seconds)});
        }
        outcome.text = table({"RUN", "NAME", "STATE", "MODEL", "SNAPSHOT", "METRIC", "EPOCH", "STARTED", "TIME"}, rows);
        return outcome;
    };
}

Json seriesSummary(const runs::RunData& data) {
    Json json = Json::object();
    for (const auto& [name, series] : data.series) {
        const auto& last = series.points().back();
        json[name] = {{"points", series.size()}, {"last", last.value}, {"step", last.step}, {"epoch", last.epoch}};
    }
    return json;
}

Action show(CLI::App& app) {
    const auto o = std::make_shared<RunNamed>();
    o->addTo(app);
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow run, runs::findRun(*workspace, o->run));
        const runs::RunFolder folder(run.folder);
        LATHE_TRY(const runs::RunSpec spec, folder.readSpec());
        LATHE_TRY(const runs::RunData data, runs::readRun(folder));
        Outcome outcome = runOutcome(run, call);
        outcome.error.reset();
        outcome.json["spec"] = runs::toJson(spec);
        outcome.json["series"] = seriesSummary(data);
        outcome.json["events"] = data.events;
        const auto report = base::readJson(folder.report());
        outcome.json["report"] = report ? *report : Json();
        if (!run.message.empty()) outcome.text += fmt::format("  {}\n", run.message);
        describePast(spec, data, outcome);
        outcome.text += runs::toJson(spec).dump(2) + "\n";
        return outcome;
    };
}

Action stop(CLI::App& app) {
    const auto o = std::make_shared<RunNamed>();
    o->addTo(app);
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(runs::RunRow run, runs::findRun(*workspace, o->run));
        if (runs::isFinal(run.state)) return runOutcome(run, call);
        const runs::RunFolder folder(run.folder);
        if (runs::cancelQueued(*workspace, run.id)) {
            LATHE_TRY(run, runs::refresh(*workspace, run.id));
            return runOutcome(run, call);
        }
        LATHE_CHECK(folder.want("stop"));
        // Its last words are written before its process has ended; a delete right after this must find it gone.
        const auto over = [&] { return runs::isFinal(run.state) && !runs::liveness(folder).alive; };
        for (int i = 0; i < 600 && !over() && !call.stop.stop_requested(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            LATHE_TRY(run, runs::refresh(*workspace, run.id));
            if (run.state == runs::RunState::Queued && i > 10) break;  // never started: nothing that could stop
        }
        return runOutcome(run, call);
    };
}

Action resume(CLI::App& app) {
    struct Options : RunNamed {
        bool detach = false, queue = false;
    };
    const auto o = std::make_shared<Options>();
    o->addTo(app);
    app.add_flag("--detach", o->detach, "Start it and come back at once");
    app.add_flag("--queue", o->queue, "Let it wait for its turn; drives the queue until this run has ended, unless --detach");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow run, runs::findRun(*workspace, o->run));
        if (o->queue) return queueRun(workspace, run, o->detach, call);
        if (run.state == runs::RunState::Finished)
            return fail(ErrorCode::InvalidArgument, "is finished; there is nothing to resume", "run " + run.id.value);
        if (run.state == runs::RunState::Paused) {
            LATHE_CHECK(runs::RunFolder(run.folder).want("run"));
            LATHE_TRY(const runs::RunRow ended, followToEnd(*workspace, run, call));
            return runOutcome(ended, call);
        }
        return startAndFollow(*workspace, run, true, o->detach, call);
    };
}

Action deleteVerb(CLI::App& app) {
    const auto o = std::make_shared<RunNamed>();
    o->addTo(app);
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow run, runs::findRun(*workspace, o->run));
        LATHE_CHECK(runs::deleteRun(*workspace, run.id));
        return Outcome{{{"run", run.id.value}, {"deleted", true}}, fmt::format("deleted {}\n", run.id.value), 0, false, {}};
    };
}

Action rerun(CLI::App& app) {
    struct Options : RunNamed {
        bool verify = false;
    };
    const auto o = std::make_shared<Options>();
    o->addTo(app);
    app.add_flag("--verify", o->verify, "Compare all numbers with the first run's, bit for bit; exit 4 when they differ");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow first, runs::findRun(*workspace, o->run));
        LATHE_TRY(const runs::RunRow second, runs::repeatRun(*workspace, first, call.user()));
        LATHE_TRY(Outcome outcome, startAndFollow(*workspace, second, false, false, call));
        if (!o->verify || outcome.error || outcome.exit != 0) return outcome;
        LATHE_TRY(const auto differences, runs::differences(runs::RunFolder(first.folder), runs::RunFolder(second.folder)));
        outcome.json["equal"] = differences.empty();
        outcome.json["differences"] = differences;
        outcome.json["of"] = first.id.value;
        outcome.text += differences.empty() ? "all numbers are equal, bit for bit\n" : "the numbers differ:\n";
        for (const std::string& one : differences) outcome.text += "  " + one + "\n";
        outcome.exit = differences.empty() ? 0 : 4;
        return outcome;
    };
}

Json idsOf(const std::vector<ImageId>& images) {
    Json list = Json::array();
    for (const ImageId id : images) list.push_back(id.value);
    return list;
}

Json pairJson(const runs::PairVerdict& v) {
    return {{"a", v.a.value},
            {"b", v.b.value},
            {"difference", v.difference},
            {"low", v.low},
            {"high", v.high},
            {"p", v.p},
            {"test", v.test},
            {"verdict", v.verdict},
            {"fixed", idsOf(v.fixed)},
            {"broken", idsOf(v.broken)}};
}

Action compare(CLI::App& app) {
    struct Options {
        std::string workspace, metric;
        std::vector<std::string> runs;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("RUN", o->runs, "Two or more runs; the first is what the others are held against")->required()->expected(2, 64);
    app.add_option("--metric", o->metric, "accuracy, macro_f1 or loss of classifiers; f1 of detectors; miou of segmenters");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        std::vector<runs::RunRow> rows;
        for (const std::string& text : o->runs) {
            LATHE_TRY(auto row, runs::findRun(*workspace, text));
            rows.push_back(std::move(row));
        }
        const std::string metric = o->metric.empty() ? runs::comparedBy(rows.front().task) : o->metric;
        Outcome outcome;
        outcome.json = {{"metric", metric}, {"runs", Json::array()}, {"pairs", Json::array()}};
        for (const runs::RunRow& row : rows) outcome.json["runs"].push_back(runJson(row));
        std::vector<std::vector<std::string>> lines;
        for (std::size_t a = 0; a < rows.size(); ++a)
            for (std::size_t b = a + 1; b < rows.size(); ++b) {
                if (call.stop.stop_requested()) return fail(ErrorCode::Cancelled, "the comparison was cancelled");
                LATHE_TRY(const auto verdict, runs::comparePair(rows[a], rows[b], metric));
                outcome.json["pairs"].push_back(pairJson(verdict));
                lines.push_back({rows[a].name, rows[b].name, fmt::format("{:+.4f}", verdict.difference),
                                 fmt::format("{:+.4f} … {:+.4f}", verdict.low, verdict.high), figure(verdict.p), verdict.verdict});
            }
        outcome.json["fixed"] = outcome.json["pairs"][0]["fixed"];
        outcome.json["broken"] = outcome.json["pairs"][0]["broken"];
        outcome.text = table({"A", "B", "B - A", "95 % INTERVAL", "P", "B IS"}, lines);
        return outcome;
    };
}

}  // namespace

std::vector<Verb> runVerbs() {
    return {
        {"check", "Try a run's network, loss, data and rate on one batch before it is started",
         "lathe check bccd.lathe --run --task detect", check},
        {"train", "Train a model on a frozen version", "lathe train digits.lathe --snapshot v1 --seed 1 --device cpu", train},
        {"runs", "List the runs", "lathe runs digits.lathe --query 'state:finished accuracy>0.9'", listRuns},
        {"show", "All of one run: state, figures, settings, events", "lathe show digits.lathe last", show},
        {"stop", "Stop a run cleanly; it can be resumed", "lathe stop digits.lathe last", stop},
        {"resume", "Go on with a run that was stopped, paused, or died", "lathe resume digits.lathe last", resume},
        {"delete", "Delete a run and its folder", "lathe delete digits.lathe 20261121-15", deleteVerb},
        {"rerun", "The same spec again", "lathe rerun digits.lathe last --verify", rerun},
        {"compare", "Is one run really better than another?", "lathe compare digits.lathe first second --metric accuracy", compare},
    };
}

}  // namespace lathe::verbs
