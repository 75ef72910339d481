// package, models, submit, review, approve, reject, audit.
#include <fmt/format.h>

#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/base/files.h"
#include "core/models/registry.h"

namespace lathe::verbs {

namespace {

namespace fs = std::filesystem;
using store::Workspace;

struct ModelOptions {
    std::string workspace, model;
    void addTo(CLI::App& app) {
        addWorkspace(app, workspace);
        app.add_option("MODEL", model, "An id, a digest's beginning, NAME, NAME:VERSION, or last")->required();
    }
};

Json modelJson(const models::ModelRow& row) {
    return {{"model", row.id.value},
            {"name", row.name},
            {"version", row.version},
            {"digest", row.digest},
            {"state", row.state},
            {"submitted_by", row.submittedBy},
            {"approved_by", row.approvedBy},
            {"note", row.note},
            {"run", row.run},
            {"task", row.task},
            {"metrics", row.metrics},
            {"created", row.created},
            {"decided", row.decided},
            {"folder", row.folder.string()}};
}

std::string modelLine(const models::ModelRow& row) {
    return fmt::format("{}:{} ({}) is {}\n", row.name, row.version, row.id.value, row.state);
}

Json filesJson(const std::vector<models::PackageFile>& files) {
    Json list = Json::array();
    for (const models::PackageFile& file : files)
        list.push_back({{"path", file.path}, {"sha256", file.sha256}, {"size", file.size}});
    return list;
}

/// A copy of the package for the user; the workspace keeps its own.
Result<fs::path> copyTo(const fs::path& package, const fs::path& out) {
    std::error_code error;
    if (fs::exists(out, error) && !fs::is_empty(out, error))
        return fail(ErrorCode::AlreadyExists, "is there already and isn't empty", out.string());
    LATHE_CHECK(base::makeFolders(out));
    fs::copy(package, out, fs::copy_options::recursive, error);
    if (error) return fail(base::errnoError(error.value(), "the package can't be copied there", out));
    return out;
}

Action package(CLI::App& app) {
    struct Options {
        std::string workspace, run, out;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("RUN", o->run, "An id, its beginning, a name, or last")->required();
    app.add_option("--out", o->out, "Also copy the package into this folder");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const runs::RunRow run, runs::findRun(*workspace, o->run));
        LATHE_TRY(const auto info, models::packageRun(*workspace, *call.engine(), run, call.user(), call.stop, call.progress()));
        LATHE_TRY(const models::ModelRow model, models::findModel(*workspace, info.digest));
        fs::path folder = info.folder;
        if (!o->out.empty()) {
            LATHE_TRY(folder, copyTo(info.folder, o->out));
        }
        Outcome outcome;
        outcome.json = {{"model", model.id.value},       {"name", info.name},         {"version", info.version},
                        {"digest", info.digest},         {"folder", folder.string()}, {"labels", info.labels},
                        {"files", filesJson(info.files)}};
        outcome.text = fmt::format("model {}:{} ({})\n  digest {}\n  folder {}\n", info.name, info.version, model.id.value,
                                   info.digest, folder.string());
        for (const models::PackageFile& file : info.files)
            outcome.text += fmt::format("  {}  {}\n", file.path, sizeText(double(file.size)));
        return outcome;
    };
}

Action listModels(CLI::App& app) {
    const auto path = std::make_shared<std::string>();
    addWorkspace(app, *path);
    return [path](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(*path));
        LATHE_TRY(const auto all, models::models(*workspace));
        Outcome outcome;
        outcome.json["models"] = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const models::ModelRow& row : all) {
            outcome.json["models"].push_back(modelJson(row));
            rows.push_back({row.id.value, row.name, std::to_string(row.version), row.state, row.submittedBy, row.approvedBy,
                            row.run, dateText(row.created)});
        }
        outcome.text = table({"MODEL", "NAME", "VERSION", "STATE", "SUBMITTED BY", "APPROVED BY", "RUN", "MADE"}, rows);
        return outcome;
    };
}

