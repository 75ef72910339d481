// A value made in one transaction. For core/store alone.
#pragma once
#include <utility>

#include "core/store/sql.h"
#include "core/store/workspace.h"

namespace lathe::store {

/// `work(sql) -> Result<T>`, T not void, in one write; it may run again when the database was busy.
template <class Work>
auto written(Workspace& workspace, Work work) -> decltype(work(std::declval<soci::session&>())) {
    decltype(work(std::declval<soci::session&>())) made = fail(ErrorCode::Internal, "nothing was done");
    const auto done = workspace.write([&](soci::session& sql) -> Result<> {
        made = work(sql);
        if (!made) return fail(made.error());
        return {};
    });
    if (!done) return fail(done.error());
    return made;
}

/// The same for reading, all on one state of the database.
template <class Work>
auto readBy(const Workspace& workspace, Work work) -> decltype(work(std::declval<soci::session&>())) {
    decltype(work(std::declval<soci::session&>())) made = fail(ErrorCode::Internal, "nothing was read");
    const auto done = workspace.read([&](soci::session& sql) -> Result<> {
        made = work(sql);
        if (!made) return fail(made.error());
        return {};
    });
    if (!done) return fail(done.error());
    return made;
}

/// The first column of a query without parameters.
[[nodiscard]] inline std::vector<ImageId> imageIds(soci::session& sql, const std::string& query) {
    std::vector<ImageId> ids;
    long long id = 0;
    soci::statement rows = (sql.prepare << query, soci::into(id));
    for (rows.execute(); rows.fetch();) ids.push_back(ImageId(id));
    return ids;
}

}  // namespace lathe::store
