// The images of a workspace with their fingerprints: known ones from the cache, the others decoded. For core/data alone.
#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/problem.h"
#include "core/base/progress.h"
#include "core/data/fingerprint_cache.h"
#include "core/store/workspace.h"

namespace lathe::data {

struct Look {
    ImageId id;
    int width = 0, height = 0;
    std::uint8_t split = 0;  ///< place in Looks::splits
    FingerprintCache::Entry known;
};

struct Looks {
    std::vector<Look> all;            ///< by id
    std::vector<std::string> splits;  ///< the first is "", no split
    std::int64_t decoded = 0, excluded = 0;
    Problems problems;
};
/// What is decoded goes into `cache` as it goes, so that a stop keeps it.
[[nodiscard]] Result<Looks> collectLooks(const store::Workspace& workspace, const std::string& query, FingerprintCache& cache,
                                         std::stop_token stop, const Progress& progress);

/// Finds the pixel digests of those at `places` that don't have one; into `cache`, too. Files that can't be decoded are problems.
[[nodiscard]] Result<> collectPixels(const store::Workspace& workspace, Looks& looks, const std::vector<std::uint32_t>& places,
                                     FingerprintCache& cache, std::stop_token stop, const Progress& progress);

}  // namespace lathe::data
