// snapshot, snapshots, tag-snapshot, diff.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "app/workbench/verbs/split_counts.h"
#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/data/snapshot_items_diff.h"
#include "core/data/versions.h"
#include "core/runs/runs.h"

namespace lathe::verbs {

namespace {

using data::SnapshotRow;
using store::Workspace;

// ---- the list

/// All snapshots, to name parents by.
struct Tree {
    std::vector<SnapshotRow> rows;  ///< newest first
    SnapshotId head;

    [[nodiscard]] Json nameOf(SnapshotId id) const {
        const auto at = std::ranges::find(rows, id, &SnapshotRow::id);
        return at == rows.end() ? Json() : Json(at->name);
    }
};

Result<Tree> treeOf(const Workspace& workspace) {
    Tree tree;
    LATHE_TRY(tree.rows, data::snapshots(workspace));
    LATHE_TRY(tree.head, data::headSnapshot(workspace));
    return tree;
}

Json versionJson(const SnapshotRow& row, const Tree& tree) {
    return {{"id", row.id.value},
            {"digest", row.digest},
            {"name", row.name},
            {"images", row.images},
            {"annotations", row.annotations},
            {"splits", splitCounts(row.splits)},
            {"author", row.author},
            {"at", row.at},
            {"parent", tree.nameOf(row.parent)},
            {"merged", tree.nameOf(row.merged)},
            {"note", row.note},
            {"tags", row.tags},
            {"branch", row.branch},
            {"frozen_test", row.frozenTest},
            {"head", row.id == tree.head}};
}

const std::vector<std::string> kVersionHeader = {"NAME", "DIGEST", "IMAGES", "ANNOTATIONS", "TAKEN",
                                                 "BY",   "FROM",   "BRANCH", "TAGS",        "NOTE"};

std::vector<std::string> versionCells(const SnapshotRow& row, const Tree& tree) {
    std::string from;
    for (const SnapshotId id : {row.parent, row.merged})
        if (const Json name = tree.nameOf(id); name.is_string()) from += (from.empty() ? "" : " + ") + name.get<std::string>();
    return {row.name + (row.id == tree.head ? " *" : ""),
            row.digest.substr(0, 12),
            std::to_string(row.images),
            std::to_string(row.annotations),
            dateText(row.at),
            row.author,
            from,
            row.branch,
            fmt::format("{}{}", fmt::join(row.tags, " "), row.frozenTest ? " (test frozen)" : ""),
            row.note};
}

Result<Outcome> versionOutcome(const Workspace& workspace, const SnapshotRow& row) {
    LATHE_TRY(const Tree tree, treeOf(workspace));
    return Outcome{versionJson(row, tree), table(kVersionHeader, {versionCells(row, tree)}), 0, false, {}};
}

Action snapshot(CLI::App& app) {
    struct Options {
        std::string workspace;
        data::TakeOptions take;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("NAME", o->take.name, "Its name; v1, v2 … when not given");
    app.add_option("--query", o->take.query, "Only the images that match");
    app.add_option("--note", o->take.note, "What is in it and why it was taken");
    app.add_option("--tag", o->take.tags, "A tag; may be given several times")->allow_extra_args(false);
    app.add_option("--branch", o->take.branch, "The name of the line of versions that begins here; else its parent's");
    app.add_flag("--freeze-test", o->take.freezeTest, "Freeze its test images: a split moves them only with --force");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        data::TakeOptions take = o->take;
        take.query = queryText(take.query), take.author = call.user();
        LATHE_TRY(const auto row, data::takeSnapshot(*workspace, take));
        return versionOutcome(*workspace, row);
    };
}

bool isTagged(const SnapshotRow& row, const std::vector<std::string>& tags) {
    return std::ranges::all_of(tags, [&](const auto& tag) { return std::ranges::find(row.tags, tag) != row.tags.end(); });
}

Action snapshots(CLI::App& app) {
    struct Options {
        std::string workspace;
        std::vector<std::string> tags;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("--tag", o->tags, "Only those with this tag")->allow_extra_args(false);
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const Tree tree, treeOf(*workspace));
        Outcome outcome;
        outcome.json["snapshots"] = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const SnapshotRow& row : tree.rows) {
            if (!isTagged(row, o->tags)) continue;
            outcome.json["snapshots"].push_back(versionJson(row, tree));
            rows.push_back(versionCells(row, tree));
        }
        outcome.text = table(kVersionHeader, rows);
        return outcome;
    };
}

