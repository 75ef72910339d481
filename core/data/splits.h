// Splits: which images train, which choose, which test. The same images, options and seed give the same answer in every workspace.
#pragma once
#include "core/base/problem.h"
#include "core/store/workspace.h"

namespace lathe::data {

struct SplitOptions {
    double train = 0.8, val = 0.1, test = 0.1;  ///< normalised if they don't sum to 1
    /// Classes keep their shares: exactly when every image has one class, else by iterative stratification (splits_stratify.h).
    bool stratify = false;
    /// Images of one group stay together: "folder"; "prefix:TEXT" (the file's name up to TEXT); "name:REGEX" (the first group of
    /// the match, else all of it); "attribute:KEY" (of the image); "meta:KEY" (of the imported fields, '.' goes deeper); "group",
    /// the workspace's own rule (store/image_groups.h). Images without a value are groups of their own. "" none.
    std::string group;
    /// "" at random; "time" oldest train, newest test, by when they came in ("time:KEY": by an imported field); "hash" from content
    /// and seed alone, so that new images never move old ones (shares hold on average).
    std::string by;
    std::uint64_t seed = 0;
    bool onlyNew = false;  ///< only images without a split; one whose group has a split joins it
    bool force = false;    ///< frozen test images too
};
struct SplitReport {
    std::vector<std::pair<std::string, std::int64_t>> counts;  ///< train, val, test of all images afterwards
    std::int64_t moved = 0;                                    ///< images whose split is another one now
    Problems problems;                                         ///< "frozen_test": left where they were
};
/// Frozen test images count as test. InvalidArgument for shares, groups and orders that can't be meant.
[[nodiscard]] Result<SplitReport> assignSplits(store::Workspace& workspace, const SplitOptions& options);

}  // namespace lathe::data
