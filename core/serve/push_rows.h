// Rows of the table `push` and what a finished push changes, with its audit entry in one transaction. For core/serve alone.
#pragma once
#include "core/serve/push.h"

namespace lathe::serve {

/// Adds `row` (its id is filled). Live: the push that was live becomes `before` ("superseded" or "rolled_back") and the target's
/// live and previous digests move on. Audit action: "push.live", "push.failed" or "push.rollback".
[[nodiscard]] Result<> recordPush(store::Workspace& workspace, const TargetRow& target, PushRow& row, const std::string& before);

/// A push that a gate refused leaves an audit entry and no row.
[[nodiscard]] Result<> recordRefusal(store::Workspace& workspace, const std::string& digest, const std::string& target,
                                     const std::string& user, const Error& reason);

}  // namespace lathe::serve
