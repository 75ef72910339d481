#include "core/data/media.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/image/decode.h"
#include "core/image/measure.h"
#include "core/image/rows.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;
using base::fail;

constexpr std::uint64_t kLargestFile = 1ull << 30;
constexpr int kMeasuredSide = 512;

/// Large pictures are decoded one at a time, so that the cores together stay within 2 GB.
bool isBig(const image::ImageInfo& info) {
    return std::uint64_t(info.width) * std::uint64_t(info.height) >= 40'000'000;
}

std::unique_lock<std::mutex> bigOnesAlone(const image::ImageInfo& info) {
    static std::mutex mutex;
    if (!isBig(info)) return {};
    return std::unique_lock(mutex);
}

Result<image::Measures> decoded(const std::string& bytes, const fs::path& file, bool isFile, const image::ImageInfo& info) {
    const auto alone = bigOnesAlone(info);
    if (isFile && isBig(info) && (info.format == "png" || info.format == "tiff")) {
        LATHE_TRY(const cv::Mat small, image::decodeSmall(file, kMeasuredSide));
        return image::measure(small);
    }
    image::DecodeOptions options;
    options.minSide = kMeasuredSide / 2;
    // A JPEG is decoded as small as it may be; the others in full, perhaps with 8 bytes a pixel on the way.
    if (info.format != "jpeg") options.maxPixels = 1ull << 27;
    LATHE_TRY(const cv::Mat picture, image::decodeBytes(bytes, file.filename().string(), options));
    return image::measure(image::fitted(picture, kMeasuredSide));
}

bool isKnown(const store::Workspace& workspace, const std::string& digest) {
    bool known = false;
    const auto asked = workspace.read([&](soci::session& sql) -> Result<> {
        long long id = 0;
        sql << "SELECT id FROM image WHERE digest = :d LIMIT 1", soci::use(digest), soci::into(id);
        known = sql.got_data();
        return {};
    });
    return asked && known;
}

std::string suffixOf(const fs::path& file) {
    std::string suffix = file.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return suffix;
}

Result<> writeWhole(const fs::path& to, const std::string& bytes) {
    static std::atomic<unsigned> counter{0};
    const fs::path temp = to.parent_path() / fmt::format(".{}.{}.tmp", ::getpid(), counter++);
    const int fd = ::open(temp.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return fail(base::errnoError(errno, "the copy can't be written", to));
    int error = 0;
    for (std::size_t at = 0; at < bytes.size() && error == 0;) {
        const ssize_t n = ::write(fd, bytes.data() + at, bytes.size() - at);
        if (n < 0 && errno != EINTR) error = errno;
        if (n > 0) at += std::size_t(n);
    }
    ::close(fd);
    if (error == 0 && ::rename(temp.c_str(), to.c_str()) != 0) error = errno;
    if (error == 0) return {};
    ::unlink(temp.c_str());
    return fail(base::errnoError(error, "the copy can't be written", to));
}

}  // namespace

MediaStore::MediaStore(const store::Workspace& workspace, bool copy, bool dryRun)
    : m_workspace(workspace), m_copy(copy), m_dryRun(dryRun) {}

Result<Examined> MediaStore::examine(const fs::path& file) const {
    LATHE_TRY(const std::string bytes, base::readFile(file, kLargestFile));
    return look(bytes, file, true);
}

Result<Examined> MediaStore::examineBytes(const std::string& bytes, const fs::path& name) const {
    return look(bytes, name, false);
}

Result<Examined> MediaStore::look(const std::string& bytes, const fs::path& file, bool isFile) const {
    Examined found;
    found.bytes = std::int64_t(bytes.size());
    found.digest = base::sha256(bytes);
    found.known = isKnown(m_workspace, found.digest);
    LATHE_TRY(const auto info, image::probeBytes(bytes, file.filename().string()));
    found.width = info.width, found.height = info.height, found.channels = info.channels;
    if (!found.known) {
        LATHE_TRY(const auto measured, decoded(bytes, file, isFile, info));
        found.brightness = measured.brightness, found.contrast = measured.contrast, found.sharpness = measured.sharpness;
        found.entropy = measured.entropy, found.colourfulness = measured.colourfulness;
    }
    if (found.known || m_dryRun) return found;
    if (m_copy || !isFile) {
        LATHE_TRY(found.path, keep(file, bytes, found.digest));
    } else {
        found.path = fs::absolute(file).lexically_normal().string();
    }
    return found;
}

Result<std::string> MediaStore::keep(const fs::path& file, const std::string& bytes, const std::string& digest) const {
    const std::string relative = fmt::format("media/{}/{}{}", digest.substr(0, 2), digest, suffixOf(file));
    const fs::path to = m_workspace.layout().root / relative;
    LATHE_CHECK(base::makeFolders(to.parent_path()));
    // The database doesn't name it yet: whatever lies there may be what a crash left, so it is written again.
    LATHE_CHECK(writeWhole(to, bytes));
    m_unsynced = true;
    return relative;
}

Result<> MediaStore::sync() const {
    if (m_dryRun || !m_unsynced.exchange(false)) return {};
    // One flush for a whole batch instead of two fsyncs a file.
    const int fd = ::open(m_workspace.layout().media().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return fail(base::errnoError(errno, "the media folder can't be read", m_workspace.layout().media()));
    const int answer = ::syncfs(fd);
    const int error = errno;
    ::close(fd);
    if (answer != 0) return fail(base::errnoError(error, "the copies can't be made durable", m_workspace.layout().media()));
    return {};
}

bool MediaStore::stopsAll(const Error& error) const {
    const bool disk = error.code == ErrorCode::DiskFull || error.code == ErrorCode::ReadOnly;
    return disk && error.context.starts_with(m_workspace.layout().root.string());
}

}  // namespace lathe::data
