// restore, merge, undo, card.
#include <fmt/format.h>

#include <algorithm>

#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/base/files.h"
#include "core/data/card.h"
#include "core/data/versions.h"
#include "core/models/registry.h"
#include "core/runs/runs.h"

namespace lathe::verbs {

namespace {

using store::Workspace;

// ---- restore and merge

constexpr std::size_t kNamedOutside = 100;

/// What was, or would be, done.
Result<Outcome> applied(const Workspace& workspace, const data::ApplyReport& report, const data::ApplyOptions& options) {
    Outcome outcome;
    std::vector<ImageId> first(report.outside.begin(),
                               report.outside.begin() + std::ptrdiff_t(std::min(report.outside.size(), kNamedOutside)));
    LATHE_TRY(const auto images, workspace.images(first));
    Json outside = Json::array();
    for (const auto& image : images) outside.push_back({{"image", image.id.value}, {"file", image.name}});
    Json shapes = Json::object();
    for (std::size_t k = 0; k < report.shapes.size(); ++k) shapes[std::string(data::kShapeChangeNames[k])] = report.shapes[k];
    outcome.json = {{"dry_run", options.dryRun},
                    {"batch", report.batch.valid() ? Json(report.batch.value) : Json()},
                    {"images",
                     {{"changed", report.images.changed},
                      {"unchanged", report.images.unchanged},
                      {"moved", report.images.moved},
                      {"outside", report.outside.size()}}},
                    {"annotations", shapes},
                    {"outside", outside},
                    {"problems", toJson(report.problems)}};
    outcome.text = fmt::format("{} images {}, {} of them to another split; {} as they are\n", report.images.changed,
                               options.dryRun ? "would change" : "changed", report.images.moved, report.images.unchanged);
    if (!report.outside.empty())
        outcome.text +=
            fmt::format("{} images are not in that version and stay as they are (--json names them)\n", report.outside.size());
    for (const Problem& problem : report.problems) outcome.text += fmt::format("{}: {}\n", problem.item, problem.message);
    outcome.exit = report.problems.empty() || options.force ? 0 : 3;
    return outcome;
}

std::string howToUndo(const std::string& workspace, const data::ApplyReport& report) {
    return report.batch.valid() ? fmt::format("`lathe undo {} {}` takes it back\n", workspace, report.batch.value) : std::string();
}

void addApplyOptions(CLI::App& app, data::ApplyOptions& options) {
    app.add_flag("--dry-run", options.dryRun, "Only say what would change");
    app.add_flag("--force", options.force, "Also change images of a frozen test set");
}

Action restore(CLI::App& app) {
    struct Options {
        std::string workspace, snapshot;
        data::ApplyOptions apply;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("SNAPSHOT", o->snapshot, "Name, id, digest's beginning, tag, branch or last")->required();
    addApplyOptions(app, o->apply);
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const auto row, data::findSnapshot(*workspace, o->snapshot));
        LATHE_TRY(const auto report, data::restoreSnapshot(*workspace, row.id, call.user(), o->apply, call.stop, call.progress()));
        LATHE_TRY(Outcome outcome, applied(*workspace, report, o->apply));
        outcome.json["snapshot"] = row.name;
        outcome.text += howToUndo(o->workspace, report);
        return outcome;
    };
}

Json sideJson(const std::optional<annot::Annotation>& annotation, const std::vector<store::ClassRow>& classes) {
    if (!annotation) return nullptr;
    const auto at = std::ranges::find(classes, annotation->classId, &store::ClassRow::id);
    return annot::toJson(*annotation, at == classes.end() ? std::string() : at->name);
}

Json conflictJson(const data::MergeConflict& c, const std::string& file, const std::vector<store::ClassRow>& classes) {
    Json json{{"image", c.image.value}, {"file", file}};
    if (!c.annotation.valid())
        return json.update({{"annotation", nullptr},
                            {"field", "split"},
                            {"base", c.baseSplit},
                            {"ours", c.ourSplit},
                            {"theirs", c.theirSplit}}),
               json;
    json["annotation"] = c.annotation.value;
    json["base"] = sideJson(c.base, classes), json["ours"] = sideJson(c.ours, classes),
    json["theirs"] = sideJson(c.theirs, classes);
    return json;
}

std::string sideText(const Json& side) {
    if (side.is_null()) return "deleted";
    return side.is_string() ? side.get<std::string>() : fmt::format("{} {}", side.value("kind", ""), side.value("class", ""));
}

Result<> addConflicts(const Workspace& workspace, const std::vector<data::MergeConflict>& conflicts, Outcome& outcome) {
    LATHE_TRY(const auto classes, workspace.classes());
    std::vector<ImageId> ids;
    for (const auto& c : conflicts) ids.push_back(c.image);
    LATHE_TRY(const auto images, workspace.images(ids));
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (std::size_t k = 0; k < conflicts.size(); ++k) {
        const Json json = conflictJson(conflicts[k], k < images.size() ? images[k].name : std::string(), classes);
        rows.push_back({json["file"].get<std::string>(), json["annotation"].is_null() ? "split" : json["annotation"].dump(),
                        sideText(json["ours"]), sideText(json["theirs"])});
        list.push_back(json);
    }
    outcome.json["conflicts"] = list;
    if (!rows.empty()) outcome.text += table({"FILE", "ANNOTATION", "OURS", "THEIRS"}, rows);
    return {};
}

struct MergeWords {
    std::string workspace, ours, theirs, base, prefer = "none";
    data::ApplyOptions apply;
};

Result<data::MergeOptions> mergeOptions(const Workspace& workspace, const MergeWords& words) {
    data::MergeOptions options;
    options.apply = words.apply;
    if (words.prefer == "ours") options.prefer = data::Prefer::Ours;
    if (words.prefer == "theirs") options.prefer = data::Prefer::Theirs;
    if (!words.base.empty()) {
        LATHE_TRY(const auto base, data::findSnapshot(workspace, words.base));
        options.base = base.id;
    }
    return options;
}

Result<Outcome> mergeOutcome(const Workspace& workspace, const MergeWords& words, const data::MergeReport& report) {
    Outcome outcome;
    if (report.applied) {
        LATHE_TRY(outcome, applied(workspace, *report.applied, words.apply));
    }
    outcome.json["base"] = report.base.name, outcome.json["merged"] = report.applied && !words.apply.dryRun;
    LATHE_CHECK(addConflicts(workspace, report.conflicts, outcome));
    if (report.applied) {
        outcome.text += howToUndo(words.workspace, *report.applied);
        return outcome;
    }
    outcome.exit = 4;
    outcome.error = Error{ErrorCode::GateRefused,
                          fmt::format("{} conflicts; nothing was changed. Choose with --prefer ours or theirs, or change one side",
                                      report.conflicts.size()),
                          {}};
    return outcome;
}

Action merge(CLI::App& app) {
    const auto o = std::make_shared<MergeWords>();
    addWorkspace(app, o->workspace);
    app.add_option("A", o->ours, "Ours: a snapshot")->required();
    app.add_option("B", o->theirs, "Theirs: another one")->required();
    app.add_option("--base", o->base, "What both are compared with; their nearest common ancestor when not given");
    app.add_option("--prefer", o->prefer, "Who wins a conflict: ours, theirs or none")
        ->check(CLI::IsMember({"ours", "theirs", "none"}));
    addApplyOptions(app, o->apply);
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const auto a, data::findSnapshot(*workspace, o->ours));
        LATHE_TRY(const auto b, data::findSnapshot(*workspace, o->theirs));
        LATHE_TRY(const auto options, mergeOptions(*workspace, *o));
        LATHE_TRY(const auto report,
                  data::mergeSnapshots(*workspace, a.id, b.id, call.user(), options, call.stop, call.progress()));
        return mergeOutcome(*workspace, *o, report);
    };
}

