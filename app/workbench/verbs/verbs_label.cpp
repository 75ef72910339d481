// schema, class, comments.
#include <fmt/format.h>

#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/store/class_ops.h"
#include "core/store/comments.h"
#include "core/store/schema.h"

namespace lathe::verbs {

namespace {

using store::Workspace;

Result<Outcome> takeSchemaIn(Workspace& workspace, const std::string& file) {
    LATHE_TRY(const Json json, base::readJson(file));
    auto report = store::importSchema(workspace, json);
    if (!report) {
        Error error = report.error();
        error.context = error.context.empty() ? file : file + ", " + error.context;
        return fail(std::move(error));
    }
    Outcome outcome;
    outcome.json = {
        {"added", report->added}, {"changed", report->changed}, {"kept", report->kept}, {"problems", toJson(report->problems)}};
    outcome.text =
        fmt::format("{} classes added, {} changed, {} not in the file and kept\n", report->added, report->changed, report->kept) +
        describe(report->problems);
    outcome.exit = report->problems.empty() ? 0 : 3;
    return outcome;
}

Result<Outcome> giveSchemaOut(const Workspace& workspace, const std::string& file) {
    LATHE_TRY(Json schema, store::schemaFile(workspace));
    Outcome outcome;
    if (file.empty()) {
        outcome.text = schema.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
        outcome.json = std::move(schema);
        return outcome;
    }
    LATHE_CHECK(base::writeJson(file, schema));
    outcome.json = {{"file", file}, {"classes", schema["classes"].size()}};
    outcome.text = fmt::format("{} classes written to {}\n", schema["classes"].size(), file);
    return outcome;
}

Action schema(CLI::App& app) {
    struct Options {
        std::string workspace, out, in;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    auto* out = app.add_option("--out", o->out, "Write the schema to this file; without --out and --in it is printed");
    app.add_option("--in", o->in, "Take this file in: classes are found by name, none is deleted")->excludes(out);
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        return o->in.empty() ? giveSchemaOut(*workspace, o->out) : takeSchemaIn(*workspace, o->in);
    };
}

Result<ClassId> classNamed(const Workspace& workspace, const std::string& name) {
    LATHE_TRY(const auto rows, workspace.classes());
    for (const auto& row : rows)
        if (row.name == name) return row.id;
    return fail(ErrorCode::NotFound, "there is no class of this name; `lathe stats` lists them", name);
}

struct ClassOptions {
    std::string workspace, deed;
    std::vector<std::string> names;
    bool dryRun = false;
};

Result<store::BatchResult> undoNamed(Workspace& workspace, const ClassOptions& o, Call& call) {
    LATHE_TRY(const auto list, store::batches(workspace, 1'000'000));
    for (const auto& batch : list)
        if (o.names.empty() ? !batch.undone : std::to_string(batch.id.value) == o.names[0])
            return store::undoBatch(workspace, batch.id, call.user(), call.stop, call.progress());
    return fail(ErrorCode::NotFound, "there is no class operation to undo", o.names.empty() ? "" : o.names[0]);
}

Result<store::BatchResult> changeClass(Workspace& workspace, const ClassOptions& o, Call& call) {
    if (o.deed == "undo") return undoNamed(workspace, o, call);
    const std::size_t wanted = o.deed == "delete" ? 1 : 2;
    if (o.names.size() != wanted)
        return fail(ErrorCode::InvalidArgument, fmt::format("{} needs {}", o.deed, wanted == 1 ? "one class" : "two names"));
    LATHE_TRY(const ClassId first, classNamed(workspace, o.names[0]));
    if (o.deed == "delete") return store::deleteClass(workspace, first, call.user(), call.stop, call.progress());
    if (o.deed == "rename") return store::renameClass(workspace, first, o.names[1], call.user());
    LATHE_TRY(const ClassId second, classNamed(workspace, o.names[1]));
    return store::mergeClass(workspace, first, second, call.user(), call.stop, call.progress());
}

Result<Outcome> impactOutcome(const Workspace& workspace, const ClassOptions& o, Call& call) {
    if (o.names.empty()) return fail(ErrorCode::InvalidArgument, "--dry-run needs a class");
    LATHE_TRY(const ClassId id, classNamed(workspace, o.names[0]));
    LATHE_TRY(const auto impact, store::impactOf(workspace, id, call.stop));
    Outcome outcome;
    outcome.json = {{"images", impact.images}, {"annotations", impact.annotations}, {"children", impact.children}};
    outcome.text = fmt::format("{}: {} annotations in {} images, parent of {} classes\n", o.names[0], impact.annotations,
                               impact.images, impact.children);
    return outcome;
}

Action classVerb(CLI::App& app) {
    const auto o = std::make_shared<ClassOptions>();
    addWorkspace(app, o->workspace);
    app.add_option("DEED", o->deed, "rename, merge, delete or undo")
        ->required()
        ->check(CLI::IsMember({"rename", "merge", "delete", "undo"}));
    app.add_option("NAMES", o->names, "rename A B; merge A INTO; delete A; undo [BATCH], the last one when not given");
    app.add_flag("--dry-run", o->dryRun, "Only count what has the class");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        if (o->dryRun) return impactOutcome(*workspace, *o, call);
        LATHE_TRY(const auto result, changeClass(*workspace, *o, call));
        Outcome outcome;
        outcome.json = {{"batch", result.batch.value},
                        {"images", result.images},
                        {"annotations", result.annotations},
                        {"skipped", result.skipped}};
        outcome.text = o->deed == "undo"
                           ? fmt::format("undone: {} annotations in {} images; {} changed since and left as they are\n",
                                         result.annotations, result.images, result.skipped)
                           : fmt::format("{} annotations in {} images changed; `lathe class {} undo {}` takes it back\n",
                                         result.annotations, result.images, o->workspace, result.batch.value);
        return outcome;
    };
}

Json commentJson(const store::Comment& c) {
    Json json{{"id", c.id.value}, {"image", c.image.value}, {"author", c.author}, {"at", c.at}, {"text", c.text}};
    if (c.parent.valid()) json["parent"] = c.parent.value;
    if (c.place) json["place"] = {c.place->x, c.place->y};
    if (c.annotation.valid()) json["annotation"] = c.annotation.value;
    if (!c.parent.valid()) json["resolved"] = c.resolved;
    return json;
}

Action comments(CLI::App& app) {
    struct Options {
        std::string workspace, image;
        bool open = false;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("IMAGE", o->image, "Only of this image: an id, a file name in the workspace, or a path");
    app.add_flag("--open", o->open, "Only threads that aren't resolved");
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(auto list, store::allComments(*workspace, o->open ? store::CommentFilter::Open : store::CommentFilter::All));
        if (!o->image.empty()) {
            LATHE_TRY(const auto image, workspace->findImage(o->image));
            std::erase_if(list, [&](const auto& c) { return c.image != image.id; });
        }
        Outcome outcome;
        Json all = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const auto& c : list) {
            LATHE_TRY(const auto image, workspace->image(c.image));
            all.push_back(commentJson(c));
            all.back()["file"] = image ? image->name : "";
            rows.push_back({std::to_string(c.id.value), image ? image->name : "", dateText(c.at), c.author,
                            c.parent.valid() ? "  " + c.text : (c.resolved ? "[resolved] " : "") + c.text});
        }
        outcome.json = {{"comments", all}};
        outcome.text = table({"ID", "FILE", "AT", "AUTHOR", "TEXT"}, rows);
        return outcome;
    };
}

}  // namespace

std::vector<Verb> labelVerbs() {
    return {
        {"schema", "The label schema as a file, out and in", "lathe schema bccd.lathe --out schema.json", schema},
        {"class", "Rename, merge or delete a class everywhere, or undo that", "lathe class bccd.lathe merge Platelets RBC",
         classVerb},
        {"comments", "Comments on images", "lathe comments bccd.lathe --open", comments},
    };
}

}  // namespace lathe::verbs
