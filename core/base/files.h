// Files that are whole or not there: temp file, fsync, rename. Locks that end with their process.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lathe::base {

namespace fs = std::filesystem;

/// The whole file as bytes; an error above `limit` bytes.
[[nodiscard]] Result<std::string> readFile(const fs::path& file, std::uint64_t limit = 4ull << 30);
/// Temp file in the same folder, fsync, rename, fsync of the folder. Replaces an existing file in one step.
[[nodiscard]] Result<> writeFileAtomically(const fs::path& file, std::string_view bytes);
/// Copies by reflink where the file system can, else by bytes; atomic as above. Fails if `to` exists.
[[nodiscard]] Result<> copyFileAtomically(const fs::path& from, const fs::path& to);
[[nodiscard]] Result<> makeFolders(const fs::path& folder);
/// True when a file could be made in the folder.
[[nodiscard]] bool isWritable(const fs::path& folder);
/// The error for errno after a failed call on `file` (DiskFull, ReadOnly, NotFound, Io), with words.
[[nodiscard]] Error errnoError(int number, std::string_view what, const fs::path& file);

/// An advisory flock() on a file; the kernel frees it when the process ends, however it ends.
class FileLock {
public:
    /// ErrorCode::Locked when another process has it. Makes the file if it is missing.
    [[nodiscard]] static Result<FileLock> tryLock(const fs::path& file);
    /// Is it held by someone (this process included)? Doesn't take it.
    [[nodiscard]] static bool isHeld(const fs::path& file);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    explicit FileLock(int fd) : m_fd(fd) {}
    int m_fd = -1;
};

/// A folder below the system's temporary folder that is removed with the object.
class TempFolder {
public:
    explicit TempFolder(std::string_view prefix = "lathe-");
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

}  // namespace lathe::base
