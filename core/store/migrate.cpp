#include "core/store/migrate.h"

#include <fmt/format.h>
#include <soci/soci.h>

#include <charconv>
#include <map>
#include <set>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/store/sql.h"
#include "core/store/sqlite.h"
#include "resources/embedded.h"

namespace lathe::store {
namespace {

using base::fail;
namespace fs = std::filesystem;

/// By number: "migrations/0003_models.sql" is 3.
std::map<int, std::string_view> builtIn() {
    constexpr std::string_view kFolder = "migrations/";
    std::map<int, std::string_view> found;
    for (const auto& file : resources::embeddedFiles()) {
        if (!file.name.starts_with(kFolder)) continue;
        int number = 0;
        const auto digits = file.name.substr(kFolder.size(), 4);
        if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc{}) found[number] = file.text;
    }
    return found;
}

/// Statements end with ';' at the end of a line; lines that begin with "--" are dropped.
std::vector<std::string> statements(std::string_view text) {
    std::vector<std::string> all;
    std::string current;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
        if (line.starts_with("--")) continue;
        current.append(line).push_back('\n');
        if (line.ends_with(';')) all.push_back(std::exchange(current, {}));
    }
    return all;
}

std::set<int> applied(soci::session& sql) {
    std::set<int> numbers;
    if (oneNumber(sql, "SELECT count(*) FROM sqlite_master WHERE type='table' AND name='migration'") == 0) return numbers;
    long long number = 0;
    soci::statement rows = (sql.prepare << "SELECT number FROM migration", soci::into(number));
    for (rows.execute(); rows.fetch();) numbers.insert(int(number));
    return numbers;
}

SchemaState compare(const std::set<int>& have, const std::map<int, std::string_view>& known) {
    for (const int number : have)
        if (!known.contains(number)) return SchemaState::Newer;
    return have.size() == known.size() ? SchemaState::Current : SchemaState::Older;
}

void applyOne(soci::session& sql, int number, std::string_view text) {
    for (const auto& statement : statements(text)) sql << statement;
    const double at = base::now();
    sql << "INSERT INTO migration (number, at) VALUES (:n, :a)", soci::use(number), soci::use(at);
    sql << fmt::format("PRAGMA user_version={}", number);
}

void ensureId(soci::session& sql) {
    if (oneNumber(sql, "SELECT count(*) FROM meta WHERE key='id'") > 0) return;
    const std::string id = base::randomHex(16);
    sql << "INSERT INTO meta (key, value) VALUES ('id', :v)", soci::use(id);
}

Error newer(const fs::path& database) {
    return {ErrorCode::NewerVersion, "the workspace was made by a newer Lathe; update this program to open it", database.string()};
}

}  // namespace

Result<SchemaState> schemaState(soci::session& session, const fs::path& database) {
    try {
        return compare(applied(session), builtIn());
    } catch (const std::exception& exception) {
        return fail(sqlite::errorOf(exception, database));
    }
}

Result<> migrate(soci::session& session, const fs::path& database) {
    try {
        session << "BEGIN IMMEDIATE";
        const auto known = builtIn();
        const auto have = applied(session);
        if (compare(have, known) == SchemaState::Newer) {
            session << "ROLLBACK";
            return fail(newer(database));
        }
        session << "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, at DOUBLE PRECISION NOT NULL)";
        for (const auto& [number, text] : known)
            if (!have.contains(number)) applyOne(session, number, text);
        ensureId(session);
        session << "COMMIT";
        return {};
    } catch (const std::exception& exception) {
        const Error error = sqlite::errorOf(exception, database);
        try {
            session << "ROLLBACK";
        } catch (const std::exception&) {
            return fail(error);
        }
        return fail(error);
    }
}

}  // namespace lathe::store
