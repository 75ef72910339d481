// What a run leaves behind when it has finished: report.json and predictions.json (run_folder.h).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/train/evaluate.h"

namespace lathe::engine::train {

/// One labelled image of the manifest, in the order of the pictures.
struct Item {
    std::int64_t image = 0;
    std::string split;  ///< "train", "val" or "test"
    int label = -1;
    std::string name;  ///< for messages: its path
};
struct SplitOutcome {
    std::string split;
    Evaluated evaluated;
};
/// Metrics of each split; the top level repeats those of the last one given (test, if there is a test split).
[[nodiscard]] Json reportOf(const std::vector<SplitOutcome>& splits, const std::vector<std::string>& classes);
/// {"classes":[…], "samples":[{image, split, label, predicted, confidence, probabilities}]}
[[nodiscard]] Json predictionsOf(const std::vector<SplitOutcome>& splits, const std::vector<Item>& items,
                                 const std::vector<std::string>& classes);

}  // namespace lathe::engine::train
