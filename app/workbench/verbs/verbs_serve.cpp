// target, targets, push, rollback, pushes, serve.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/serve/oip_server.h"
#include "core/serve/push.h"

namespace lathe::verbs {

namespace {

using store::Workspace;

/// `ask`: also asks the target what answers there.
Json targetJson(const serve::TargetRow& row, bool ask) {
    Json json = {{"name", row.name},       {"kind", row.kind}, {"url", row.url},
                 {"options", row.options}, {"live", row.live}, {"serving", Json::array()}};
    if (!ask) return json;
    const auto target = serve::makeTarget(row);
    const auto serving = target ? (*target)->serving() : fail(target.error());
    if (serving)
        json["serving"] = *serving;
    else
        json["problem"] = serving.error().text();
    return json;
}

Outcome targetsOutcome(const std::vector<serve::TargetRow>& targets, bool ask) {
    Outcome outcome;
    outcome.json["targets"] = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const serve::TargetRow& row : targets) {
        const Json json = targetJson(row, ask);
        outcome.json["targets"].push_back(json);
        std::string serving = json.value("problem", "");
        for (const Json& one : json["serving"]) serving += (serving.empty() ? "" : " ") + one.get<std::string>();
        rows.push_back({row.name, row.kind, row.url, row.live.substr(0, 12), serving});
    }
    outcome.text = table({"NAME", "KIND", "URL", "LIVE", "SERVING"}, rows);
    return outcome;
}

std::string kindNames() {
    std::string names;
    for (const serve::TargetKind& kind : serve::targetKinds()) names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return names;
}

struct TargetOptions {
    std::string workspace, name, kind, url;
    std::vector<std::string> options;
    bool add = false, test = false;
};

Result<Outcome> addTarget(const TargetOptions& o, Call& call) {
    serve::TargetRow row;
    row.name = o.name;
    row.kind = o.kind;
    row.url = o.url;
    for (const std::string& option : o.options) {
        const std::size_t equals = option.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidArgument, fmt::format("--option {} must be KEY=VALUE", option));
        row.options[option.substr(0, equals)] = option.substr(equals + 1);
    }
    LATHE_TRY(const auto workspace, Workspace::open(o.workspace));
    LATHE_CHECK(serve::addTarget(*workspace, row, call.user()));
    LATHE_TRY(const serve::TargetRow added, serve::findTarget(*workspace, o.name));
    return targetsOutcome({added}, false);
}

Result<Outcome> testTarget(const TargetOptions& o) {
    LATHE_TRY(const auto workspace, Workspace::open(o.workspace));
    LATHE_TRY(const serve::TargetRow row, serve::findTarget(*workspace, o.name));
    LATHE_TRY(const auto target, serve::makeTarget(row));
    LATHE_TRY(const std::string words, target->test());
    Outcome outcome = targetsOutcome({row}, true);
    outcome.json["message"] = words;
    outcome.text += words + "\n";
    return outcome;
}

Action target(CLI::App& app) {
    const auto o = std::make_shared<TargetOptions>();
    app.require_subcommand(1);
    app.fallthrough();
    CLI::App* add = app.add_subcommand("add", "Add a serving target");
    addWorkspace(*add, o->workspace);
    add->add_option("NAME", o->name, "Its name")->required();
    add->add_option("--kind", o->kind, "One of " + kindNames())->required();
    add->add_option("--url", o->url, "Folder or address")->required();
    add->add_option("--option", o->options, "KEY=VALUE of the kind; may be repeated")->take_all()->allow_extra_args(false);
    CLI::App* test = app.add_subcommand("test", "Is it reachable and of the right kind?");
    addWorkspace(*test, o->workspace);
    test->add_option("NAME", o->name, "Which target")->required();
    add->fallthrough();
    test->fallthrough();
    return [o, add](Call& call) -> Result<Outcome> { return add->parsed() ? addTarget(*o, call) : testTarget(*o); };
}

Action targets(CLI::App& app) {
    const auto path = std::make_shared<std::string>();
    addWorkspace(app, *path);
    return [path](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(*path));
        LATHE_TRY(const auto all, serve::targets(*workspace));
        return targetsOutcome(all, true);
    };
}

Json pushJson(const serve::PushRow& row) {
    return {{"push", row.id.value},
            {"state", row.state},
            {"message", row.message},
            {"model", row.model},
            {"digest", row.digest},
            {"target", row.target},
            {"user", row.user},
            {"stages", row.stages},
            {"parity", {{"max_abs", row.parity.maxAbs}, {"cases", row.parity.cases}, {"ok", row.parity.ok}}},
            {"at", row.at},
            {"seconds", row.seconds}};
}