// ---- undo

Result<Outcome> listBatches(const Workspace& workspace) {
    LATHE_TRY(const auto list, store::batches(workspace));
    Outcome outcome;
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto& batch : list) {
        all.push_back({{"batch", batch.id.value},
                       {"label", batch.label},
                       {"author", batch.who},
                       {"at", batch.at},
                       {"images", batch.images},
                       {"annotations", batch.annotations},
                       {"undone", batch.undone}});
        rows.push_back({std::to_string(batch.id.value), batch.label + (batch.undone ? " (undone)" : ""), dateText(batch.at),
                        batch.who, std::to_string(batch.images), std::to_string(batch.annotations)});
    }
    outcome.json["batches"] = all;
    outcome.text = table({"BATCH", "WHAT", "AT", "BY", "IMAGES", "ANNOTATIONS"}, rows);
    return outcome;
}

/// The one that was named, else the last that isn't undone.
Result<store::Batch> batchNamed(const Workspace& workspace, const std::string& number) {
    LATHE_TRY(const auto list, store::batches(workspace, 1'000'000));
    for (const auto& batch : list)
        if (number.empty() ? !batch.undone : std::to_string(batch.id.value) == number) return batch;
    return fail(ErrorCode::NotFound, "there is no operation to undo; --list shows them", number);
}

