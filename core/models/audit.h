// The audit log from inside a transaction: an entry is durable exactly when what it records is. For core/models and core/serve.
#pragma once
#include "core/models/registry.h"

namespace lathe::models {

/// Appends to the chain within the caller's Workspace::write. Throws SOCI's exceptions, as all work in there may.
AuditEntry appendAudit(soci::session& sql, const std::string& user, const std::string& action, const std::string& subject,
                       const Json& details);

/// SHA-256 in hex over `previous` and a JSON array of the other columns; the definition of the chain.
[[nodiscard]] std::string auditHash(const AuditEntry& entry, const std::string& detailsText);

}  // namespace lathe::models
