#include "core/runs/run_records.h"

#include <soci/soci.h>

namespace lathe::runs {

namespace {

constexpr const char* kColumns =
    "id, name, task, model, snapshot, snapshot_name, author, state, message, best_metric, best_epoch, best_value, started, "
    "seconds, "
    "epoch, epochs, folder";

/// Below the workspace by a relative path, so that the workspace can be moved.
std::string storedFolder(const store::Layout& layout, const std::filesystem::path& folder) {
    const auto relative = folder.lexically_relative(layout.root);
    return relative.empty() || *relative.begin() == ".." ? folder.string() : relative.generic_string();
}

RunRow rowOf(const soci::row& r, const store::Layout& layout) {
    RunRow row;
    row.id = RunId(r.get<std::string>(0));
    row.name = r.get<std::string>(1);
    row.task = r.get<std::string>(2);
    row.model = r.get<std::string>(3);
    row.snapshot = r.get<std::string>(4);
    row.snapshotName = r.get<std::string>(5);
    row.author = r.get<std::string>(6);
    row.state = runStateNamed(r.get<std::string>(7)).value_or(RunState::Failed);
    row.message = r.get<std::string>(8);
    row.best.metric = r.get<std::string>(9);
    row.best.epoch = r.get<double>(10);
    row.best.value = r.get<double>(11);
    row.started = r.get<double>(12);
    row.seconds = r.get<double>(13);
    row.epoch = r.get<double>(14);
    row.epochs = r.get<int>(15);
    row.folder = layout.root / r.get<std::string>(16);
    return row;
}

void insertRow(soci::session& sql, const RunRow& row, const store::Layout& layout) {
    const std::string state(name(row.state)), folder = storedFolder(layout, row.folder);
    sql << "INSERT INTO run (" << kColumns
        << ") VALUES (:id, :name, :task, :model, :snapshot, :sname, :author, :state, :message, :bm, :be, :bv, :started, :seconds, "
           ":epoch, :epochs, :folder)",
        soci::use(row.id.value), soci::use(row.name), soci::use(row.task), soci::use(row.model), soci::use(row.snapshot),
        soci::use(row.snapshotName), soci::use(row.author), soci::use(state), soci::use(row.message), soci::use(row.best.metric),
        soci::use(row.best.epoch), soci::use(row.best.value), soci::use(row.started), soci::use(row.seconds), soci::use(row.epoch),
        soci::use(row.epochs), soci::use(folder);
    for (const auto& [metric, value] : row.metrics)
        sql << "INSERT INTO run_metric (run_id, name, value) VALUES (:r, :n, :v)", soci::use(row.id.value), soci::use(metric),
            soci::use(value);
}

void removeRow(soci::session& sql, const std::string& id) {
    sql << "DELETE FROM run_metric WHERE run_id = :r", soci::use(id);
    sql << "DELETE FROM run WHERE id = :r", soci::use(id);
}

void readMetrics(soci::session& sql, std::vector<RunRow>& rows) {
    std::map<std::string, std::map<std::string, double>> all;
    std::string run, metric;
    double value = 0;
    soci::statement statement =
        (sql.prepare << "SELECT run_id, name, value FROM run_metric", soci::into(run), soci::into(metric), soci::into(value));
    for (statement.execute(); statement.fetch();) all[run][metric] = value;
    for (RunRow& row : rows) row.metrics = std::move(all[row.id.value]);
}

}  // namespace

Result<> writeRow(store::Workspace& workspace, const RunRow& row) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        removeRow(sql, row.id.value);
        insertRow(sql, row, workspace.layout());
        return {};
    });
}

Result<> eraseRow(store::Workspace& workspace, const RunId& run) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        removeRow(sql, run.value);
        return {};
    });
}

Result<std::vector<RunRow>> readRows(const store::Workspace& workspace) {
    std::vector<RunRow> rows;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        rows.clear();
        const soci::rowset<soci::row> found = (sql.prepare << "SELECT " << kColumns << " FROM run ORDER BY id DESC");
        for (const soci::row& r : found) rows.push_back(rowOf(r, workspace.layout()));
        readMetrics(sql, rows);
        return {};
    }));
    return rows;
}

Result<std::optional<RunRow>> readRow(const store::Workspace& workspace, const RunId& run) {
    std::vector<RunRow> rows;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        rows.clear();
        const soci::rowset<soci::row> found =
            (sql.prepare << "SELECT " << kColumns << " FROM run WHERE id = :id", soci::use(run.value));
        for (const soci::row& r : found) rows.push_back(rowOf(r, workspace.layout()));
        if (rows.empty()) return {};
        std::string metric;
        double value = 0;
        soci::statement statement = (sql.prepare << "SELECT name, value FROM run_metric WHERE run_id = :id", soci::use(run.value),
                                     soci::into(metric), soci::into(value));
        for (statement.execute(); statement.fetch();) rows[0].metrics[metric] = value;
        return {};
    }));
    if (rows.empty()) return std::nullopt;
    return std::move(rows[0]);
}

}  // namespace lathe::runs