Action tagSnapshot(CLI::App& app) {
    struct Options {
        std::string workspace, snapshot, note, branch;
        std::vector<std::string> add, remove;
        bool freeze = false, unfreeze = false;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("SNAPSHOT", o->snapshot, "Name, id, digest's beginning, tag, branch or last")->required();
    auto* note = app.add_option("--note", o->note, "Another note; '' takes it away");
    auto* branch = app.add_option("--branch", o->branch, "Another name of its line; '' takes it away");
    app.add_option("--tag", o->add, "Add a tag; may be given several times")->allow_extra_args(false);
    app.add_option("--untag", o->remove, "Take a tag away")->allow_extra_args(false);
    auto* freeze = app.add_flag("--freeze-test", o->freeze, "Freeze its test images");
    app.add_flag("--unfreeze-test", o->unfreeze, "Let its test images be moved again")->excludes(freeze);
    return [o, note, branch](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const auto found, data::findSnapshot(*workspace, o->snapshot));
        data::SnapshotEdit edit;
        if (note->count()) edit.note = o->note;
        if (branch->count()) edit.branch = o->branch;
        edit.addTags = o->add, edit.removeTags = o->remove;
        if (o->freeze || o->unfreeze) edit.freezeTest = o->freeze;
        LATHE_TRY(const auto row, data::editSnapshot(*workspace, found.id, edit));
        return versionOutcome(*workspace, row);
    };
}

// ---- the difference

using ClassNamesById = std::map<std::int64_t, std::string>;

Result<ClassNamesById> namesOfClasses(const Workspace& workspace) {
    LATHE_TRY(const auto rows, workspace.classes());
    ClassNamesById names;
    for (const store::ClassRow& row : rows) names[row.id.value] = row.name;
    return names;
}

Json annotationJson(const std::optional<annot::Annotation>& annotation, const ClassNamesById& names) {
    if (!annotation) return nullptr;
    const auto at = names.find(annotation->classId.value);
    return annot::toJson(*annotation, at == names.end() ? std::string() : at->second);
}

std::vector<std::string> changeNames(unsigned changes) {
    static constexpr std::array<std::pair<unsigned, const char*>, 5> kNames{{{data::ImageAdded, "added"},
                                                                             {data::ImageRemoved, "removed"},
                                                                             {data::ImageMoved, "moved"},
                                                                             {data::ImageRelabelled, "relabelled"},
                                                                             {data::ImageShapes, "shapes"}}};
    std::vector<std::string> names;
    for (const auto& [bit, name] : kNames)
        if (changes & bit) names.emplace_back(name);
    return names;
}

Json itemJson(const data::ItemDiff& item, const std::string& file, const ClassNamesById& names) {
    Json shapes = Json::array();
    for (const auto& shape : item.shapes)
        shapes.push_back({{"change", data::kShapeChangeNames[std::size_t(shape.change)]},
                          {"before", annotationJson(shape.before, names)},
                          {"after", annotationJson(shape.after, names)}});
    return {{"image", item.image.value},
            {"file", file},
            {"changes", changeNames(item.changes)},
            {"split", {{"before", item.splitBefore}, {"after", item.splitAfter}}},
            {"shapes", shapes}};
}

/// Adds `items` and finer counts.
Result<> addItems(const Workspace& workspace, const data::ItemsDiff& diff, Outcome& outcome) {
    LATHE_TRY(const ClassNamesById names, namesOfClasses(workspace));
    std::vector<ImageId> ids;
    for (const auto& item : diff.items) ids.push_back(item.image);
    LATHE_TRY(const auto images, workspace.images(ids));
    std::map<ImageId, std::string> files;
    for (const auto& image : images) files[image.id] = image.name;
    Json items = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto& item : diff.items) {
        items.push_back(itemJson(item, files[item.image], names));
        const std::string split = item.changes & data::ImageMoved ? item.splitBefore + " -> " + item.splitAfter : std::string();
        rows.push_back({std::to_string(item.image.value), files[item.image],
                        fmt::format("{}", fmt::join(changeNames(item.changes), " ")), split, std::to_string(item.shapes.size())});
    }
    auto& images_ = outcome.json["images"];
    images_["moved"] = diff.images.moved, images_["relabelled"] = diff.images.relabelled, images_["shapes"] = diff.images.shapes;
    for (std::size_t k = 0; k < diff.shapes.size(); ++k)
        outcome.json["shapes"][std::string(data::kShapeChangeNames[k])] = diff.shapes[k];
    outcome.json["differ"] = diff.total, outcome.json["items"] = std::move(items);
    outcome.text += table({"ID", "FILE", "CHANGES", "SPLIT", "SHAPES"}, rows) + fmt::format("{} of {}\n", rows.size(), diff.total);
    return {};
}

