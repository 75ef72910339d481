// What a run leaves behind when it has finished: report.json and predictions.json (run_folder.h).
#pragma once
#include <string>
#include <vector>

#include "core/engine/train/evaluate.h"

namespace lathe::engine::train {

struct SplitOutcome {
    std::string split;
    Evaluated evaluated;
};
/// Metrics of each split; the top level repeats those of the last one given (test, if there is a test split).
[[nodiscard]] Result<Json> reportOf(const std::vector<SplitOutcome>& splits, const std::vector<std::string>& classes);
/// {"classes":[…], "samples":[…]}, Account::samples() of all splits.
[[nodiscard]] Json predictionsOf(const std::vector<SplitOutcome>& splits, const std::vector<std::string>& classes);

}  // namespace lathe::engine::train