Outcome pushOutcome(const serve::PushRow& row) {
    Outcome outcome;
    outcome.json = pushJson(row);
    outcome.text =
        fmt::format("push {}: {} on {} is {} ({})\n", row.id.value, row.model, row.target, row.state, durationText(row.seconds));
    for (const Json& stage : row.stages)
        outcome.text += fmt::format("  [{}] {} {}\n", stage.value("ok", false) ? "ok" : "--", stage.value("stage", ""),
                                    stage.value("message", ""));
    outcome.text += fmt::format("  parity: {} golden cases, largest difference {:.3g}\n", row.parity.cases, row.parity.maxAbs);
    if (row.state != "live") outcome.error = Error{ErrorCode::GateRefused, row.message, "push to " + row.target};
    return outcome;
}

struct PushOptions {
    std::string workspace, model, target;
};

Action push(CLI::App& app) {
    const auto o = std::make_shared<PushOptions>();
    addWorkspace(app, o->workspace);
    app.add_option("MODEL", o->model, "An id, a digest's beginning, NAME, NAME:VERSION, or last")->required();
    app.add_option("TARGET", o->target, "The target's name")->required();
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const models::ModelRow model, models::findModel(*workspace, o->model));
        LATHE_TRY(const serve::TargetRow row, serve::findTarget(*workspace, o->target));
        LATHE_TRY(const serve::PushRow pushed,
                  serve::push(*workspace, *call.engine(), model, row, call.user(), call.stop, call.progress()));
        return pushOutcome(pushed);
    };
}

Action rollback(CLI::App& app) {
    const auto o = std::make_shared<PushOptions>();
    addWorkspace(app, o->workspace);
    app.add_option("TARGET", o->target, "The target's name")->required();
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const serve::TargetRow row, serve::findTarget(*workspace, o->target));
        LATHE_TRY(const serve::PushRow pushed, serve::rollback(*workspace, row, call.user()));
        return pushOutcome(pushed);
    };
}

Action pushes(CLI::App& app) {
    const auto path = std::make_shared<std::string>();
    addWorkspace(app, *path);
    return [path](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(*path));
        LATHE_TRY(const auto all, serve::pushes(*workspace));
        Outcome outcome;
        outcome.json["pushes"] = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const serve::PushRow& row : all) {
            outcome.json["pushes"].push_back(pushJson(row));
            rows.push_back(
                {std::to_string(row.id.value), row.model, row.target, row.state, row.user, dateText(row.at), row.message});
        }
        outcome.text = table({"PUSH", "MODEL", "TARGET", "STATE", "BY", "WHEN", "MESSAGE"}, rows);
        return outcome;
    };
}

Action serveVerb(CLI::App& app) {
    struct Options {
        std::string where, model;
        int port = 0;
    };
    const auto o = std::make_shared<Options>();
    app.add_option("WHERE", o->where, "A model package's folder, or a workspace")->required();
    app.add_option("MODEL", o->model, "With a workspace: which model");
    app.add_option("--port", o->port, "0: any that is free")->check(CLI::Range(0, 65535));
    return [o](Call& call) -> Result<Outcome> {
        std::filesystem::path package = o->where;
        if (!o->model.empty()) {
            LATHE_TRY(const auto workspace, Workspace::open(o->where));
            LATHE_TRY(const models::ModelRow row, models::findModel(*workspace, o->model));
            package = row.folder;
        }
        LATHE_TRY(const models::PackageInfo info, models::readPackage(package));
        serve::OipServer server(call.engine());
        LATHE_CHECK(server.addModel(package));
        LATHE_TRY(const std::string url, server.start(o->port));
        const Json told = {{"url", url}, {"model", info.name}, {"version", info.version}, {"digest", info.digest}};
        std::puts(call.json ? told.dump().c_str()
                            : fmt::format("listening on {}\nmodel {}, version {}", url, info.name, info.version).c_str());
        std::fflush(stdout);
        while (!call.stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        server.stop();
        Outcome ended;
        ended.quiet = true;
        return ended;
    };
}

}  // namespace

std::vector<Verb> serveVerbs() {
    return {
        {"target", "Add or test a serving target (target add, target test)",
         "lathe target add digits.lathe here --kind folder --url /srv/models", target},
        {"targets", "List the serving targets and what answers there", "lathe targets digits.lathe", targets},
        {"push", "Bring an approved model to a target, checked on its golden inputs", "lathe push digits.lathe last here", push},
        {"rollback", "Make the version before live again", "lathe rollback digits.lathe here", rollback},
        {"pushes", "List the pushes", "lathe pushes digits.lathe", pushes},
        {"serve", "A local server of the Open Inference Protocol v2", "lathe serve digits.lathe last --port 8080", serveVerb},
    };
}

}  // namespace lathe::verbs
