#include "core/image/block_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <cerrno>

#include "core/base/files.h"

namespace lathe::image {
namespace {

namespace fs = std::filesystem;

fs::path fileOf(const fs::path& folder, const std::string& key, cv::Size size, int type) {
    return folder / fmt::format("{}-{}x{}-{}.blocks", key, size.width, size.height, type);
}

bool transferAll(auto call, char* bytes, std::uint64_t count, std::uint64_t offset) {
    while (count > 0) {
        const ssize_t done = call(bytes, count, off_t(offset));
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes += done, count -= std::uint64_t(done), offset += std::uint64_t(done);
    }
    return true;
}

struct Kept {
    fs::path path;
    std::uint64_t bytes;
    fs::file_time_type used;
};

std::vector<Kept> keptIn(const fs::path& folder) {
    std::vector<Kept> kept;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".blocks") continue;
        std::error_code gone;
        const auto bytes = entry.file_size(gone);
        const auto used = entry.last_write_time(gone);
        if (!gone) kept.push_back({entry.path(), bytes, used});
    }
    std::ranges::sort(kept, {}, &Kept::used);
    return kept;
}

// Deleting one that is open elsewhere is harmless: its blocks live until it is closed.
void makeRoom(const fs::path& folder, std::uint64_t budget) {
    const auto kept = keptIn(folder);
    std::uint64_t sum = 0;
    for (const Kept& k : kept) sum += k.bytes;
    std::error_code ignored;
    for (const Kept& k : kept) {
        if (sum <= budget) return;
        fs::remove(k.path, ignored);
        sum -= k.bytes;
    }
}

}  // namespace

cv::Size BlockFile::halved(cv::Size size, int times) {
    return {std::max(1, size.width >> times), std::max(1, size.height >> times)};
}

BlockFile::BlockFile(int fd, fs::path file, fs::path temp, cv::Size size, int type, int levels)
    : m_fd(fd),
      m_file(std::move(file)),
      m_temp(std::move(temp)),
      m_type(type),
      m_blockBytes(std::uint64_t(kSide) * kSide * std::uint64_t(CV_ELEM_SIZE(type))) {
    for (int k = 0; k < levels; ++k) {
        const cv::Size s = halved(size, k);
        const int across = (s.width + kSide - 1) / kSide, down = (s.height + kSide - 1) / kSide;
        m_levels.push_back({s, across, m_bytes});
        m_bytes += std::uint64_t(across) * std::uint64_t(down) * m_blockBytes;
    }
}

Result<std::shared_ptr<BlockFile>> BlockFile::open(const fs::path& folder, const std::string& key, cv::Size size, int type,
                                                   int levels) {
    const fs::path file = fileOf(folder, key, size, type);
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(ErrorCode::NotFound, "not in the cache", file.string());
    std::shared_ptr<BlockFile> found(new BlockFile(fd, file, {}, size, type, levels));
    struct stat info {};
    if (::fstat(fd, &info) != 0 || std::uint64_t(info.st_size) != found->m_bytes)
        return fail(ErrorCode::NotFound, "of another size", file.string());
    std::error_code ignored;
    fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);
    return found;
}

Result<std::shared_ptr<BlockFile>> BlockFile::create(const fs::path& folder, const std::string& key, cv::Size size, int type,
                                                     int levels, std::uint64_t budget) {
    static std::atomic<unsigned> counter{0};
    LATHE_CHECK(base::makeFolders(folder));
    const fs::path file = fileOf(folder, key, size, type);
    const fs::path temp = folder / fmt::format(".{}.{}.tmp", ::getpid(), counter++);
    const int fd = ::open(temp.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return fail(base::errnoError(errno, "can't be made", temp));
    std::shared_ptr<BlockFile> made(new BlockFile(fd, file, temp, size, type, levels));
    makeRoom(folder, budget > made->m_bytes ? budget - made->m_bytes : 0);
    std::error_code error;
    const auto space = fs::space(folder, error);
    if (!error && space.available < 2 * made->m_bytes)
        return fail(ErrorCode::DiskFull, fmt::format("the picture's tiles need {} MB on disk", made->m_bytes >> 20),
                    folder.string());
    if (::ftruncate(fd, off_t(made->m_bytes)) != 0) return fail(base::errnoError(errno, "can't be made", temp));
    return made;
}

BlockFile::~BlockFile() {
    ::close(m_fd);
    std::error_code ignored;
    if (!m_temp.empty()) fs::remove(m_temp, ignored);
}

std::uint64_t BlockFile::offsetOf(const Level& level, int bx, int by) const {
    return level.offset + (std::uint64_t(by) * std::uint64_t(level.across) + std::uint64_t(bx)) * m_blockBytes;
}

bool BlockFile::load(const Level& level, int bx, int by, cv::Mat& block) const {
    block.create(kSide, kSide, m_type);
    return transferAll([this](char* to, std::uint64_t n, off_t at) { return ::pread(m_fd, to, n, at); },
                       reinterpret_cast<char*>(block.data), m_blockBytes, offsetOf(level, bx, by));
}

cv::Mat BlockFile::read(int level, cv::Rect part) const {
    const Level& of = m_levels[std::size_t(level)];
    part &= cv::Rect({}, of.size);
    cv::Mat out(part.size(), m_type), block;
    if (part.empty()) return {};
    for (int by = part.y / kSide; by * kSide < part.br().y; ++by)
        for (int bx = part.x / kSide; bx * kSide < part.br().x; ++bx) {
            if (!load(of, bx, by, block)) return {};
            const cv::Point corner(bx * kSide, by * kSide);
            const cv::Rect both = part & cv::Rect(corner, cv::Size(kSide, kSide));
            block(both - corner).copyTo(out(both - part.tl()));
        }
    return out;
}

Result<> BlockFile::write(int level, cv::Point at, const cv::Mat& pixels) {
    const Level& of = m_levels[std::size_t(level)];
    const cv::Rect part = cv::Rect(at, pixels.size()) & cv::Rect({}, of.size);
    cv::Mat block(kSide, kSide, m_type);
    for (int by = part.y / kSide; by * kSide < part.br().y; ++by)
        for (int bx = part.x / kSide; bx * kSide < part.br().x; ++bx) {
            const cv::Point corner(bx * kSide, by * kSide);
            const cv::Rect both = part & cv::Rect(corner, cv::Size(kSide, kSide));
            if (both.size() != cv::Size(kSide, kSide) && !load(of, bx, by, block))
                return fail(base::errnoError(errno, "can't be read", m_temp));
            pixels(both - part.tl()).copyTo(block(both - corner));
            const bool written = transferAll([this](char* from, std::uint64_t n, off_t to) { return ::pwrite(m_fd, from, n, to); },
                                             reinterpret_cast<char*>(block.data), m_blockBytes, offsetOf(of, bx, by));
            if (!written) return fail(base::errnoError(errno, "can't be written", m_temp));
        }
    return {};
}

Result<> BlockFile::finish() {
    std::error_code error;
    fs::rename(m_temp, m_file, error);
    if (error) return fail(base::errnoError(error.value(), "can't be renamed", m_temp));
    m_temp.clear();
    return {};
}

}  // namespace lathe::image
