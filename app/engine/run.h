// `lathe-engine run FOLDER`: one run folder from its spec to its report.
#pragma once
#include <filesystem>

namespace lathe::app {

struct RunOptions {
    std::filesystem::path folder;
    bool resume = false;
};
/// The exit status: 0 finished, 1 failed, 130 stopped (SIGINT, SIGTERM or the control file).
[[nodiscard]] int runFolder(const RunOptions& options);

}  // namespace lathe::app
