#include "core/store/workspace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/store/column_index.h"
#include "core/store/impl.h"
#include "core/store/migrate.h"
#include "core/store/sql.h"
#include "core/store/sqlite.h"

namespace lathe::store {
namespace {

namespace fs = std::filesystem;
using base::fail;

fs::path lockFile(const Layout& layout) {
    return layout.root / "lathe.lock";
}

std::string nameOf(const fs::path& root) {
    const fs::path leaf = root.filename().empty() ? root.parent_path().filename() : root.filename();
    return leaf.extension() == ".lathe" ? leaf.stem().string() : leaf.string();
}

Result<> makeLayout(const Layout& layout) {
    for (const auto& folder : {layout.root, layout.media(), layout.runs(), layout.models(), layout.cache()})
        LATHE_CHECK(base::makeFolders(folder));
    return {};
}

/// Errors with words for a folder that can't be a workspace.
Result<> checkFolder(const Layout& layout) {
    std::error_code ignored;
    const std::string where = layout.root.string();
    if (!fs::exists(layout.root, ignored))
        return fail(ErrorCode::NotFound, "there is no workspace; make one with `lathe init`", where);
    if (!fs::is_directory(layout.root, ignored))
        return fail(ErrorCode::InvalidArgument, "is a file, a workspace is a folder", where);
    if (!fs::exists(layout.database(), ignored))
        return fail(ErrorCode::NotFound, "is a folder, but not a workspace (it has no lathe.db); make one with `lathe init`",
                    where);
    if (!base::isWritable(layout.root) || ::access(layout.database().c_str(), W_OK) != 0)
        return fail(ErrorCode::ReadOnly, "the workspace can't be written; check the folder's permissions or copy it elsewhere",
                    where);
    LATHE_CHECK(sqlite::checkFileSystem(layout.root));
    return sqlite::checkFile(layout.database());
}

/// Alone with the workspace: look for what a crash left, bring the schema up to date.
Result<> prepareAlone(soci::session& session, const Layout& layout, bool leftovers) {
    if (leftovers) LATHE_CHECK(sqlite::checkIntegrity(session, layout.database()));
    return migrate(session, layout.database());
}

/// Others have it open: the schema must fit as it is.
Result<> prepareShared(soci::session& session, const Layout& layout) {
    LATHE_TRY(const auto state, schemaState(session, layout.database()));
    if (state == SchemaState::Newer)
        return fail(ErrorCode::NewerVersion, "the workspace was made by a newer Lathe; update this program to open it",
                    layout.root.string());
    if (state == SchemaState::Older)
        return fail(ErrorCode::Locked,
                    "the workspace must be brought to this version, but another process has it open; close that first",
                    layout.root.string());
    return {};
}

}  // namespace

OpenLock::~OpenLock() {
    if (m_fd >= 0) ::close(m_fd);
}

Result<> OpenLock::openFile(const fs::path& file) {
    m_fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (m_fd < 0) return fail(base::errnoError(errno, "the lock can't be made", file));
    return {};
}

bool OpenLock::tryAlone() {
    return ::flock(m_fd, LOCK_EX | LOCK_NB) == 0;
}

bool OpenLock::trySharedFor(double seconds) {
    const base::Stopwatch watch;
    while (::flock(m_fd, LOCK_SH | LOCK_NB) != 0) {
        if (watch.seconds() > seconds) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

fs::path Layout::file(const ImageRow& image) const {
    const fs::path path(image.path);
    return path.is_absolute() ? path : root / path;
}

Workspace::Workspace(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Workspace::~Workspace() = default;

Result<std::shared_ptr<Workspace>> Workspace::create(const fs::path& folder) {
    const Layout layout{fs::absolute(folder).lexically_normal()};
    std::error_code ignored;
    if (fs::exists(layout.database(), ignored) && fs::file_size(layout.database(), ignored) > 0)
        return fail(ErrorCode::AlreadyExists, "is a workspace already and is left as it is", folder.string());
    if (fs::exists(layout.root, ignored) && !fs::is_directory(layout.root, ignored))
        return fail(ErrorCode::AlreadyExists, "is a file; choose another name", folder.string());
    LATHE_CHECK(makeLayout(layout));
    LATHE_CHECK(sqlite::checkFileSystem(layout.root));
    LATHE_CHECK(sqlite::connect(layout.database(), sqlite::Role::Create));
    return open(folder);
}

Result<std::shared_ptr<Workspace>> Workspace::open(const fs::path& folder) {
    auto impl = std::make_unique<Impl>();
    impl->layout.root = fs::absolute(folder).lexically_normal();
    impl->name = nameOf(impl->layout.root);
    const Layout& layout = impl->layout;
    LATHE_CHECK(checkFolder(layout));
    LATHE_CHECK(impl->lock.openFile(lockFile(layout)));
    const bool alone = impl->lock.tryAlone();
    if (!alone && !impl->lock.trySharedFor(3))
        return fail(ErrorCode::Locked, "another process is checking or updating the workspace; try again when it has finished",
                    folder.string());
    const bool leftovers = alone && sqlite::hasLeftovers(layout.database());
    LATHE_TRY(impl->writer, sqlite::connect(layout.database(), sqlite::Role::Writer));
    LATHE_CHECK(alone ? prepareAlone(*impl->writer, layout, leftovers) : prepareShared(*impl->writer, layout));
    if (alone && !impl->lock.trySharedFor(3))
        return fail(ErrorCode::Locked, "another process has taken the workspace; try again when it has finished", folder.string());
    LATHE_CHECK(makeLayout(layout));
    LATHE_CHECK(impl->reading([&](soci::session& sql) -> Result<> {
        sql << "SELECT value FROM meta WHERE key='id'", soci::into(impl->id);
        return {};
    }));
    return std::shared_ptr<Workspace>(new Workspace(std::move(impl)));
}

const Layout& Workspace::layout() const {
    return m_impl->layout;
}
std::string Workspace::id() const {
    return m_impl->id;
}
std::string Workspace::name() const {
    return m_impl->name;
}

Result<> Workspace::write(const std::function<Result<>(soci::session&)>& work) {
    return m_impl->transaction(Bump::Records, work);
}
Result<> Workspace::read(const std::function<Result<>(soci::session&)>& work) const {
    return m_impl->reading(work);
}

Revision Workspace::revision() const {
    const auto revision = m_impl->revision.read(m_impl->layout.database());
    return revision ? *revision : Revision{};
}

}  // namespace lathe::store
