#include "core/serve/push_rows.h"

#include <cmath>

#include "core/models/audit.h"
#include "core/store/sql.h"

namespace lathe::serve {

namespace {

Json toJson(const Parity& parity) {
    // JSON has no infinity; an answer that couldn't be compared has no number.
    const Json maxAbs = std::isfinite(parity.maxAbs) ? Json(parity.maxAbs) : Json();
    return {{"max_abs", maxAbs}, {"cases", parity.cases}, {"ok", parity.ok}};
}

Parity parityOf(const Json& json) {
    Parity parity;
    if (!json.is_object()) return parity;
    const bool known = json.contains("max_abs") && json["max_abs"].is_number();
    parity.maxAbs = known ? json["max_abs"].get<double>() : INFINITY;
    parity.cases = json.value("cases", 0);
    parity.ok = json.value("ok", false);
    return parity;
}

void insertPush(soci::session& sql, const TargetRow& target, PushRow& row) {
    const long long id = store::oneNumber(sql, "SELECT max(id) FROM push") + 1;
    const long long targetId = target.id;
    const std::string stages = Json(row.stages).dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::string parity = toJson(row.parity).dump();
    sql << "INSERT INTO push (id, target_id, model, digest, state, who, message, stages, parity, at, seconds) "
           "VALUES (:i, :t, :m, :d, :s, :w, :e, :g, :p, :a, :c)",
        soci::use(id), soci::use(targetId), soci::use(row.model), soci::use(row.digest), soci::use(row.state), soci::use(row.user),
        soci::use(row.message), soci::use(stages), soci::use(parity), soci::use(row.at), soci::use(row.seconds);
    row.id = PushId(id);
}

void moveLive(soci::session& sql, const TargetRow& target, const PushRow& row, const std::string& before) {
    const long long id = target.id;
    sql << "UPDATE push SET state = :b WHERE target_id = :t AND state = 'live'", soci::use(before), soci::use(id);
    if (target.live == row.digest) return;
    sql << "UPDATE target SET live = :l, previous = :p WHERE id = :i", soci::use(row.digest), soci::use(target.live), soci::use(id);
}

}  // namespace

Result<> recordPush(store::Workspace& workspace, const TargetRow& target, PushRow& row, const std::string& before) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        const bool live = row.state == "live";
        if (live) moveLive(sql, target, row, before);
        insertPush(sql, target, row);
        const std::string action = !live ? "push.failed" : before == "rolled_back" ? "push.rollback" : "push.live";
        const Json details{{"push", row.id.value},  {"target", target.name},        {"model", row.model},
                           {"before", target.live}, {"parity", toJson(row.parity)}, {"message", row.message}};
        models::appendAudit(sql, row.user, action, row.digest, details);
        return {};
    });
}

Result<> recordRefusal(store::Workspace& workspace, const std::string& digest, const std::string& target, const std::string& user,
                       const Error& reason) {
    return models::audit(workspace, user, "push.refused", digest, {{"target", target}, {"reason", reason.text()}});
}

Result<std::vector<PushRow>> pushes(const store::Workspace& workspace) {
    std::vector<PushRow> rows;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        PushRow row;
        std::string stages, parity;
        soci::statement query =
            (sql.prepare
                 << "SELECT p.id, t.name, p.model, p.digest, p.state, p.who, p.message, p.stages, p.parity, p.at, p.seconds "
                    "FROM push p JOIN target t ON t.id = p.target_id ORDER BY p.id DESC",
             soci::into(row.id.value), soci::into(row.target), soci::into(row.model), soci::into(row.digest), soci::into(row.state),
             soci::into(row.user), soci::into(row.message), soci::into(stages), soci::into(parity), soci::into(row.at),
             soci::into(row.seconds));
        for (query.execute(); query.fetch();) {
            const auto list = Json::parse(stages, nullptr, false);
            row.stages = list.is_array() ? std::vector<Json>(list.begin(), list.end()) : std::vector<Json>();
            row.parity = parityOf(Json::parse(parity, nullptr, false));
            rows.push_back(row);
        }
        return {};
    }));
    return rows;
}

}  // namespace lathe::serve
