// Image files on their way in: read once, named by content, really decoded, copied whole. For core/data alone.
#pragma once
#include <atomic>
#include <filesystem>
#include <optional>
#include <string>

#include "core/store/workspace.h"

namespace lathe::data {

/// What a file turned out to be.
struct Examined {
    std::string digest, path;  ///< path as ImageRow has it
    int width = 0, height = 0, channels = 0;
    double brightness = -1, contrast = -1, sharpness = -1, entropy = -1, colourfulness = -1;
    std::int64_t bytes = -1;
    bool known = false;  ///< the workspace has this content already; nothing was decoded or copied
};

class MediaStore {
public:
    /// `copy`: into the workspace's media folder by digest, else registered where it is.
    MediaStore(const store::Workspace& workspace, bool copy, bool dryRun);
    /// Any thread. Errors name the reason why the file can't be used as an image.
    [[nodiscard]] Result<Examined> examine(const std::filesystem::path& file) const;
    /// The same of bytes that are no file of their own; `name` gives the suffix. Always copied into the workspace.
    [[nodiscard]] Result<Examined> examineBytes(const std::string& bytes, const std::filesystem::path& name) const;
    /// Makes the copies so far durable. Before the transaction that names them.
    [[nodiscard]] Result<> sync() const;
    /// Is it the workspace's own disk that fails (full, not writable), not one file? Then going on is of no use.
    [[nodiscard]] bool stopsAll(const Error& error) const;

private:
    [[nodiscard]] Result<Examined> look(const std::string& bytes, const std::filesystem::path& file, bool isFile) const;
    [[nodiscard]] Result<std::string> keep(const std::filesystem::path& file, const std::string& bytes,
                                           const std::string& digest) const;

    const store::Workspace& m_workspace;
    bool m_copy, m_dryRun;
    mutable std::atomic<bool> m_unsynced = false;  ///< copies were made since the last sync()
};

}  // namespace lathe::data
