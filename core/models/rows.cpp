#include "core/models/rows.h"

#include "core/store/sql.h"

namespace lathe::models {

namespace {

std::map<std::string, double> metricsOf(const std::string& text) {
    std::map<std::string, double> metrics;
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return metrics;
    for (const auto& [name, value] : json.items()) {
        if (value.is_number()) metrics[name] = value.get<double>();
    }
    return metrics;
}

constexpr const char* kSelect =
    "SELECT id, digest, name, version, task, run, state, submitted_by, approved_by, note, created, decided, metrics FROM model ";

}  // namespace

std::vector<ModelRow> modelRows(soci::session& sql, const std::filesystem::path& folder) {
    std::vector<ModelRow> rows;
    ModelRow row;
    std::string metrics;
    soci::statement query = (sql.prepare << std::string(kSelect) + "ORDER BY created DESC, version DESC", soci::into(row.id.value),
                             soci::into(row.digest), soci::into(row.name), soci::into(row.version), soci::into(row.task),
                             soci::into(row.run), soci::into(row.state), soci::into(row.submittedBy), soci::into(row.approvedBy),
                             soci::into(row.note), soci::into(row.created), soci::into(row.decided), soci::into(metrics));
    for (query.execute(); query.fetch();) {
        row.metrics = metricsOf(metrics);
        row.folder = folder / row.digest;
        rows.push_back(row);
    }
    return rows;
}

std::optional<ModelRow> modelRow(soci::session& sql, const ModelId& id, const std::filesystem::path& folder) {
    for (auto& row : modelRows(sql, folder)) {
        if (row.id == id) return row;
    }
    return std::nullopt;
}

int nextVersion(soci::session& sql, const std::string& name) {
    int version = 0;
    soci::indicator indicator = soci::i_null;
    sql << "SELECT max(version) FROM model WHERE name = :n", soci::use(name), soci::into(version, indicator);
    return indicator == soci::i_ok ? version + 1 : 1;
}

void insertModel(soci::session& sql, const ModelRow& row, const std::string& author) {
    const std::string metrics = Json(row.metrics).dump();
    sql << "INSERT INTO model (id, digest, name, version, task, run, state, author, created, metrics) "
           "VALUES (:i, :d, :n, :v, :t, :r, :s, :a, :c, :m)",
        soci::use(row.id.value), soci::use(row.digest), soci::use(row.name), soci::use(row.version), soci::use(row.task),
        soci::use(row.run), soci::use(row.state), soci::use(author), soci::use(row.created), soci::use(metrics);
}

}  // namespace lathe::models
