// doctor, init, samples, import, export, stats.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/workbench/verbs/machine.h"
#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/data/import.h"
#include "core/data/query.h"
#include "core/formats/columns.h"

namespace lathe::verbs {

namespace {

Action doctor(CLI::App&) {
    return [](Call& call) -> Result<Outcome> {
        Outcome outcome;
        outcome.json = examineMachine(*call.engine());
        const Json& engine = outcome.json["engine"];
        const auto word = [](const Json& value) { return value.is_string() ? value.get<std::string>() : std::string("-"); };
        outcome.text =
            fmt::format("lathe {}, engine {}, torch {}\n", LATHE_VERSION, word(engine["version"]), word(engine["torch"]));
        for (const Json& device : outcome.json["devices"])
            outcome.text += fmt::format("device {}: {}\n", device.value("name", "?"), device.value("kind", "?"));
        for (const Json& check : outcome.json["checks"])
            outcome.text += fmt::format("[{}] {}: {}\n", check["ok"] == true ? "ok" : "--", check.value("name", ""),
                                        check.value("message", ""));
        return outcome;
    };
}

Action init(CLI::App& app) {
    const auto path = std::make_shared<std::string>();
    addWorkspace(app, *path);
    return [path](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, store::Workspace::create(*path));
        Outcome outcome;
        outcome.json = {{"workspace", *path}, {"id", workspace->id()}};
        outcome.text = fmt::format("made {}\n", *path);
        return outcome;
    };
}

Action samples(CLI::App& app) {
    struct Options {
        std::string name, folder;
    };
    const auto o = std::make_shared<Options>();
    app.add_option("NAME", o->name, "Which set to write: digits or bccd; none lists them");
    app.add_option("DIR", o->folder, "Where to write it");
    return [o](Call& call) -> Result<Outcome> {
        if (!o->name.empty() && o->folder.empty())
            return fail(ErrorCode::InvalidArgument, "say where to write the samples: lathe samples NAME DIR");
        Outcome outcome;
        Json list = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const data::SampleSet& set : data::sampleSets()) {
            if (!o->name.empty() && set.name != o->name) continue;
            list.push_back({{"name", set.name}, {"images", set.images}, {"task", set.task}, {"about", set.about}});
            rows.push_back({set.name, std::to_string(set.images), set.task, set.about});
        }
        if (list.empty())
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("there is no sample set \"{}\"; `lathe samples` lists them", o->name));
        if (!o->name.empty()) LATHE_CHECK(data::writeSamples(o->name, o->folder, call.progress()));
        outcome.json["samples"] = list;
        outcome.text = o->name.empty() ? table({"NAME", "IMAGES", "TASK", "ABOUT"}, rows)
                                       : fmt::format("wrote {} to {}\n", o->name, o->folder);
        return outcome;
    };
}

Outcome importOutcome(const data::ImportReport& report) {
    Outcome outcome;
    outcome.json = {{"format", report.format},
                    {"images",
                     {{"added", report.images.added},
                      {"known", report.images.known},
                      {"skipped", report.images.skipped},
                      {"missing", report.images.missing}}},
                    {"annotations", {{"added", report.annotations.added}, {"skipped", report.annotations.skipped}}},
                    {"classes", report.classes},
                    {"problems", toJson(report.problems)},
                    {"seconds", report.seconds}};
    outcome.text =
        fmt::format("{}: {} images added, {} known, {} skipped; {} annotations added, {} skipped; {} classes; {}\n", report.format,
                    report.images.added, report.images.known, report.images.skipped, report.annotations.added,
                    report.annotations.skipped, report.classes.size(), durationText(report.seconds)) +
        describe(report.problems);
    outcome.exit = report.cancelled ? 130 : report.problems.empty() ? 0 : 3;
    return outcome;
}

std::string formatNames() {
    std::string names;
    for (const auto* format : formats::allFormats()) names += (names.empty() ? "" : ", ") + std::string(format->name());
    return names;
}

Result<data::OnConflict> onConflict(const std::string& text) {
    if (text == "keep") return data::OnConflict::Keep;
    if (text == "add") return data::OnConflict::Add;
    if (text == "replace") return data::OnConflict::Replace;
    return fail(ErrorCode::InvalidArgument, fmt::format("--on-conflict is keep, add or replace, not \"{}\"", text));
}

Result<formats::VocPixels> vocPixels(const std::string& text) {
    if (text == "auto") return formats::VocPixels::Auto;
    if (text == "zero") return formats::VocPixels::FromZero;
    if (text == "one") return formats::VocPixels::FromOne;
    return fail(ErrorCode::InvalidArgument, fmt::format("--voc-pixels is auto, zero or one, not \"{}\"", text));
}

