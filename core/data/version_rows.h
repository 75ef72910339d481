// Rows of the version tree inside a transaction. For core/data alone.
#pragma once
#include <span>

#include "core/data/snapshot.h"
#include "core/store/sql.h"

namespace lathe::data {

/// Keys of meta: from which snapshots the present state descends.
inline constexpr const char* kHeadKey = "version_head";
inline constexpr const char* kMergedKey = "version_merged";

[[nodiscard]] long long metaNumber(soci::session& sql, const std::string& key);
void setMetaNumber(soci::session& sql, const std::string& key, long long value);

/// InvalidArgument: an empty tag, or one with line breaks.
[[nodiscard]] Result<> checkTags(const std::vector<std::string>& tags);
void addTags(soci::session& sql, SnapshotId id, const std::vector<std::string>& tags);

/// An image that an older snapshot froze stays that one's. InvalidArgument: none at all.
[[nodiscard]] Result<> freezeImages(soci::session& sql, SnapshotId id, std::span<const ImageId> images);
void unfreezeImages(soci::session& sql, SnapshotId id);
/// Ids of all frozen test images, ascending.
[[nodiscard]] std::vector<std::int64_t> frozenImages(soci::session& sql);
/// What a verb says about frozen images that it left alone, or changed when forced.
[[nodiscard]] Problem frozenProblem(std::size_t images, const std::string& deed, bool forced);

}  // namespace lathe::data
