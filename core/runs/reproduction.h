// Do two runs of the same spec give the same numbers? Bit for bit, but for what measures time.
#pragma once
#include <string>
#include <vector>

#include "core/runs/runs.h"

namespace lathe::runs {

/// Is the series or report key about speed or the clock, so that it can't be equal?
[[nodiscard]] bool measuresTime(std::string_view name);
/// One line per difference ("val/loss at step 12: 0.5 and 0.25"); empty: equal. Compares every metric series and report.json,
/// predictions.json.
[[nodiscard]] Result<std::vector<std::string>> differences(const RunFolder& a, const RunFolder& b);

}  // namespace lathe::runs
