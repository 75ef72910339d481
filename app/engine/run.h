// `lathe-engine run FOLDER`: one run folder from its spec to its report.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/train/data.h"
#include "core/runs/run_folder.h"

namespace lathe::app {

/// A run folder made ready: its spec resolved (and written there), its data.
struct PreparedRun {
    runs::RunSpec spec;
    engine::train::TrainData data;
    std::vector<std::string> messages;
    bool precisionOpen = false;  ///< "auto" was asked for: choose_precision.h
};
[[nodiscard]] Result<PreparedRun> prepareRun(const runs::RunFolder& folder, bool resume);

struct RunOptions {
    std::filesystem::path folder;
    bool resume = false;
};
/// The exit status: 0 finished, 1 failed, 130 stopped (SIGINT, SIGTERM or the control file).
[[nodiscard]] int runFolder(const RunOptions& options);

}  // namespace lathe::app
