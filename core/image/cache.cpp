#include "core/image/cache.h"

#include <fmt/format.h>
#include <unistd.h>
#include <atomic>
#include <fstream>
#include <opencv2/imgcodecs.hpp>

#include "core/base/files.h"
#include "core/image/codecs.h"
#include "core/image/decode.h"
#include "core/image/rows.h"

namespace lathe::image {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargePixels = 32 << 20;

std::vector<std::uint8_t> jpegOf(const cv::Mat& picture) {
    keepOpenCvQuiet();
    std::vector<std::uint8_t> bytes;
    try {
        if (!cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, 88})) bytes.clear();
    } catch (const cv::Exception&) {
        bytes.clear();
    }
    return bytes;
}

// Renamed into place without fsync: a thumbnail that a power cut tears is decoded anew.
void keep(const fs::path& file, const cv::Mat& thumbnail) {
    static std::atomic<unsigned> counter{0};
    const std::vector<std::uint8_t> bytes = jpegOf(thumbnail);
    if (bytes.empty()) return;
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    const fs::path temp = file.parent_path() / fmt::format(".{}.{}.tmp", ::getpid(), counter++);
    {
        std::ofstream out(temp, std::ios::binary);
        out.write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
        if (!out.flush()) {
            fs::remove(temp, ignored);
            return;
        }
    }
    fs::rename(temp, file, ignored);
    if (ignored) fs::remove(temp, ignored);
}

// A JPEG is scaled while it is decoded; of others the whole would have to lie in memory.
bool isLarge(const fs::path& source) {
    const auto info = probe(source);
    return info && info->format != "jpeg" && std::int64_t(info->width) * info->height > kLargePixels;
}

/// A quick way for what cameras make; nothing when it doesn't fit, or the file is no such JPEG.
std::optional<cv::Mat> eighthOf(const fs::path& source, int side) {
    const auto info = probe(source);
    if (!info || info->format != "jpeg" || std::max(info->width, info->height) < 8 * side) return {};
    const auto bytes = base::readFile(source);
    if (!bytes) return {};
    const auto eighth = decodeJpegEighth(*bytes);
    return eighth ? std::optional(upright(toBgr8(*eighth), info->orientation)) : std::nullopt;
}

Result<cv::Mat> pictureFor(const fs::path& source, int side) {
    if (auto eighth = eighthOf(source, side)) return *eighth;
    return isLarge(source) ? decodeSmall(source, 2 * side) : decode(source, {.minSide = side});
}

std::size_t sizeOf(const cv::Mat& picture) {
    return picture.total() * picture.elemSize();
}

}  // namespace

ThumbnailCache::ThumbnailCache(fs::path folder) : m_folder(std::move(folder)) {}

Result<cv::Mat> ThumbnailCache::get(const std::string& key, const fs::path& source) const {
    if (key.size() < 3 || key.find_first_of("/.") != std::string::npos)
        return fail(ErrorCode::InvalidArgument, fmt::format("\"{}\" isn't an image's digest", key));
    const fs::path file = m_folder / key.substr(0, 2) / (key + ".jpg");
    std::error_code ignored;
    if (fs::exists(file, ignored))
        if (auto kept = decode(file)) return kept;
    LATHE_TRY(const cv::Mat picture, pictureFor(source, kSide));
    cv::Mat thumbnail = fitted(picture, kSide);
    keep(file, thumbnail);
    return thumbnail;
}

PictureCache::PictureCache(std::size_t budgetBytes) : m_budget(budgetBytes) {}

std::shared_ptr<const cv::Mat> PictureCache::find(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_at.find(key);
    if (found == m_at.end()) return nullptr;
    m_order.splice(m_order.begin(), m_order, found->second);
    return found->second->second;
}

void PictureCache::put(const std::string& key, std::shared_ptr<const cv::Mat> picture) {
    if (!picture) return;
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_at.find(key); found != m_at.end()) {
        m_bytes -= sizeOf(*found->second->second);
        m_order.erase(found->second);
        m_at.erase(found);
    }
    if (sizeOf(*picture) > m_budget) return;  // one that never fits must not drive out the others
    m_bytes += sizeOf(*picture);
    m_order.emplace_front(key, std::move(picture));
    m_at[key] = m_order.begin();
    while (m_bytes > m_budget && !m_order.empty()) {
        m_bytes -= sizeOf(*m_order.back().second);
        m_at.erase(m_order.back().first);
        m_order.pop_back();
    }
}

std::size_t PictureCache::bytes() const {
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

}  // namespace lathe::image