Action undo(CLI::App& app) {
    struct Options {
        std::string workspace, batch;
        bool list = false;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("BATCH", o->batch, "Its number; the last one when not given");
    app.add_flag("--list", o->list, "Only list the operations");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        if (o->list) return listBatches(*workspace);
        LATHE_TRY(const auto batch, batchNamed(*workspace, o->batch));
        LATHE_TRY(const auto undone, store::undoBatch(*workspace, batch.id, call.user(), call.stop, call.progress()));
        Outcome outcome;
        outcome.json = {{"batch", batch.id.value},
                        {"label", batch.label},
                        {"images", undone.images},
                        {"annotations", undone.annotations},
                        {"skipped", undone.skipped}};
        outcome.text = fmt::format("undone: {}: {} annotations in {} images; {} changed since and left as they are\n", batch.label,
                                   undone.annotations, undone.images, undone.skipped);
        return outcome;
    };
}

// ---- card

Result<std::vector<data::CardRun>> cardRuns(const Workspace& workspace, const data::SnapshotRow& snapshot) {
    LATHE_TRY(const auto trained, runs::runs(workspace));
    LATHE_TRY(const auto packages, models::models(workspace));
    std::vector<data::CardRun> rows;
    for (const auto& run : trained) {
        if (run.snapshot != snapshot.digest) continue;
        rows.push_back({run.name, std::string(runs::name(run.state)), run.task, run.model, run.metrics, {}});
        for (const auto& model : packages)
            if (model.run == run.id.value)
                rows.back().packages.push_back(fmt::format("{}:{} ({})", model.name, model.version, model.state));
    }
    return rows;
}

Action dataCard(CLI::App& app) {
    struct Options {
        std::string workspace, snapshot, out;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("SNAPSHOT", o->snapshot, "Name, id, digest's beginning, tag, branch or last")->required();
    app.add_option("--out", o->out, "Write it to this file; it is printed when not given");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const auto row, data::findSnapshot(*workspace, o->snapshot));
        LATHE_TRY(const auto made, cardRuns(*workspace, row));
        LATHE_TRY(const auto text, data::dataCard(*workspace, row.id, made, call.stop, call.progress()));
        Outcome outcome;
        outcome.json = {{"snapshot", row.name}, {"runs", made.size()}};
        outcome.json[o->out.empty() ? "card" : "file"] = o->out.empty() ? text : o->out;
        outcome.text = o->out.empty() ? text : fmt::format("written to {}\n", o->out);
        if (!o->out.empty()) LATHE_CHECK(base::writeFileAtomically(o->out, text));
        return outcome;
    };
}

}  // namespace

std::vector<Verb> restoreVerbs() {
    return {
        {"restore", "Bring labels and splits back to a version", "lathe restore digits.lathe v1 --dry-run", restore},
        {"merge", "Bring two versions together", "lathe merge digits.lathe v2 v3 --prefer ours", merge},
        {"undo", "Take back an operation over many images", "lathe undo digits.lathe", undo},
        {"card", "The data card of a version in Markdown", "lathe card digits.lathe v1 --out card.md", dataCard},
    };
}

}  // namespace lathe::verbs
