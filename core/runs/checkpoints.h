// The checkpoints of a run's folder, without torch: what their headers say. Depends on core/base alone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/runs/run_folder.h"

namespace lathe::runs {

struct CheckpointRow {
    std::string name;  ///< "best", "last", "epoch:5"
    std::filesystem::path file;
    int epoch = 0;  ///< epochs done, of "best" the epoch that was best
    std::int64_t step = 0;
    std::uint64_t bytes = 0;
    double at = 0;            ///< when it was written, seconds since 1970
    bool everything = false;  ///< optimiser and random states too: a run can go on from it
    std::string metric;       ///< of the validation that came last
    std::optional<double> value;
    Json state = Json::object();  ///< the position and what else the engine keeps
    std::string problem;          ///< why it can't be used; the rest is then as far as it could be read
};
/// Best, last, then those kept by rule by epoch. A damaged one is there with its problem.
[[nodiscard]] std::vector<CheckpointRow> checkpoints(const RunFolder& folder);
/// "best", "last" or "epoch:N". NotFound lists those that there are; a damaged one is Corrupt.
[[nodiscard]] Result<CheckpointRow> findCheckpoint(const RunFolder& folder, const std::string& name);
/// The header of the safetensors file and whether the file is as long as it says; Corrupt, or InvalidData for a file of another
/// kind, with words.
[[nodiscard]] Result<CheckpointRow> readCheckpointHeader(const std::filesystem::path& file);

/// "epoch-0005.safetensors"
[[nodiscard]] std::string epochCheckpointFile(int epoch);
/// The checkpoint that a fork starts from, in its own folder.
[[nodiscard]] inline std::filesystem::path startCheckpoint(const RunFolder& folder) {
    return folder.checkpoints() / "start.safetensors";
}
/// The best so far of the run that a fork goes on from.
[[nodiscard]] inline std::filesystem::path startBestCheckpoint(const RunFolder& folder) {
    return folder.checkpoints() / "start-best.safetensors";
}

}  // namespace lathe::runs
