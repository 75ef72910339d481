#include "core/data/import_records.h"

#include <limits>

#include "core/store/sql.h"

namespace lathe::data {
namespace {

Json parsedQuietly(const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? Json() : json;
}

std::int64_t countAt(const Json& report, const char* section, const char* key) {
    const auto at = report.is_object() ? report.find(section) : report.end();
    return report.is_object() && at != report.end() && at->is_object() ? at->value(key, std::int64_t(0)) : 0;
}

}  // namespace

std::vector<ImportRecord> readImports(soci::session& sql, double until) {
    std::vector<ImportRecord> records;
    ImportRecord one;
    std::string report, extra;
    long long id = 0;
    soci::statement rows =
        (sql.prepare << "SELECT id, at, source, format, author, state, report, extra FROM import WHERE at <= :t ORDER BY id",
         soci::use(until), soci::into(id), soci::into(one.at), soci::into(one.source), soci::into(one.format),
         soci::into(one.author), soci::into(one.state), soci::into(report), soci::into(extra));
    for (rows.execute(); rows.fetch();) {
        const Json numbers = parsedQuietly(report);
        one.id = id;
        one.images = countAt(numbers, "images", "added"), one.annotations = countAt(numbers, "annotations", "added");
        one.extra = parsedQuietly(extra);
        records.push_back(one);
    }
    return records;
}

Result<std::vector<ImportRecord>> importRecords(const store::Workspace& workspace) {
    std::vector<ImportRecord> records;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        records = readImports(sql, std::numeric_limits<double>::max());
        return {};
    }));
    return records;
}

}  // namespace lathe::data
