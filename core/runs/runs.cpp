#include "core/runs/runs.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>

#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/data/query.h"
#include "core/rpc/client.h"
#include "core/runs/run_records.h"
#include "core/runs/run_state.h"
#include "core/store/column_index.h"

namespace lathe::runs {

namespace fs = std::filesystem;

namespace {

std::string newRunId() {
    const std::time_t now = std::time(nullptr);
    return fmt::format("{:%Y%m%d-%H%M%S}-{}", fmt::gmtime(now), base::randomHex(4));
}

/// What the spec says of the run; figures come from the log.
void describe(RunRow& row, const RunSpec& spec) {
    row.name = spec.name;
    row.task = spec.task;
    row.model = spec.model.name;
    row.snapshot = spec.snapshot;
    row.snapshotName = spec.snapshotName;
    if (spec.epochs > 0) row.epochs = spec.epochs;
}

void describe(RunRow& row, const RunFold& fold) {
    row.metrics = fold.metrics;
    row.best = {fold.bestEpoch, fold.bestValue, fold.bestMetric};
    if (fold.first > 0) row.started = fold.first;
    row.seconds = fold.last - fold.first;
    row.epoch = fold.epoch;
    if (fold.epochs > 0) row.epochs = fold.epochs;
}

/// The report's figures take the place of the last epoch's once the run is done.
void describeReport(RunRow& row, const RunFolder& folder) {
    const auto report = base::readJson(folder.report());
    if (!report || !report->is_object() || !report->contains("metrics")) return;
    for (const auto& [key, value] : (*report)["metrics"].items())
        if (value.is_number()) row.metrics[key] = value.get<double>();
    if (report->contains("seconds") && (*report)["seconds"].is_number())
        row.seconds = (*report)["seconds"].get<double>();  // without the pauses
}

/// The row as the folder says it now; nothing is written.
Result<RunRow> lookAt(RunRow row) {
    const RunFolder folder(row.folder);
    const Liveness live = liveness(folder);
    RunFold fold;
    EventReader reader(folder.events());
    const auto polled = reader.poll([&](std::string_view series, const auto& points) { fold.take(series, points); },
                                    [&](const Json& event) { fold.take(event); });
    if (const auto spec = folder.readSpec()) describe(row, *spec);
    describe(row, fold);
    row.state = effectiveState(fold, live);
    row.message = row.state == RunState::Died ? deathMessage(folder) : row.state == fold.logged ? fold.message : std::string();
    if (!polled) row.message += (row.message.empty() ? "" : "; ") + polled.error().message;
    if (row.state == RunState::Finished) describeReport(row, folder);
    return row;
}

bool same(const RunRow& a, const RunRow& b) {
    return a.state == b.state && a.message == b.message && a.metrics == b.metrics && a.epoch == b.epoch && a.epochs == b.epochs &&
           a.best.value == b.best.value && a.best.epoch == b.best.epoch && a.seconds == b.seconds && a.model == b.model;
}

Result<data::SnapshotRow> snapshotFor(store::Workspace& workspace, const RunSpec& spec, const std::string& author) {
    if (spec.snapshot.empty()) return data::takeSnapshot(workspace, {}, {}, author);
    return data::findSnapshot(workspace, spec.snapshot);
}

Result<> fillFolder(const store::Workspace& workspace, const data::SnapshotRow& snapshot, const RunSpec& spec,
                    const RunFolder& folder) {
    LATHE_CHECK(base::makeFolders(folder.path()));
    LATHE_CHECK(data::writeManifest(workspace, snapshot, spec.task, folder.manifest()));
    return base::writeJson(folder.spec(), toJson(spec));
}

Error noRun(const std::string& text) {
    return {ErrorCode::NotFound,
            fmt::format("there is no run \"{}\"; `lathe runs` lists them (an id, its beginning, a name or last)", text),
            {}};
}

}  // namespace

Result<RunRow> createRun(store::Workspace& workspace, RunSpec spec, const std::string& author) {
    LATHE_TRY(const std::vector<RunRow> others, readRows(workspace));
    LATHE_TRY(const data::SnapshotRow snapshot, snapshotFor(workspace, spec, author));
    spec.snapshot = snapshot.digest;
    spec.snapshotName = snapshot.name;
    if (spec.name.empty()) spec.name = fmt::format("{}-{}", spec.task, others.size() + 1);
    RunRow row;
    row.id = RunId(newRunId());
    row.folder = workspace.layout().runs() / row.id.value;
    row.author = author;
    row.started = base::now();
    describe(row, spec);
    if (auto filled = fillFolder(workspace, snapshot, spec, RunFolder(row.folder)); !filled) {
        std::error_code ignored;
        fs::remove_all(row.folder, ignored);
        return fail(filled.error());
    }
    LATHE_CHECK(writeRow(workspace, row));
    return row;
}

Result<Json> checkRun(store::Workspace& workspace, const RunSpec& spec, const std::string& author, std::stop_token stop,
                      const Progress& progress, const CheckWhat& what) {
    const base::TempFolder temp;
    const RunFolder folder(temp.path());
    LATHE_TRY(const data::SnapshotRow snapshot, snapshotFor(workspace, spec, author));
    LATHE_CHECK(fillFolder(workspace, snapshot, spec, folder));
    rpc::Engine engine;
    const Json params = {
        {"folder", temp.path().string()}, {"trials", what.trials}, {"largest_batch", what.largestBatch}, {"memory", what.memory}};
    LATHE_TRY(Json result, engine.call("check", params, std::move(stop), progress));
    LATHE_TRY(const RunSpec resolved, folder.readSpec());
    result["spec"] = toJson(resolved);
    return result;
}

Result<Json> previewRun(rpc::Engine& engine, const store::Workspace& workspace, RunSpec spec, const std::filesystem::path& out,
                        int count, std::uint64_t seed, std::stop_token stop) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace, stop));
    LATHE_TRY(auto ids, data::runQuery(workspace, *index, "labelled:yes"));
    if (ids.empty())
        return fail(ErrorCode::NotFound, "no image is labelled yet: label some, then look at what the network will see");
    std::mt19937_64 random(seed);
    std::shuffle(ids.begin(), ids.end(), random);
    ids.resize(std::min<std::size_t>(ids.size(), std::size_t(count) * 4));
    const base::TempFolder temp;
    const RunFolder folder(temp.path());
    spec.snapshot.clear();
    const auto channels = std::size_t(std::max(1, spec.preprocessing.channels));  // nothing is normalised here
    spec.preprocessing.mean.assign(channels, 0), spec.preprocessing.std.assign(channels, 1);
    LATHE_CHECK(data::writeManifestNow(workspace, ids, spec.task, folder.manifest()));
    LATHE_CHECK(base::writeJson(folder.spec(), toJson(spec)));
    LATHE_TRY(Json result,
              engine.call("preview", {{"folder", temp.path().string()}, {"out", out.string()}, {"count", count}, {"seed", seed}},
                          std::move(stop)));
    LATHE_TRY(const auto rows, workspace.images(ids));
    for (Json& picture : result["pictures"])
        for (const auto& row : rows)
            if (row.id.value == picture.value("image", std::int64_t(0))) picture["name"] = row.name;
    return result;
}

