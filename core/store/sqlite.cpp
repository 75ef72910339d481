#include "core/store/sqlite.h"

#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/vfs.h>

#include <fstream>

#include "core/base/files.h"

namespace lathe::store::sqlite {
namespace {

namespace fs = std::filesystem;
using base::fail;

constexpr int kFull = 13, kReadOnly = 8, kCantOpen = 14, kBusy = 5, kLocked = 6, kCorrupt = 11, kNotADatabase = 26, kIo = 10,
              kConstraint = 19;

void settings(soci::session& sql, Role role) {
    if (role == Role::Create) sql << "PRAGMA page_size=8192";
    sql << "PRAGMA busy_timeout=5000";
    if (role != Role::Reader) sql << "PRAGMA journal_mode=WAL";
    sql << "PRAGMA synchronous=FULL";
    // 32 MB: an import's batches of a few MB each don't bring the log home (two more flushes) one by one.
    sql << "PRAGMA wal_autocheckpoint=4000";
    sql << "PRAGMA foreign_keys=ON";
    sql << "PRAGMA temp_store=MEMORY";
    sql << "PRAGMA cache_size=-32768";
    sql << "PRAGMA mmap_size=0";
}

/// SQLite calls it an I/O error when there is no room for its shared memory file, or a failed opening.
bool noRoom(const fs::path& database) {
    constexpr std::uintmax_t kSharedMemory = 32768;
    std::error_code error;
    const auto space = fs::space(database.parent_path(), error);
    return !error && space.available < kSharedMemory;
}

Error describe(int code, const std::string& text, const fs::path& database) {
    const std::string where = database.string();
    const int kind = code & 0xff;
    switch ((kind == kIo || kind == kCantOpen) && noRoom(database) ? kFull : kind) {
        case kFull:
            return {ErrorCode::DiskFull, "the disk is full; free some space and try again, what was saved before is kept", where};
        case kReadOnly: return {ErrorCode::ReadOnly, "the workspace can't be written; check the folder's permissions", where};
        case kCantOpen:
            return {ErrorCode::Io, "the database can't be opened; check that the folder exists and can be written", where};
        case kBusy:
        case kLocked: return {ErrorCode::Locked, "another process is writing; try again when it has finished", where};
        case kCorrupt:
        case kNotADatabase:
            return {ErrorCode::Corrupt, fmt::format("the database is damaged ({}); restore it from a copy", text), where};
        case kIo: return {ErrorCode::Io, fmt::format("reading or writing failed ({}); check the disk", text), where};
        case kConstraint: return {ErrorCode::InvalidData, fmt::format("a record breaks a rule of the workspace ({})", text), where};
        default: return {ErrorCode::Internal, text, where};
    }
}

}  // namespace

Error errorOf(const std::exception& exception, const fs::path& database) {
    if (const auto* error = dynamic_cast<const soci::sqlite3_soci_error*>(&exception))
        return describe(error->result(), error->what(), database);
    const std::string text = exception.what();
    // SOCI's prepare and open paths throw the plain class: only the text tells a full or busy database apart.
    if (text.find("disk is full") != std::string::npos) return describe(kFull, text, database);
    if (text.find("locked") != std::string::npos) return describe(kBusy, text, database);
    if (text.find("malformed") != std::string::npos || text.find("not a database") != std::string::npos)
        return describe(kCorrupt, text, database);
    if (text.find("disk I/O error") != std::string::npos) return describe(kIo, text, database);
    if (text.find("readonly") != std::string::npos) return describe(kReadOnly, text, database);
    if (text.find("unable to open") != std::string::npos) return describe(kCantOpen, text, database);
    return {ErrorCode::Internal, text, database.string()};
}

Result<std::unique_ptr<soci::session>> connect(const fs::path& database, Role role) {
    const std::string path = database.string();
    if (path.find('"') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "a workspace's path can't hold a double quote; rename the folder", path);
    try {
        auto session = std::make_unique<soci::session>(*soci::factory_sqlite3(), fmt::format("dbname=\"{}\" timeout=5", path));
        settings(*session, role);
        return session;
    } catch (const std::exception& exception) {
        return fail(errorOf(exception, database));
    }
}

Result<> checkFile(const fs::path& database) {
    std::ifstream file(database, std::ios::binary);
    if (!file) return fail(base::errnoError(errno, "the workspace can't be read", database));
    char head[16] = {};
    file.read(head, sizeof head);
    if (file.gcount() == 0 || std::string_view(head, std::size_t(file.gcount())) == std::string_view("SQLite format 3\0", 16))
        return {};
    return fail(ErrorCode::Corrupt, "is not a database of Lathe; restore it from a copy", database.string());
}

bool hasLeftovers(const fs::path& database) {
    std::error_code error;
    const auto size = fs::file_size(database.string() + "-wal", error);
    return !error && size > 0;
}

Result<> checkIntegrity(soci::session& session, const fs::path& database) {
    try {
        std::string answer;
        session << "PRAGMA quick_check(1)", soci::into(answer);
        if (answer == "ok") return {};
        return fail(ErrorCode::Corrupt, fmt::format("the database is damaged ({}); restore it from a copy", answer),
                    database.string());
    } catch (const std::exception& exception) {
        return fail(errorOf(exception, database));
    }
}

Result<> checkFileSystem(const fs::path& folder) {
    struct statfs info {};
    if (::statfs(folder.c_str(), &info) != 0) return fail(base::errnoError(errno, "the folder can't be read", folder));
    const auto type = static_cast<unsigned long>(info.f_type);
    constexpr unsigned long kNfs = 0x6969, kSmb = 0x517B, kSmb2 = 0xFE534D42, kCifs = 0xFF534D42, kCeph = 0x00c36400;
    if (type == kNfs || type == kSmb || type == kSmb2 || type == kCifs || type == kCeph)
        return fail(ErrorCode::Unsupported,
                    "is on a network file system, where two processes can't share a workspace safely; "
                    "put it on a local disk",
                    folder.string());
    return {};
}

void checkpoint(soci::session& session) {
    try {
        session << "PRAGMA wal_checkpoint(PASSIVE)";
    } catch (const std::exception&) {
        return;  // the next commit over the automatic limit does it
    }
}

}  // namespace lathe::store::sqlite
