// What a Workspace holds: connections, locks, the last index. For core/store alone.
#pragma once
#include <soci/soci.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/store/workspace.h"

namespace lathe::store {

class ColumnIndex;

/// A flock() on the workspace: shared while it is open, exclusive while it is checked or migrated.
class OpenLock {
public:
    OpenLock() = default;
    ~OpenLock();
    OpenLock(const OpenLock&) = delete;
    OpenLock& operator=(const OpenLock&) = delete;
    [[nodiscard]] Result<> openFile(const std::filesystem::path& file);
    /// Nobody else has the workspace open.
    [[nodiscard]] bool tryAlone();
    /// Waits up to `seconds` for one that migrates.
    [[nodiscard]] bool trySharedFor(double seconds);

private:
    int m_fd = -1;
};

/// Answers "did anything change" for about 2 µs when nothing did.
class RevisionReader {
public:
    [[nodiscard]] Result<Revision> read(const std::filesystem::path& database);

private:
    std::mutex m_mutex;
    std::unique_ptr<soci::session> m_session;
    std::unique_ptr<soci::statement> m_ask;
    int m_version = 0, m_seen = -1;
    Revision m_revision;
};

enum class Bump { Nothing, Records };

struct Workspace::Impl {
    Layout layout;
    std::string id, name;
    OpenLock lock;

    std::mutex writerMutex;
    std::unique_ptr<soci::session> writer;
    std::atomic<std::thread::id> writerThread{};

    mutable std::mutex poolMutex;
    mutable std::vector<std::unique_ptr<soci::session>> pool;

    mutable RevisionReader revision;

    std::mutex indexMutex;
    std::shared_ptr<const ColumnIndex> index;

    /// One BEGIN IMMEDIATE transaction on the writer's connection.
    [[nodiscard]] Result<> transaction(Bump bump, const std::function<Result<>(soci::session&)>& work);
    [[nodiscard]] Result<std::unique_ptr<soci::session>> borrow() const;
    void giveBack(std::unique_ptr<soci::session> session) const;
    /// `work` on a reader's connection, all of it on one state of the database.
    [[nodiscard]] Result<> reading(const std::function<Result<>(soci::session&)>& work) const;
};

}  // namespace lathe::store