/// The runs trained on this content.
Json runsOn(const std::vector<runs::RunRow>& rows, const SnapshotRow& snapshot, std::string& text) {
    Json list = Json::array();
    for (const auto& run : rows) {
        if (snapshot.digest.empty() || run.snapshot != snapshot.digest) continue;
        list.push_back({{"run", run.id.value},
                        {"name", run.name},
                        {"state", runs::name(run.state)},
                        {"task", run.task},
                        {"model", run.model},
                        {"metrics", run.metrics}});
        const auto metric = run.metrics.find(run.best.metric);
        text += fmt::format("  {}: run {} ({}){}\n", snapshot.name, run.name, runs::name(run.state),
                            metric == run.metrics.end() ? "" : fmt::format(" {} {}", metric->first, figure(metric->second)));
    }
    return list;
}

Outcome numbersOf(const SnapshotRow& a, const SnapshotRow& b, const data::SnapshotDiff& d) {
    Outcome outcome;
    Json classes = Json::object();
    for (const auto& [name, n] : d.byClass) classes[name] = {{"added", n[0]}, {"removed", n[1]}, {"changed", n[2]}};
    outcome.json = {
        {"a", a.name},
        {"b", b.name},
        {"images", {{"added", d.images.added}, {"removed", d.images.removed}}},
        {"annotations", {{"added", d.annotations.added}, {"removed", d.annotations.removed}, {"changed", d.annotations.changed}}},
        {"by_class", classes}};
    outcome.text = fmt::format("{} -> {}: images +{} -{}; annotations +{} -{} ~{}\n", a.name, b.name, d.images.added,
                               d.images.removed, d.annotations.added, d.annotations.removed, d.annotations.changed);
    for (const auto& [name, n] : d.byClass) outcome.text += fmt::format("  {}: +{} -{} ~{}\n", name, n[0], n[1], n[2]);
    return outcome;
}

Action diff(CLI::App& app) {
    struct Options {
        std::string workspace, a, b;
        bool items = false;
        std::size_t limit = 0;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option(
           "A", o->a,
           "A snapshot: name, id, digest's beginning, tag, branch or last; or present, the labels and splits as they are now")
        ->required();
    app.add_option("B", o->b, "The other one")->required();
    app.add_flag("--items", o->items, "Also image by image, with the shapes before and after");
    auto* limit = app.add_option("--limit", o->limit, "At most this many of the images that differ (0: all); implies --items");
    return [o, limit](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const auto a, data::findVersion(*workspace, o->a));
        LATHE_TRY(const auto b, data::findVersion(*workspace, o->b));
        LATHE_TRY(const auto numbers, data::diff(*workspace, a.id, b.id));
        Outcome outcome = numbersOf(a, b, numbers);
        LATHE_TRY(const auto trained, runs::runs(*workspace));
        outcome.json["runs"]["a"] = runsOn(trained, a, outcome.text);
        outcome.json["runs"]["b"] = runsOn(trained, b, outcome.text);
        if (!o->items && limit->count() == 0) return outcome;
        LATHE_TRY(const auto items, data::diffItems(*workspace, a.id, b.id, o->limit, call.stop));
        LATHE_CHECK(addItems(*workspace, items, outcome));
        return outcome;
    };
}

}  // namespace

std::vector<Verb> versionVerbs() {
    return {
        {"snapshot", "Freeze a version", "lathe snapshot digits.lathe v1 --note 'first labels' --tag baseline", snapshot},
        {"snapshots", "List the frozen versions", "lathe snapshots digits.lathe --tag baseline", snapshots},
        {"tag-snapshot", "Change a version's note, tags, branch and frozen test set",
         "lathe tag-snapshot digits.lathe v1 --tag released --freeze-test", tagSnapshot},
        {"diff", "What changed between two versions", "lathe diff digits.lathe v1 v2 --items", diff},
    };
}

}  // namespace lathe::verbs
