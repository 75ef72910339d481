// Classes of a workspace.
#include <fmt/format.h>

#include "core/store/class_colour.h"
#include "core/store/impl.h"
#include "core/store/records.h"

namespace lathe::store {
namespace {

using base::fail;

std::string defaultKey(long long place) {
    if (place > 9) return {};
    return fmt::format("{}", (place + 1) % 10);
}

Result<ClassId> knownClass(soci::session& sql, const std::string& name) {
    long long id = 0;
    sql << "SELECT id FROM class WHERE name = :n", soci::use(name), soci::into(id);
    return ClassId(sql.got_data() ? id : 0);
}

}  // namespace

Result<std::vector<ClassRow>> Workspace::classes() const {
    std::vector<ClassRow> all;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        long long id = 0;
        std::string name, colour, key, parent, extra;
        soci::statement rows =
            (sql.prepare << "SELECT id, name, colour, hotkey, parent, extra FROM class ORDER BY id", soci::into(id),
             soci::into(name), soci::into(colour), soci::into(key), soci::into(parent), soci::into(extra));
        for (rows.execute(); rows.fetch();)
            all.push_back({ClassId(id), name, colour, key, parent, extra.empty() ? Json() : Json::parse(extra), 0, 0});
        return {};
    }));
    return all;
}

Result<ClassId> Workspace::addClass(const std::string& name, const std::string& colour) {
    if (name.empty()) return fail(ErrorCode::InvalidArgument, "a class needs a name");
    ClassId found;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        LATHE_TRY(found, knownClass(sql, name));
        return {};
    }));
    if (found.valid()) return found;
    LATHE_CHECK(write([&](soci::session& sql) -> Result<> {
        LATHE_TRY(found, knownClass(sql, name));
        if (found.valid()) return {};
        const long long id = oneNumber(sql, "SELECT max(id) FROM class") + 1;
        const std::string shown = colour.empty() ? classColour(id - 1) : colour;
        const std::string key = defaultKey(id - 1);
        sql << "INSERT INTO class (id, name, colour, hotkey) VALUES (:i, :n, :c, :k)", soci::use(id), soci::use(name),
            soci::use(shown), soci::use(key);
        found = ClassId(id);
        return {};
    }));
    return found;
}

Result<> Workspace::updateClass(const ClassRow& row) {
    if (row.name.empty()) return fail(ErrorCode::InvalidArgument, "a class needs a name");
    return write([&](soci::session& sql) -> Result<> {
        LATHE_TRY(const ClassId other, knownClass(sql, row.name));
        if (other.valid() && other != row.id)
            return fail(ErrorCode::AlreadyExists, "there is a class of this name already; choose another", row.name);
        const long long id = row.id.value;
        const std::string extra = row.extra.is_null() ? std::string() : row.extra.dump();
        soci::statement update =
            (sql.prepare << "UPDATE class SET name=:n, colour=:c, hotkey=:k, parent=:p, extra=:e WHERE id=:i", soci::use(row.name),
             soci::use(row.colour), soci::use(row.key), soci::use(row.parent), soci::use(extra), soci::use(id));
        update.execute(true);
        if (update.get_affected_rows() == 0) return fail(ErrorCode::NotFound, fmt::format("there is no class {}", id), row.name);
        return {};
    });
}

}  // namespace lathe::store
