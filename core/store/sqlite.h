// The one place that names SQLite: connections, their settings, what its result codes mean. For core/store alone.
#pragma once
#include <exception>
#include <filesystem>
#include <memory>

#include "core/base/result.h"

namespace soci {
class session;
}

namespace lathe::store::sqlite {

enum class Role { Create, Writer, Reader };

/// A connection with the settings measured for its role (WAL, synchronous FULL, 8 KiB pages, 32 MiB cache, 5 s busy timeout).
[[nodiscard]] Result<std::unique_ptr<soci::session>> connect(const std::filesystem::path& database, Role role);
/// What an exception of SOCI means, in words. Call it in a catch clause's body.
[[nodiscard]] Error errorOf(const std::exception& exception, const std::filesystem::path& database);
/// Is the file there and does it begin as a database does (an empty file counts: one being made)?
[[nodiscard]] Result<> checkFile(const std::filesystem::path& database);
/// Committed pages that a crash left in the write-ahead log: the last close was not clean, if nobody has the workspace open.
[[nodiscard]] bool hasLeftovers(const std::filesystem::path& database);
/// Error Corrupt, naming the first thing found.
[[nodiscard]] Result<> checkIntegrity(soci::session& session, const std::filesystem::path& database);
/// WAL needs shared memory: network file systems are refused.
[[nodiscard]] Result<> checkFileSystem(const std::filesystem::path& folder);
/// Moves the log's pages into the database as far as readers allow, so that no commit has to.
void checkpoint(soci::session& session);

}  // namespace lathe::store::sqlite
