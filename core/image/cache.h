// Thumbnails on disk and decoded pictures in memory.
#pragma once
#include <cstddef>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <opencv2/core/mat.hpp>
#include <string>
#include <unordered_map>

#include "core/base/result.h"

namespace lathe::image {

/// JPEG thumbnails (longer side kSide) in FOLDER/ab/DIGEST.jpg; may be deleted at any time. Any thread.
class ThumbnailCache {
public:
    static constexpr int kSide = 256;
    explicit ThumbnailCache(std::filesystem::path folder);
    /// From the cache, else decoded from `source` at reduced size and kept. `key` is the image's digest.
    [[nodiscard]] Result<cv::Mat> get(const std::string& key, const std::filesystem::path& source) const;

private:
    std::filesystem::path m_folder;
};

/// Least-recently-used pictures within a budget in bytes; a picture above the whole budget is not kept. Any thread.
class PictureCache {
public:
    explicit PictureCache(std::size_t budgetBytes);
    [[nodiscard]] std::shared_ptr<const cv::Mat> find(const std::string& key);
    void put(const std::string& key, std::shared_ptr<const cv::Mat> picture);
    [[nodiscard]] std::size_t bytes() const;

private:
    using Entry = std::pair<std::string, std::shared_ptr<const cv::Mat>>;
    mutable std::mutex m_mutex;
    std::size_t m_budget, m_bytes = 0;
    std::list<Entry> m_order;
    std::unordered_map<std::string, std::list<Entry>::iterator> m_at;
};

}  // namespace lathe::image
