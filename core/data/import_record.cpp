// The record that an import leaves in the workspace, and the import as a whole.
#include <fmt/format.h>

#include "core/base/time.h"
#include "core/data/importer.h"
#include "core/data/version_rows.h"
#include "core/formats/archive.h"
#include "core/formats/columns.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;

Json reportJson(const ImportReport& r) {
    return {{"images",
             {{"added", r.images.added}, {"known", r.images.known}, {"skipped", r.images.skipped}, {"missing", r.images.missing}}},
            {"annotations", {{"added", r.annotations.added}, {"skipped", r.annotations.skipped}}},
            {"classes", r.classes},
            {"seconds", r.seconds}};
}

Result<const formats::Format*> chooseFormat(const fs::path& source, const ImportOptions& options) {
    std::string name = options.format;
    if (name.empty() && !options.columns.empty())
        if (const auto look = formats::lookAtTable(source, 0)) name = look->format;
    if (name.empty()) return formats::detectFormat(source);
    if (const auto* format = formats::formatNamed(name)) return format;
    std::string names;
    for (const auto* format : formats::allFormats()) names += (names.empty() ? "" : ", ") + std::string(format->name());
    return base::fail(ErrorCode::InvalidArgument, fmt::format("there is no format of this name; there are {}", names), name);
}

Problem missingFiles(std::int64_t count, const std::vector<std::string>& names) {
    return {
        fmt::format("{} image files", count), "missing_image",
        fmt::format("registered, but their files are not there (the first: {}); import again with --images DIR when you have them",
                    fmt::join(names, ", "))};
}

/// Readers name a bad annotation as "FILE, annotation 17" or "FILE, object 3".
bool isOfAnAnnotation(const Problem& problem) {
    return problem.item.find(", annotation ") != std::string::npos || problem.item.find(", object ") != std::string::npos;
}

}  // namespace

Result<> Importer::openRecord() {
    if (m_options.dryRun) return {};
    return m_workspace.write([&](soci::session& sql) -> Result<> {
        const double at = base::now();
        m_import = store::oneNumber(sql, "SELECT max(id) FROM import") + 1;
        const auto frozen = m_options.force ? std::vector<std::int64_t>() : frozenImages(sql);
        m_frozen = {frozen.begin(), frozen.end()};
        sql << "INSERT INTO import (id, at, author, source, format, state, report, extra) VALUES (:i, :a, :w, :s, :f, 'running', "
               "'', '')",
            soci::use(m_import), soci::use(at), soci::use(m_options.author), soci::use(m_source), soci::use(m_report.format);
        return {};
    });
}

void Importer::writeProblems(soci::session& sql, const Problems& problems) const {
    Problem row;
    soci::statement insert = (sql.prepare << "INSERT INTO import_problem (import_id, item, code, message) VALUES (:i, :t, :c, :m)",
                              soci::use(m_import), soci::use(row.item), soci::use(row.code), soci::use(row.message));
    for (const auto& problem : problems) row = problem, insert.execute(true);
}

Result<> Importer::closeRecord() {
    if (m_options.dryRun) return {};
    return m_workspace.write([&](soci::session& sql) -> Result<> {
        writeProblems(sql, m_readerProblems);
        const std::string report = reportJson(m_report).dump();
        const std::string extra = m_extra.empty() ? std::string() : m_extra.dump();
        const std::string state = m_report.cancelled ? "cancelled" : "done";
        sql << "UPDATE import SET state = :s, report = :r, extra = :e WHERE id = :i", soci::use(state), soci::use(report),
            soci::use(extra), soci::use(m_import);
        return {};
    });
}

Result<ImportReport> Importer::finish() {
    send();
    {
        const std::lock_guard guard(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
    m_thread.join();
    if (m_error) return base::fail(*m_error);
    m_report.cancelled = m_stop.stop_requested();
    if (m_report.images.missing > 0) m_readerProblems.push_back(missingFiles(m_report.images.missing, m_missing));
    for (const auto& problem : m_readerProblems)
        if (isOfAnAnnotation(problem)) ++m_report.annotations.skipped;
    LATHE_CHECK(closeRecord());
    m_report.problems.insert(m_report.problems.end(), m_readerProblems.begin(), m_readerProblems.end());
    return std::move(m_report);
}

namespace {

struct Import {
    store::Workspace& workspace;
    const ImportOptions& options;
    const fs::path& source;
    fs::path unpacked = {};

    Result<ImportReport> run(const formats::Inside& from, const Problems& problems, std::stop_token stop, const Progress& progress,
                             const base::Stopwatch& watch) const {
        Importer importer(workspace, options, source.string(), std::string(from.format->name()), stop);
        importer.unpackedTo(unpacked);
        for (const Problem& problem : problems) importer.problem(problem);
        const formats::ReadOptions reading{options.images, options.split, options.columns, options.vocPixels};
        const auto read = from.format->read(from.folder, reading, importer, stop, progress);
        LATHE_TRY(auto report, importer.finish());
        if (!read && read.error().code != ErrorCode::Cancelled) return base::fail(read.error());
        report.seconds = watch.seconds();
        return report;
    }
};

}  // namespace

Result<ImportReport> importInto(store::Workspace& workspace, const fs::path& source, const ImportOptions& options,
                                std::stop_token stop, const Progress& progress) {
    const base::Stopwatch watch;
    std::error_code ignored;
    if (!fs::exists(source, ignored))
        return base::fail(ErrorCode::NotFound, "there is nothing to import: no such file or folder", source.string());
    if (!formats::isArchive(source)) {
        LATHE_TRY(const auto* format, chooseFormat(source, options));
        return Import{workspace, options, source}.run({format, source}, {}, stop, progress, watch);
    }
    if (options.link)
        return base::fail(ErrorCode::InvalidArgument,
                          "what is in an archive can't be linked to: import it without --link, or unpack it", source.string());
    const formats::PassingFolder unpacked(workspace.layout().cache());
    Problems problems;
    LATHE_CHECK(formats::unpack(
        source, unpacked.path(), [&](Problem problem) { problems.push_back(std::move(problem)); }, stop, progress.part(0, 0.3)));
    auto inside = formats::detectInside(unpacked.path());
    if (!inside && !problems.empty())
        return base::fail(inside.error().code,
                          fmt::format("{}; {}: {}", inside.error().message, problems.front().item, problems.front().message),
                          source.string());
    if (!inside) return base::fail(inside.error().code, inside.error().message, source.string());
    if (!options.format.empty()) {
        LATHE_TRY(inside->format, chooseFormat(inside->folder, options));
    }
    return Import{workspace, options, source, unpacked.path()}.run(*inside, problems, stop, progress.part(0.3, 1), watch);
}

}  // namespace lathe::data
