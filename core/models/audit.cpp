#include "core/models/audit.h"

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/store/sql.h"

namespace lathe::models {

namespace {

struct StoredEntry {
    AuditEntry entry;
    std::string details;
};

std::vector<StoredEntry> storedEntries(soci::session& sql) {
    std::vector<StoredEntry> all;
    StoredEntry row;
    auto& e = row.entry;
    long long seq = 0;
    soci::statement rows = (sql.prepare << "SELECT seq, at, who, action, subject, details, previous, hash FROM audit ORDER BY seq",
                            soci::into(seq), soci::into(e.at), soci::into(e.user), soci::into(e.action), soci::into(e.subject),
                            soci::into(row.details), soci::into(e.previous), soci::into(e.hash));
    for (rows.execute(); rows.fetch();) {
        e.seq = seq;
        all.push_back(row);
    }
    return all;
}

}  // namespace

std::string auditHash(const AuditEntry& entry, const std::string& detailsText) {
    const Json rest =
        Json::array({entry.seq, fmt::format("{:.17g}", entry.at), entry.user, entry.action, entry.subject, detailsText});
    return base::sha256(entry.previous + "\n" + rest.dump(-1, ' ', false, Json::error_handler_t::replace));
}

AuditEntry appendAudit(soci::session& sql, const std::string& user, const std::string& action, const std::string& subject,
                       const Json& details) {
    AuditEntry entry;
    sql << "SELECT hash FROM audit WHERE seq = (SELECT max(seq) FROM audit)", soci::into(entry.previous);
    entry.seq = store::oneNumber(sql, "SELECT max(seq) FROM audit") + 1;
    entry.at = base::now();
    entry.user = user;
    entry.action = action;
    entry.subject = subject;
    entry.details = details;
    const std::string text = details.dump(-1, ' ', false, Json::error_handler_t::replace);
    entry.hash = auditHash(entry, text);
    const long long seq = entry.seq;
    sql << "INSERT INTO audit (seq, at, who, action, subject, details, previous, hash) VALUES (:s, :t, :w, :a, :o, :d, :p, :h)",
        soci::use(seq), soci::use(entry.at), soci::use(entry.user), soci::use(entry.action), soci::use(entry.subject),
        soci::use(text), soci::use(entry.previous), soci::use(entry.hash);
    return entry;
}

Result<> audit(store::Workspace& workspace, const std::string& user, const std::string& action, const std::string& subject,
               const Json& details) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        appendAudit(sql, user, action, subject, details);
        return {};
    });
}

Result<std::vector<AuditEntry>> auditLog(const store::Workspace& workspace) {
    std::vector<AuditEntry> log;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        for (auto& row : storedEntries(sql)) {
            row.entry.details = Json::parse(row.details, nullptr, false);
            log.push_back(std::move(row.entry));
        }
        return {};
    }));
    return log;
}

Result<std::int64_t> verifyAudit(const store::Workspace& workspace) {
    std::int64_t broken = 0;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        std::string previous;
        std::int64_t expected = 1;
        for (const auto& [entry, details] : storedEntries(sql)) {
            const bool fits = entry.seq == expected && entry.previous == previous && entry.hash == auditHash(entry, details);
            if (!fits) {
                broken = entry.seq;
                return {};
            }
            previous = entry.hash;
            ++expected;
        }
        return {};
    }));
    return broken;
}

}  // namespace lathe::models