Result<RunRow> refresh(store::Workspace& workspace, const RunId& run) {
    LATHE_TRY(const std::optional<RunRow> stored, readRow(workspace, run));
    if (!stored) return fail(noRun(run.value));
    LATHE_TRY(RunRow now, lookAt(*stored));
    if (!same(*stored, now)) LATHE_CHECK(writeRow(workspace, now));
    return now;
}

Result<std::vector<RunRow>> runs(const store::Workspace& workspace) {
    LATHE_TRY(std::vector<RunRow> rows, readRows(workspace));
    for (RunRow& row : rows) {
        if (isFinal(row.state) && !liveness(RunFolder(row.folder)).alive) continue;
        LATHE_TRY(row, lookAt(row));
    }
    return rows;
}

Result<RunRow> findRun(const store::Workspace& workspace, const std::string& text) {
    LATHE_TRY(std::vector<RunRow> rows, readRows(workspace));
    std::vector<RunRow> matching;
    for (const RunRow& row : rows) {
        if (row.id.value == text || (text == "last" && matching.empty())) return lookAt(row);
        if (row.name == text) return lookAt(row);
    }
    for (const RunRow& row : rows)
        if (!text.empty() && row.id.value.starts_with(text)) matching.push_back(row);
    if (matching.empty()) return fail(noRun(text));
    if (matching.size() > 1)
        return fail(ErrorCode::InvalidArgument, fmt::format("\"{}\" begins {} runs ({}, {}, …); write more of the id", text,
                                                            matching.size(), matching[0].id.value, matching[1].id.value));
    return lookAt(matching[0]);
}

Result<> deleteRun(store::Workspace& workspace, const RunId& run) {
    LATHE_TRY(const std::optional<RunRow> row, readRow(workspace, run));
    if (!row) return fail(noRun(run.value));
    if (liveness(RunFolder(row->folder)).alive)
        return fail(ErrorCode::Locked, "the run is still going; stop it first with `lathe stop`", run.value);
    LATHE_CHECK(eraseRow(workspace, run));
    const fs::path own = workspace.layout().runs() / run.value;
    if (row->folder.lexically_normal() != own.lexically_normal()) return {};  // an adopted folder stays where it is
    std::error_code error;
    fs::remove_all(own, error);
    if (error) return fail(base::errnoError(error.value(), "the run's folder can't be removed", own));
    return {};
}

Result<RunRow> adoptRun(store::Workspace& workspace, const fs::path& folder) {
    std::error_code ignored;
    RunRow row;
    row.folder = fs::absolute(folder, ignored).lexically_normal();
    if (!row.folder.has_filename()) row.folder = row.folder.parent_path();
    LATHE_TRY(const RunSpec spec, RunFolder(row.folder).readSpec());
    row.id = RunId(row.folder.filename().string());
    LATHE_TRY(const std::optional<RunRow> known, readRow(workspace, row.id));
    if (known) return fail(ErrorCode::AlreadyExists, "is a run of this workspace already", row.id.value);
    describe(row, spec);
    LATHE_TRY(row, lookAt(row));
    LATHE_CHECK(writeRow(workspace, row));
    return row;
}

}  // namespace lathe::runs
