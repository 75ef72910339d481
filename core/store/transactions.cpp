// Reads and writes of a workspace: one writer, a pool of readers, the revision.
#include "core/store/column_index.h"
#include "core/store/impl.h"
#include "core/store/sql.h"
#include "core/store/sqlite.h"

namespace lathe::store {
namespace {

using base::fail;
namespace fs = std::filesystem;

void rollBack(soci::session& sql) {
    try {
        sql << "ROLLBACK";
    } catch (const std::exception&) {
        return;  // SQLite has rolled back by itself already (disk full)
    }
}

/// BEGIN IMMEDIATE waits busy_timeout for another process's transaction; an import's may take longer, so ask a few times.
void begin(soci::session& sql) {
    for (int turn = 0;; ++turn) {
        try {
            sql << "BEGIN IMMEDIATE";
            return;
        } catch (const std::exception& exception) {
            if (turn == 5 || sqlite::errorOf(exception, {}).code != ErrorCode::Locked) throw;
        }
    }
}

Result<> run(soci::session& sql, const fs::path& database, const std::function<Result<>()>& body) {
    try {
        return body();
    } catch (const std::exception& exception) {
        const Error error = sqlite::errorOf(exception, database);
        rollBack(sql);
        return fail(error);
    }
}

}  // namespace

Result<> Workspace::Impl::transaction(Bump bump, const std::function<Result<>(soci::session&)>& work) {
    if (writerThread.load() == std::this_thread::get_id())
        return fail(ErrorCode::Internal, "a write within a write of the workspace", layout.root.string());
    const std::lock_guard guard(writerMutex);
    struct Mark {
        std::atomic<std::thread::id>& thread;
        explicit Mark(std::atomic<std::thread::id>& t) : thread(t) { thread = std::this_thread::get_id(); }
        ~Mark() { thread = std::thread::id(); }
    } mark(writerThread);
    soci::session& sql = *writer;
    return run(sql, layout.database(), [&]() -> Result<> {
        begin(sql);
        if (auto done = work(sql); !done) {
            rollBack(sql);
            return fail(std::move(done).error());
        }
        if (bump == Bump::Records) sql << "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'records'";
        sql << "COMMIT";
        return {};
    });
}

Result<std::unique_ptr<soci::session>> Workspace::Impl::borrow() const {
    {
        const std::lock_guard guard(poolMutex);
        if (!pool.empty()) {
            auto session = std::move(pool.back());
            pool.pop_back();
            return session;
        }
    }
    return sqlite::connect(layout.database(), sqlite::Role::Reader);
}

void Workspace::Impl::giveBack(std::unique_ptr<soci::session> session) const {
    constexpr std::size_t kKept = 8;
    const std::lock_guard guard(poolMutex);
    if (pool.size() < kKept) pool.push_back(std::move(session));
}

Result<> Workspace::Impl::reading(const std::function<Result<>(soci::session&)>& work) const {
    LATHE_TRY(auto session, borrow());
    auto answer = run(*session, layout.database(), [&]() -> Result<> {
        *session << "BEGIN";
        auto done = work(*session);
        *session << "COMMIT";
        return done;
    });
    // A connection whose transaction may still be open is dropped rather than lent again.
    if (answer || (answer.error().code != ErrorCode::Locked && answer.error().code != ErrorCode::Io)) giveBack(std::move(session));
    return answer;
}

Result<Revision> RevisionReader::read(const fs::path& database) {
    const std::lock_guard guard(m_mutex);
    try {
        if (!m_session) {
            LATHE_TRY(m_session, sqlite::connect(database, sqlite::Role::Reader));
            m_ask = std::make_unique<soci::statement>((m_session->prepare << "PRAGMA data_version", soci::into(m_version)));
        }
        m_ask->execute(true);
        if (m_version == m_seen) return m_revision;
        m_revision.journal = oneNumber(*m_session, "SELECT max(seq) FROM journal");
        m_revision.records = oneNumber(*m_session, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='records'");
        m_seen = m_version;
        return m_revision;
    } catch (const std::exception& exception) {
        return fail(sqlite::errorOf(exception, database));
    }
}

}  // namespace lathe::store
