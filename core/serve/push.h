// Push as a transaction: preflight, verify approval and digest, upload, activate, golden inputs against the server, record; on a
// mismatch the old version comes back.
#pragma once
#include "core/models/registry.h"
#include "core/serve/target.h"

namespace lathe::serve {

struct Parity {
    double maxAbs = 0;
    int cases = 0;
    bool ok = false;
};
struct PushRow {
    PushId id;
    std::string model, digest, target, state, user, message;  ///< state: "live", "failed", "rolled_back", "superseded"
    std::vector<Json> stages;                                 ///< {stage, ok, seconds, message}
    Parity parity;
    double at = 0, seconds = 0;
};
/// GateRefused without approval or when the package changed since; Locked while another push to the target is under way. What goes
/// wrong after that is in the row: state "failed" with its message, the stages, and parity.ok false on a mismatch; the old version
/// is live again then. Parity tolerance 1e-4 absolute.
[[nodiscard]] Result<PushRow> push(store::Workspace& workspace, rpc::Engine& engine, const models::ModelRow& model,
                                   const TargetRow& target, const std::string& user, std::stop_token stop,
                                   const Progress& progress);
/// Makes the version before live again (and that of now the one before). GateRefused when there is none or it may not be pushed.
[[nodiscard]] Result<PushRow> rollback(store::Workspace& workspace, const TargetRow& target, const std::string& user);
[[nodiscard]] Result<std::vector<PushRow>> pushes(const store::Workspace& workspace);  ///< newest first

}  // namespace lathe::serve
