// Checks of run_check.h that need no trial: {name, ok, observed, expected, message}.
#pragma once
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// "memory": the step's peak against what is free. `memory` as dryPass() gives it.
[[nodiscard]] Json memoryCheck(const Json& memory);
/// "weights": the file that the spec starts from against its network; a head for other classes is no fault.
[[nodiscard]] Result<Json> weightsCheck(const runs::RunSpec& resolved, int classes);

}  // namespace lathe::engine::train