Action submit(CLI::App& app) {
    const auto o = std::make_shared<ModelOptions>();
    o->addTo(app);
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const models::ModelRow model, models::findModel(*workspace, o->model));
        LATHE_TRY(const models::ModelRow now, models::submit(*workspace, model, call.user()));
        return Outcome{modelJson(now), modelLine(now), 0, false, {}};
    };
}

using Decide = Result<models::ModelRow> (*)(Workspace&, const models::ModelRow&, const std::string&, const std::string&);

template <Decide decide>
Action decision(CLI::App& app) {
    struct Options : ModelOptions {
        std::string note;
    };
    const auto o = std::make_shared<Options>();
    o->addTo(app);
    app.add_option("--note", o->note, "Why; kept with the decision and in the audit log")->required();
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const models::ModelRow model, models::findModel(*workspace, o->model));
        LATHE_TRY(const models::ModelRow now, decide(*workspace, model, call.user(), o->note));
        return Outcome{modelJson(now), modelLine(now), 0, false, {}};
    };
}

/// What a reviewer looks at, in one place: is the package whole, its card, its report.
Action review(CLI::App& app) {
    const auto o = std::make_shared<ModelOptions>();
    o->addTo(app);
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const models::ModelRow model, models::findModel(*workspace, o->model));
        const auto whole = models::verifyPackage(model.folder, model.digest);
        const auto signature = models::verifySignature(model.folder, model.digest);
        const auto card = base::readFile(model.folder / "card.md");
        const auto report = base::readJson(model.folder / "report.json");
        Outcome outcome;
        outcome.json = modelJson(model);
        outcome.json["whole"] = whole.has_value();
        outcome.json["signed"] = signature.has_value();
        outcome.json["card"] = card ? Json(*card) : Json();
        outcome.json["report"] = report ? *report : Json();
        outcome.text = modelLine(model) + fmt::format("package: {}\n", whole ? "whole" : whole.error().text()) +
                       fmt::format("signature: {}\n\n{}\n", signature ? "valid" : signature.error().text(),
                                   card ? *card : card.error().text());
        if (!whole) outcome.exit = 4;
        return outcome;
    };
}

Action audit(CLI::App& app) {
    struct Options {
        std::string workspace;
        bool verify = false;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_flag("--verify", o->verify, "Walk the hash chain; exit 4 when it is broken");
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const auto log, models::auditLog(*workspace));
        std::int64_t broken = 0;
        if (o->verify) {
            LATHE_TRY(broken, models::verifyAudit(*workspace));
        }
        Outcome outcome;
        Json list = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const models::AuditEntry& e : log) {
            list.push_back({{"seq", e.seq},
                            {"at", e.at},
                            {"user", e.user},
                            {"action", e.action},
                            {"subject", e.subject},
                            {"details", e.details},
                            {"previous", e.previous},
                            {"hash", e.hash}});
            rows.push_back({std::to_string(e.seq), dateText(e.at), e.user, e.action, e.subject.substr(0, 40)});
        }
        outcome.json = {{"entries", log.size()}, {"ok", broken == 0}, {"broken_at", broken ? Json(broken) : Json()}, {"log", list}};
        outcome.text = table({"SEQ", "WHEN", "WHO", "ACTION", "SUBJECT"}, rows);
        if (o->verify)
            outcome.text += broken ? fmt::format("the hash chain is broken at entry {}\n", broken) : "the hash chain is whole\n";
        outcome.exit = broken ? 4 : 0;
        return outcome;
    };
}

}  // namespace

std::vector<Verb> modelVerbs() {
    return {
        {"package", "Make the model package of a run", "lathe package digits.lathe last", package},
        {"models", "List the models", "lathe models digits.lathe", listModels},
        {"submit", "Hand a model in for review", "lathe submit digits.lathe last --as ana", submit},
        {"review", "What a reviewer looks at: package, card, report", "lathe review digits.lathe last", review},
        {"approve", "Approve a submitted model (not your own)",
         "lathe approve digits.lathe last --note 'good on all classes' --as bo", decision<models::approve>},
        {"reject", "Reject a submitted model", "lathe reject digits.lathe last --note 'misses class 4' --as bo",
         decision<models::reject>},
        {"audit", "The audit log and its hash chain", "lathe audit digits.lathe --verify", audit},
    };
}

}  // namespace lathe::verbs
