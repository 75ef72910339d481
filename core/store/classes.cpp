// Classes of a workspace.
#include <fmt/format.h>

#include "core/store/class_colour.h"
#include "core/store/class_rows.h"
#include "core/store/impl.h"
#include "core/store/records.h"

namespace lathe::store {
namespace {

using base::fail;

bool hasRow(soci::session& sql, const std::string& column, const std::string& value) {
    long long count = 0;
    sql << fmt::format("SELECT count(*) FROM class WHERE {} = :v", column), soci::use(value), soci::into(count);
    return count > 0;
}

/// The digit of the class's place, when nobody has it.
std::string defaultKey(soci::session& sql, long long place) {
    if (place > 9) return {};
    const std::string key = fmt::format("{}", (place + 1) % 10);
    return hasRow(sql, "hotkey", key) ? std::string() : key;
}

Result<ClassId> knownClass(soci::session& sql, const std::string& name) {
    long long id = 0;
    sql << "SELECT id FROM class WHERE name = :n", soci::use(name), soci::into(id);
    return ClassId(sql.got_data() ? id : 0);
}

}  // namespace

std::vector<ClassRecord> classRecords(soci::session& sql) {
    std::vector<ClassRecord> all;
    ClassRecord r;
    soci::statement rows = (sql.prepare << "SELECT id, name, colour, hotkey, parent, extra, schema FROM class ORDER BY id",
                            soci::into(r.id), soci::into(r.name), soci::into(r.colour), soci::into(r.key), soci::into(r.parent),
                            soci::into(r.extra), soci::into(r.schema));
    for (rows.execute(); rows.fetch();) all.push_back(r);
    return all;
}

void insertClassRow(soci::session& sql, const ClassRecord& r) {
    sql << "INSERT INTO class (id, name, colour, hotkey, parent, extra, schema) VALUES (:i, :n, :c, :k, :p, :e, :s)",
        soci::use(r.id), soci::use(r.name), soci::use(r.colour), soci::use(r.key), soci::use(r.parent), soci::use(r.extra),
        soci::use(r.schema);
}

long long addClassRow(soci::session& sql, ClassRecord r) {
    r.id = std::max(oneNumber(sql, "SELECT max(id) FROM class"), oneNumber(sql, "SELECT max(id) FROM retired_class")) + 1;
    if (r.colour.empty()) r.colour = classColour(r.id - 1);
    if (r.key.empty()) r.key = defaultKey(sql, r.id - 1);
    insertClassRow(sql, r);
    return r.id;
}

void retireClass(soci::session& sql, long long id, long long into) {
    sql << "INSERT INTO retired_class (id, name, colour, hotkey, parent, extra, schema, into_id) SELECT id, name, colour, hotkey, "
           "parent, extra, schema, :t FROM class WHERE id = :i",
        soci::use(into), soci::use(id);
    sql << "DELETE FROM class WHERE id = :i", soci::use(id);
}

bool reviveClass(soci::session& sql, long long id) {
    ClassRecord r;
    sql << "SELECT id, name, colour, hotkey, parent, extra, schema FROM retired_class WHERE id = :i", soci::use(id),
        soci::into(r.id), soci::into(r.name), soci::into(r.colour), soci::into(r.key), soci::into(r.parent), soci::into(r.extra),
        soci::into(r.schema);
    if (!sql.got_data()) return false;
    const std::string name = r.name;
    for (int turn = 2; hasRow(sql, "name", r.name); ++turn) r.name = fmt::format("{} ({})", name, turn);
    if (hasRow(sql, "hotkey", r.key)) r.key.clear();
    insertClassRow(sql, r);
    sql << "DELETE FROM retired_class WHERE id = :i", soci::use(id);
    return true;
}

long long currentClass(soci::session& sql, long long id) {
    for (;;) {
        long long into = 0;
        sql << "SELECT into_id FROM retired_class WHERE id = :i", soci::use(id), soci::into(into);
        if (!sql.got_data()) return id;
        if (into == 0) return 0;
        id = into;
    }
}

Result<std::vector<ClassRow>> Workspace::classes() const {
    std::vector<ClassRow> all;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        for (ClassRecord& r : classRecords(sql))
            all.push_back({ClassId(r.id), std::move(r.name), std::move(r.colour), std::move(r.key), std::move(r.parent),
                           r.extra.empty() ? Json() : Json::parse(r.extra), 0, 0});
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
        found = ClassId(addClassRow(sql, {0, name, colour, {}, {}, {}, {}}));
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
