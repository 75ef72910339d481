// Fingerprints of pictures by their content, in a file of the workspace's cache/. For core/data alone.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/files.h"
#include "core/image/phash.h"

namespace lathe::data {

using ContentDigest = std::array<std::uint8_t, 32>;  ///< SHA-256
using PixelDigest = std::array<std::uint8_t, 16>;    ///< the first half of image::pixelDigest(); all 0: not known
/// Of lower-case hex; nullopt when it is shorter or something else.
[[nodiscard]] std::optional<ContentDigest> contentDigest(std::string_view hex);

/// May be deleted at any time. Records of a fixed size, each with a checksum, are only ever appended; of two with the same digest
/// the later holds. What a crash left unfinished at the end is cut off. One process at a time writes: a second one, or one whose
/// disk refuses, reads and keeps nothing. One thread.
class FingerprintCache {
public:
    struct Entry {
        ContentDigest digest{};
        image::Fingerprint print;
        PixelDigest pixels{};
    };
    /// Reads FOLDER/fingerprints.bin; ~136 bytes an entry.
    explicit FingerprintCache(const std::filesystem::path& folder);
    [[nodiscard]] const Entry* find(const ContentDigest& digest) const;
    /// Appends to the file; find() doesn't know them.
    void keep(const std::vector<Entry>& entries);
    /// Frees the memory of what was read.
    void forget();

private:
    void read();
    void startAnew();

    std::filesystem::path m_file;
    std::optional<base::FileLock> m_lock;
    std::vector<Entry> m_entries;  ///< by digest
};

}  // namespace lathe::data
