// Submission and decision: the rules of the gate, each with its audit entry in one transaction.
#include <fmt/format.h>

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/models/audit.h"
#include "core/models/manifest.h"
#include "core/models/rows.h"
#include "core/models/signing.h"

namespace lathe::models {

namespace {

Result<ModelRow> current(soci::session& sql, const store::Workspace& workspace, const ModelRow& model) {
    auto row = modelRow(sql, model.id, workspace.layout().models());
    if (!row) return fail(ErrorCode::NotFound, fmt::format("The model {} is no longer in the workspace.", model.id.value));
    return *std::move(row);
}

std::string called(const ModelRow& row) {
    return fmt::format("{}:{}", row.name, row.version);
}

Result<> checkDecision(const ModelRow& row, const std::string& user) {
    if (user.empty()) return fail(ErrorCode::InvalidArgument, "A decision needs the name of a person (--as).");
    if (row.state != "submitted") {
        return fail(ErrorCode::GateRefused,
                    fmt::format("{} is {}, not submitted; submit it for review first.", called(row), row.state));
    }
    return {};
}

/// A package that no longer is what was packaged can't be decided on.
Result<> checkPackage(const ModelRow& row) {
    auto verified = verifyPackage(row.folder, row.digest);
    if (verified) return {};
    return fail(ErrorCode::GateRefused, "The package doesn't verify: " + verified.error().message, verified.error().context);
}

void store(soci::session& sql, const ModelRow& row, const std::string& key) {
    sql << "UPDATE model SET state=:s, submitted_by=:b, approved_by=:a, approver_key=:k, note=:n, decided=:t WHERE id=:i",
        soci::use(row.state), soci::use(row.submittedBy), soci::use(row.approvedBy), soci::use(key), soci::use(row.note),
        soci::use(row.decided), soci::use(row.id.value);
}

Json auditDetails(const ModelRow& row) {
    return {{"model", row.id.value}, {"name", row.name}, {"version", row.version}, {"note", row.note}};
}

/// Reads the row afresh, lets `change` alter it, stores it and the audit entry, all in one transaction.
Result<ModelRow> decide(store::Workspace& workspace, const ModelRow& model, const std::string& user, const std::string& action,
                        const std::function<Result<std::string>(ModelRow&)>& change) {
    ModelRow row;
    LATHE_CHECK(workspace.write([&](soci::session& sql) -> Result<> {
        LATHE_TRY(row, current(sql, workspace, model));
        LATHE_TRY(const auto key, change(row));
        store(sql, row, key);
        auto details = auditDetails(row);
        if (!key.empty()) details["public_key"] = key;
        appendAudit(sql, user, action, row.digest, details);
        return {};
    }));
    return row;
}

}  // namespace

Result<ModelRow> submit(store::Workspace& workspace, const ModelRow& model, const std::string& user) {
    if (user.empty()) return fail(ErrorCode::InvalidArgument, "A submission needs the name of a person (--as).");
    LATHE_CHECK(checkPackage(model));
    return decide(workspace, model, user, "model.submit", [&](ModelRow& row) -> Result<std::string> {
        if (row.state != "packaged" && row.state != "rejected") {
            return fail(ErrorCode::GateRefused, fmt::format("{} is {} already.", called(row), row.state));
        }
        row.state = "submitted";
        row.submittedBy = user;
        row.approvedBy.clear();
        row.note.clear();
        row.decided = 0;
        return std::string();
    });
}

Result<ModelRow> approve(store::Workspace& workspace, const ModelRow& model, const std::string& user, const std::string& note) {
    LATHE_CHECK(checkPackage(model));
    return decide(workspace, model, user, "model.approve", [&](ModelRow& row) -> Result<std::string> {
        LATHE_CHECK(checkDecision(row, user));
        if (row.submittedBy == user) {
            return fail(ErrorCode::GateRefused, fmt::format("{} submitted {}; someone else has to approve it.", user, called(row)));
        }
        LATHE_TRY(const auto signature, signApproval(row.digest, user));
        LATHE_CHECK(base::writeJson(row.folder / kSignature, signature));
        row.state = "approved";
        row.approvedBy = user;
        row.note = note;
        row.decided = base::now();
        return signature.at("public_key").get<std::string>();
    });
}

Result<ModelRow> reject(store::Workspace& workspace, const ModelRow& model, const std::string& user, const std::string& note) {
    return decide(workspace, model, user, "model.reject", [&](ModelRow& row) -> Result<std::string> {
        LATHE_CHECK(checkDecision(row, user));
        if (note.empty()) return fail(ErrorCode::InvalidArgument, "A rejection needs a note that says why.");
        row.state = "rejected";
        row.note = note;
        row.decided = base::now();
        return std::string();
    });
}

Result<> checkApproval(const store::Workspace& workspace, const ModelRow& model) {
    std::string state, key;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        sql << "SELECT state, approver_key FROM model WHERE id = :i", soci::use(model.id.value), soci::into(state), soci::into(key);
        return {};
    }));
    if (state != "approved") {
        return fail(ErrorCode::GateRefused,
                    fmt::format("{} is {}, not approved; it can't be pushed.", called(model), state.empty() ? "not known" : state));
    }
    LATHE_CHECK(checkPackage(model));
    const auto signature = readSignature(model.folder, model.digest);
    if (!signature) return fail(ErrorCode::GateRefused, signature.error().message, signature.error().context);
    if (signature->value("public_key", "") != key) {
        return fail(ErrorCode::GateRefused, "The signature was made with another key than the approval.",
                    (model.folder / kSignature).string());
    }
    return {};
}

}  // namespace lathe::models
