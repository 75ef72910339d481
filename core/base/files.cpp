#include "core/base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace lathe::base {
namespace {

class Fd {
public:
    explicit Fd(int fd) : m_fd(fd) {}
    ~Fd() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool ok() const { return m_fd >= 0; }

private:
    int m_fd;
};

fs::path tempBeside(const fs::path& file) {
    static std::atomic<unsigned> counter{0};
    return file.parent_path() / fmt::format(".{}.{}.{}.tmp", file.filename().string(), ::getpid(), counter++);
}

bool writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes.remove_prefix(std::size_t(n));
    }
    return true;
}

void syncFolder(const fs::path& folder) {
    const Fd fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.ok()) ::fsync(fd.get());
}

Result<> moveIntoPlace(const fs::path& temp, const fs::path& file) {
    if (::rename(temp.c_str(), file.c_str()) != 0) {
        const int number = errno;
        ::unlink(temp.c_str());
        return fail(errnoError(number, "could not be written", file));
    }
    syncFolder(file.parent_path());
    return {};
}

}  // namespace

Error errnoError(int number, std::string_view what, const fs::path& file) {
    ErrorCode code = ErrorCode::Io;
    std::string advice;
    if (number == ENOSPC || number == EDQUOT) code = ErrorCode::DiskFull, advice = "; free some space and try again";
    if (number == EROFS || number == EACCES || number == EPERM)
        code = ErrorCode::ReadOnly, advice = "; check the folder's permissions";
    if (number == ENOENT) code = ErrorCode::NotFound;
    return {code, fmt::format("{}: {}{}", what, std::strerror(number), advice), file.string()};
}

Result<std::string> readFile(const fs::path& file, std::uint64_t limit) {
    const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.ok()) return fail(errnoError(errno, "can't be opened", file));
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return fail(errnoError(errno, "can't be read", file));
    if (S_ISDIR(info.st_mode)) return fail(ErrorCode::InvalidData, "is a folder, a file is needed", file.string());
    if (std::uint64_t(info.st_size) > limit)
        return fail(ErrorCode::Unsupported, fmt::format("is larger than {} bytes", limit), file.string());
    std::string bytes(std::size_t(info.st_size), '\0');
    std::size_t at = 0;
    while (at < bytes.size()) {
        const ssize_t n = ::read(fd.get(), bytes.data() + at, bytes.size() - at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(errnoError(errno, "can't be read", file));
        if (n == 0) break;
        at += std::size_t(n);
    }
    bytes.resize(at);
    return bytes;
}

Result<> writeFileAtomically(const fs::path& file, std::string_view bytes) {
    const fs::path temp = tempBeside(file);
    {
        const Fd fd(::open(temp.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        if (!fd.ok()) return fail(errnoError(errno, "could not be written", file));
        if (!writeAll(fd.get(), bytes) || ::fsync(fd.get()) != 0) {
            const int number = errno;
            ::unlink(temp.c_str());
            return fail(errnoError(number, "could not be written", file));
        }
    }
    return moveIntoPlace(temp, file);
}

Result<> copyFileAtomically(const fs::path& from, const fs::path& to) {
    std::error_code ignored;
    if (fs::exists(to, ignored)) return fail(ErrorCode::AlreadyExists, "exists already and is left as it is", to.string());
    const Fd in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in.ok()) return fail(errnoError(errno, "can't be opened", from));
    const fs::path temp = tempBeside(to);
    {
        const Fd out(::open(temp.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        if (!out.ok()) return fail(errnoError(errno, "could not be written", to));
        bool ok = ::ioctl(out.get(), FICLONE, in.get()) == 0;
        if (!ok) {
            std::string buffer(1 << 20, '\0');
            ok = true;
            for (ssize_t n; ok && (n = ::read(in.get(), buffer.data(), buffer.size())) != 0;)
                ok = n > 0 && writeAll(out.get(), std::string_view(buffer.data(), std::size_t(n)));
        }
        if (!ok || ::fsync(out.get()) != 0) {
            const int number = errno;
            ::unlink(temp.c_str());
            return fail(errnoError(number, "could not be copied", to));
        }
    }
    return moveIntoPlace(temp, to);
}

Result<> makeFolders(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(errnoError(error.value(), "the folder can't be made", folder));
    return {};
}

bool isWritable(const fs::path& folder) {
    return ::access(folder.c_str(), W_OK | X_OK) == 0;
}

Result<FileLock> FileLock::tryLock(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return fail(errnoError(errno, "the lock can't be made", file));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        ::close(fd);
        return fail(ErrorCode::Locked, "is in use by another process; wait for it or end it", file.string());
    }
    return FileLock(fd);
}

bool FileLock::isHeld(const fs::path& file) {
    const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.ok()) return false;
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) return true;
    ::flock(fd.get(), LOCK_UN);
    return false;
}

FileLock::FileLock(FileLock&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
}
FileLock::~FileLock() {
    if (m_fd >= 0) ::close(m_fd);
}

TempFolder::TempFolder(std::string_view prefix) {
    std::string pattern = (fs::temp_directory_path() / fmt::format("{}XXXXXX", prefix)).string();
    if (::mkdtemp(pattern.data())) m_path = pattern;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    if (!m_path.empty()) fs::remove_all(m_path, ignored);
}

}  // namespace lathe::base
