// "auto" of a run's precision on a processor.
#pragma once
#include "app/engine/run.h"

namespace lathe::app {

/// Where the spec asked for "auto": bf16 if this processor has it and was measured to be faster in it. Measured once for each kind
/// of network and size, and kept in the workspace's cache/precision.json, so that the same spec gives the same numbers on the same
/// machine; a run folder outside a workspace takes fp32. Writes resolved.json anew and says in the messages what was chosen.
[[nodiscard]] Result<> choosePrecision(const runs::RunFolder& folder, PreparedRun& prepared);

}  // namespace lathe::app
