// The data card of a version: what is in it, where it came from, what is missing, what was made of it.
#pragma once
#include <map>

#include "core/base/progress.h"
#include "core/data/snapshot.h"

namespace lathe::data {

/// A run trained on the version, handed down from the rooms above.
struct CardRun {
    std::string name, state, task, model;
    std::map<std::string, double> metrics;
    std::vector<std::string> packages;  ///< "name:version (state)"
};
/// Markdown, all of it derived from the workspace. Reads every document of the version: seconds for a million images.
[[nodiscard]] Result<std::string> dataCard(const store::Workspace& workspace, SnapshotId id, std::span<const CardRun> runs,
                                           std::stop_token stop = {}, const Progress& progress = {});

}  // namespace lathe::data
