#include "core/models/package.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/models/audit.h"
#include "core/models/manifest.h"
#include "core/models/rows.h"

namespace lathe::models {

namespace fs = std::filesystem;

namespace {

/// Removed again unless it was moved into place.
class Staging {
public:
    explicit Staging(fs::path path) : m_path(std::move(path)) {}
    ~Staging() {
        std::error_code error;
        fs::remove_all(m_path, error);
    }
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// Names stand in folder names and URLs of servers.
std::string plainName(const std::string& text) {
    std::string name;
    for (const unsigned char c : text) {
        const bool plain = std::isalnum(c) || c == '-' || c == '_' || (c == '.' && !name.empty());
        if (plain) name += char(c);
        if (!plain && !name.empty() && name.back() != '-') name += '-';
    }
    while (!name.empty() && name.back() == '-') name.pop_back();
    return name.empty() ? "model" : name;
}

Result<> syncFile(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(base::errnoError(errno, "open", file));
    const bool done = ::fsync(fd) == 0;
    const int number = errno;
    ::close(fd);
    return done ? Result<>() : fail(base::errnoError(number, "write to the disk", file));
}

Result<> syncAll(const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) LATHE_CHECK(syncFile(entry.path()));
    }
    return syncFile(folder);
}

Result<Json> reportOf(const fs::path& package, const runs::RunFolder& run) {
    if (fs::exists(package / "report.json")) return base::readJson(package / "report.json");
    if (!fs::exists(run.report())) {
        return fail(ErrorCode::InvalidData, "The run has no report; only a run that finished can be packaged.",
                    run.path().string());
    }
    LATHE_CHECK(base::copyFileAtomically(run.report(), package / "report.json"));
    return base::readJson(package / "report.json");
}

Result<std::vector<std::string>> labelsOf(const fs::path& package) {
    LATHE_TRY(const auto json, base::readJson(package / "labels.json"));
    try {
        const auto& list = json.is_object() ? json.at("labels") : json;
        return list.get<std::vector<std::string>>();
    } catch (const Json::exception&) {
        return fail(ErrorCode::InvalidData, "labels.json must be a list of names.", (package / "labels.json").string());
    }
}

/// Everything but the manifest: the engine's artefacts, the spec, the card.
Result<> fillFolder(rpc::Engine& engine, const runs::RunRow& run, const runs::RunSpec& spec, const fs::path& folder,
                    std::stop_token stop, const Progress& progress) {
    const Json params{{"run", run.folder.string()}, {"out", folder.string()}};
    LATHE_TRY([[maybe_unused]] const auto reply, engine.call("package", params, stop, progress.part(0, 0.8)));
    if (!fs::exists(folder / "spec.json")) LATHE_CHECK(base::writeJson(folder / "spec.json", toJson(spec)));
    LATHE_TRY(const auto report, reportOf(folder, runs::RunFolder(run.folder)));
    return base::writeFileAtomically(folder / "card.md", modelCard(run, report, spec));
}

struct Draft {
    std::string name, author;
    const runs::RunRow& run;
    const runs::RunSpec& spec;
    std::vector<PackageFile> files;
    std::vector<std::string> labels;
    double created = 0;
};

std::string manifestText(const Draft& draft, int version) {
    const Json manifest{{"format", "lathe-package"},
                        {"format_version", 1},
                        {"name", draft.name},
                        {"version", version},
                        {"task", draft.spec.task},
                        {"run", draft.run.id.value},
                        {"snapshot", draft.spec.snapshot},
                        {"author", draft.author},
                        {"created", base::isoTime(draft.created)},
                        {"labels", draft.labels},
                        {"files", toJson(draft.files)}};
    return manifest.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

ModelRow rowOf(const Draft& draft, int version, const std::string& digest) {
    ModelRow row;
    row.id = ModelId(digest.substr(0, 12));
    row.digest = digest;
    row.name = draft.name;
    row.version = version;
    row.task = draft.spec.task;
    row.run = draft.run.id.value;
    row.state = "packaged";
    row.created = draft.created;
    row.metrics = draft.run.metrics;
    return row;
}

/// Writes the manifest, moves the folder to its digest and registers it. In one write transaction, so that two who package at once
/// get different versions.
Result<fs::path> place(store::Workspace& workspace, const Draft& draft, const fs::path& staging) {
    fs::path folder;
    auto written = workspace.write([&](soci::session& sql) -> Result<> {
        const int version = nextVersion(sql, draft.name);
        const auto manifest = manifestText(draft, version);
        LATHE_CHECK(base::writeFileAtomically(staging / kManifest, manifest));
        LATHE_CHECK(syncAll(staging));
        const auto row = rowOf(draft, version, base::sha256(manifest));
        insertModel(sql, row, draft.author);
        appendAudit(sql, draft.author, "model.package", row.digest,
                    {{"model", row.id.value}, {"name", row.name}, {"version", version}, {"run", row.run}});
        folder = workspace.layout().models() / row.digest;
        std::error_code error;
        fs::rename(staging, folder, error);
        if (error) return fail(base::errnoError(error.value(), "move the package to", folder));
        return syncFile(workspace.layout().models());
    });
    if (written) return folder;
    std::error_code error;
    if (!folder.empty()) fs::remove_all(folder, error);
    return fail(std::move(written).error());
}

Result<PackageInfo> packageInto(store::Workspace& workspace, rpc::Engine& engine, const runs::RunRow& run,
                                const std::string& author, std::stop_token stop, const Progress& progress) {
    const Staging staging(workspace.layout().models() / (".staging-" + base::randomHex(12)));
    LATHE_CHECK(base::makeFolders(staging.path()));
    LATHE_TRY(const auto spec, runs::RunFolder(run.folder).readSpec());
    LATHE_CHECK(fillFolder(engine, run, spec, staging.path(), stop, progress));
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "Packaging was cancelled.");
    progress.report(850, 1000, "digests");
    Draft draft{plainName(spec.name.empty() ? workspace.name() : spec.name), author, run, spec, {}, {}, base::now()};
    LATHE_TRY(draft.files, listFiles(staging.path()));
    LATHE_TRY(draft.labels, labelsOf(staging.path()));
    LATHE_TRY(const auto folder, place(workspace, draft, staging.path()));
    progress.report(1000, 1000, "packaged");
    return readPackage(folder);
}

}  // namespace

Result<PackageInfo> packageRun(store::Workspace& workspace, rpc::Engine& engine, const runs::RunRow& run, const std::string& author,
                               std::stop_token stop, const Progress& progress) {
    try {
        return packageInto(workspace, engine, run, author, stop, progress);
    } catch (const std::exception& error) {
        return fail(ErrorCode::Io, fmt::format("The package could not be made: {}", error.what()), run.folder.string());
    }
}

}  // namespace lathe::models