Action importVerb(CLI::App& app) {
    struct Options {
        std::string workspace, source, images, onConflict = "keep", vocPixels = "auto";
        std::vector<std::string> columns;
        data::ImportOptions to;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("SOURCE", o->source, "A folder, label file or archive (zip, tar, 7z)")->required();
    app.add_option("--format", o->to.format, formatNames() + "; found by looking when not given");
    app.add_option("--images", o->images, "Look for the image files in this folder");
    app.add_flag("--link", o->to.link, "Leave the files where they are instead of copying them into the workspace");
    app.add_option("--split", o->to.split, "Put all images into this split (train, val, test)");
    app.add_option(
        "--on-conflict", o->onConflict,
        "When a known image has other labels: keep the workspace's, add the source's to them, or replace them by the source's");
    app.add_option("--column", o->columns,
                   fmt::format("ROLE=NAME of a table's column or a line's key, as often as needed (\"#3\": the third); roles: {}",
                               fmt::join(formats::columnRoles(), ", ")))
        ->allow_extra_args(false);
    app.add_option(
        "--voc-pixels", o->vocPixels,
        "What the numbers of Pascal VOC boxes mean: from 1 with the last pixel included (one), corners from 0 (zero), or "
        "one for the devkit's own files and zero for all others (auto)");
    app.add_flag("--dry-run", o->to.dryRun, "Only say what would happen");
    app.add_flag("--force", o->to.force, "Also label images of a frozen test set");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(o->to.onConflict, onConflict(o->onConflict));
        LATHE_TRY(o->to.vocPixels, vocPixels(o->vocPixels));
        LATHE_TRY(o->to.columns, formats::parseColumns(o->columns));
        LATHE_TRY(const auto workspace, store::Workspace::open(o->workspace));
        if (!o->images.empty()) o->to.images = o->images;
        o->to.author = call.user();
        LATHE_TRY(const auto report, data::importInto(*workspace, o->source, o->to, call.stop, call.progress()));
        return importOutcome(report);
    };
}

Result<formats::ImageMode> imageMode(const std::string& text) {
    if (text == "none") return formats::ImageMode::None;
    if (text == "link") return formats::ImageMode::Link;
    if (text == "copy") return formats::ImageMode::Copy;
    return fail(ErrorCode::InvalidArgument, fmt::format("--images is none, link or copy, not \"{}\"", text));
}

Action exportVerb(CLI::App& app) {
    struct Options {
        std::string workspace, folder, images = "copy";
        data::ExportOptions from;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("DEST", o->folder, "The folder to make")->required();
    app.add_option("--format", o->from.format, formatNames())->required();
    app.add_option("--snapshot", o->from.snapshot, "Write this frozen version instead of the workspace as it is");
    app.add_option("--query", o->from.query, "Only the images that match");
    app.add_option("--images", o->images, "none, link or copy");
    app.add_flag("--dry-run", o->from.dryRun, "Write nothing; say what the format can't hold");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(o->from.images, imageMode(o->images));
        o->from.query = queryText(o->from.query);
        LATHE_TRY(const auto workspace, store::Workspace::open(o->workspace));
        LATHE_TRY(const auto report, data::exportTo(*workspace, o->folder, o->from, call.stop, call.progress()));
        Outcome outcome;
        outcome.json = {{"files", report.files},
                        {"images", report.images},
                        {"annotations", report.annotations},
                        {"problems", toJson(report.problems)}};
        outcome.text = fmt::format("{} files, {} images, {} annotations {} {}\n", report.files, report.images, report.annotations,
                                   o->from.dryRun ? "would be in" : "in", o->folder) +
                       describe(report.problems);
        outcome.exit = report.problems.empty() ? 0 : 3;
        return outcome;
    };
}

Json counts(const std::vector<std::pair<std::string, std::int64_t>>& pairs) {
    Json json = Json::object();
    for (const auto& [name, count] : pairs) json[name] = count;
    return json;
}

Json spread(const data::Stats::Spread& s) {
    return {{"min", s.min}, {"median", s.median}, {"max", s.max}};
}

Outcome statsOutcome(const data::Stats& s) {
    Outcome outcome;
    Json classes = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const store::ClassRow& row : s.classes) {
        classes.push_back({{"name", row.name}, {"color", row.colour}, {"images", row.images}, {"annotations", row.annotations}});
        rows.push_back({row.name, std::to_string(row.images), std::to_string(row.annotations)});
    }
    outcome.json = {{"images", s.images},
                    {"labelled", s.labelled},
                    {"reviewed", s.reviewed},
                    {"annotations", {{"total", s.annotations}, {"by_kind", counts(s.byKind)}, {"by_class", counts(s.byClass)}}},
                    {"classes", classes},
                    {"splits", counts(s.splits)},
                    {"width", spread(s.width)},
                    {"height", spread(s.height)},
                    {"channels", counts(s.channels)},
                    {"brightness", {{"mean", s.brightnessMean}, {"std", s.brightnessStd}}},
                    {"problems", toJson(s.problems)}};
    outcome.text = fmt::format("{} images, {} labelled, {} reviewed, {} annotations\nwidth {}-{}, height {}-{}\n", s.images,
                               s.labelled, s.reviewed, s.annotations, s.width.min, s.width.max, s.height.min, s.height.max);
    for (const auto& [name, count] : s.splits) outcome.text += fmt::format("split {}: {}\n", name.empty() ? "(none)" : name, count);
    if (!rows.empty()) outcome.text += table({"CLASS", "IMAGES", "ANNOTATIONS"}, rows);
    outcome.text += describe(s.problems);
    return outcome;
}

Action stats(CLI::App& app) {
    struct Options {
        std::string workspace, query;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("--query", o->query, "Only the images that match");
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, store::Workspace::open(o->workspace));
        LATHE_TRY(const auto figures, data::stats(*workspace, queryText(o->query)));
        return statsOutcome(figures);
    };
}

}  // namespace

std::vector<Verb> workspaceVerbs() {
    return {
        {"doctor", "What this machine can do, and why something is not available", "lathe doctor", doctor},
        {"init", "Make a workspace", "lathe init digits.lathe", init},
        {"samples", "List the real sample sets, or write one to a folder", "lathe samples digits /tmp/digits", samples},
        {"import", "Bring images and labels in", "lathe import digits.lathe /tmp/digits", importVerb},
        {"export", "Write labels and images out", "lathe export bccd.lathe out --format coco --images copy", exportVerb},
        {"stats", "Exploratory figures", "lathe stats bccd.lathe --query split:train", stats},
    };
}

}  // namespace lathe::verbs
