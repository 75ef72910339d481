// Models, their reviews and approvals; the audit log as a hash chain.
#pragma once
#include "core/models/package.h"

namespace lathe::models {

/// "packaged", "submitted", "approved", "rejected".
struct ModelRow {
    ModelId id;  ///< short digest, unique: first 12 digits
    std::string name;
    int version = 0;
    std::string digest, state, run, task;
    std::string submittedBy, approvedBy, note;
    double created = 0, decided = 0;
    std::filesystem::path folder;
    std::map<std::string, double> metrics;
};
[[nodiscard]] Result<std::vector<ModelRow>> models(const store::Workspace& workspace);  ///< newest first
/// id, digest prefix, "name" (its newest version), "name:version" or "last".
[[nodiscard]] Result<ModelRow> findModel(const store::Workspace& workspace, const std::string& text);
[[nodiscard]] Result<ModelRow> submit(store::Workspace& workspace, const ModelRow& model, const std::string& user);
/// GateRefused when `user` submitted it, it isn't submitted, or the package doesn't verify. Signs the digest with the approver's
/// Ed25519 key (made on first use in the user's XDG data folder, 0600) and writes signature.json.
[[nodiscard]] Result<ModelRow> approve(store::Workspace& workspace, const ModelRow& model, const std::string& user,
                                       const std::string& note);
[[nodiscard]] Result<ModelRow> reject(store::Workspace& workspace, const ModelRow& model, const std::string& user,
                                      const std::string& note);
[[nodiscard]] Result<> verifySignature(const std::filesystem::path& package, const std::string& digest);
/// What a push asks: approved, not a byte changed since, signed with the key that the approval recorded. Else GateRefused.
[[nodiscard]] Result<> checkApproval(const store::Workspace& workspace, const ModelRow& model);

/// One entry: hash = SHA-256(previous hash, canonical JSON of the rest).
struct AuditEntry {
    std::int64_t seq = 0;
    double at = 0;
    std::string user, action, subject;  ///< "model.approve", "push.live", …; the digest or name acted on
    Json details;
    std::string previous, hash;
};
[[nodiscard]] Result<> audit(store::Workspace& workspace, const std::string& user, const std::string& action,
                             const std::string& subject, const Json& details);
[[nodiscard]] Result<std::vector<AuditEntry>> auditLog(const store::Workspace& workspace);
/// 0: whole; else the seq of the first entry that doesn't fit.
[[nodiscard]] Result<std::int64_t> verifyAudit(const store::Workspace& workspace);

}  // namespace lathe::models
