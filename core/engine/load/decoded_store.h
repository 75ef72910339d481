// Decoded pictures on disk: one mapped file per input geometry, shared by all runs of a workspace, keyed by the image's digest.
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::load {

/// FOLDER/GEOMETRY.bin holds the pictures, GEOMETRY.idx 80-byte records (digest as 64 hex digits, u64 slot, crc32 of the picture,
/// crc32 of the record). May be deleted at any time. Any thread; one process writes (lock), others go without.
class DecodedStore {
public:
    /// Makes room for those of `digests` that are not there yet. nullptr when the folder can't be used (read-only, locked by
    /// another run, the disk would be more than half filled): a cache is never a reason to fail.
    [[nodiscard]] static std::unique_ptr<DecodedStore> open(const std::filesystem::path& folder,
                                                            const runs::Preprocessing& preprocessing, std::size_t pictureBytes,
                                                            const std::vector<std::string>& digests);
    ~DecodedStore();
    /// Copies the picture of the digest to `out`; false when it is not there or damaged.
    [[nodiscard]] bool read(const std::string& digest, std::uint8_t* out);
    void write(const std::string& digest, const std::uint8_t* picture);

private:
    struct State;
    explicit DecodedStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace lathe::engine::load
