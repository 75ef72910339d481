// How a snapshot lies in the store: blocks of up to 1,024 images in id order, each kept once under the digest of its rows. For
// core/data alone.
#pragma once
#include <span>

#include "core/data/snapshot.h"
#include "core/store/sql.h"

namespace lathe::data {

inline constexpr std::size_t kRowsPerBlock = 1024;

/// Columns next to each other (image ids, document ids, splits) as varint differences, zstd.
[[nodiscard]] std::string packBlock(std::span<const SnapshotItem> items);
/// Corrupt when the bytes are no block.
[[nodiscard]] Result<std::vector<SnapshotItem>> unpackBlock(std::string_view bytes);

/// Digests of the snapshot's blocks in order.
[[nodiscard]] std::vector<std::string> blockList(soci::session& sql, SnapshotId id);
[[nodiscard]] Result<std::vector<SnapshotItem>> readBlock(soci::session& sql, const std::string& digest);

}  // namespace lathe::data
