// A picture too large for memory: its levels (each half of the one before) as square blocks in one file of a cache folder.
#pragma once
#include <filesystem>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lathe::image {

/// One writer, any number of readers at the same time; a reader sees what was written before it was told so. The memory used is
/// the kernel's page cache, which it takes back when others need it.
class BlockFile {
public:
    static constexpr int kSide = 256;

    /// A finished picture of that key; NotFound when there is none (or another size or type lies there).
    [[nodiscard]] static Result<std::shared_ptr<BlockFile>> open(const std::filesystem::path& folder, const std::string& key,
                                                                 cv::Size size, int type, int levels);
    /// An empty one, under a name of its own until finish(). DiskFull when less than twice its size is free; the oldest finished
    /// ones go when the folder would hold more than `budget` bytes.
    [[nodiscard]] static Result<std::shared_ptr<BlockFile>> create(const std::filesystem::path& folder, const std::string& key,
                                                                   cv::Size size, int type, int levels, std::uint64_t budget);
    ~BlockFile();  ///< an unfinished one goes
    BlockFile(const BlockFile&) = delete;
    BlockFile& operator=(const BlockFile&) = delete;

    [[nodiscard]] cv::Size size(int level) const { return m_levels[std::size_t(level)].size; }
    /// Pixels at any place of a level, clipped to it. Empty: the disk failed.
    [[nodiscard]] cv::Mat read(int level, cv::Rect part) const;
    [[nodiscard]] Result<> write(int level, cv::Point at, const cv::Mat& pixels);
    /// Whole: from now on open() finds it.
    [[nodiscard]] Result<> finish();

    [[nodiscard]] static cv::Size halved(cv::Size size, int times);

private:
    struct Level {
        cv::Size size;
        int across = 0;
        std::uint64_t offset = 0;
    };
    BlockFile(int fd, std::filesystem::path file, std::filesystem::path temp, cv::Size size, int type, int levels);
    [[nodiscard]] std::uint64_t offsetOf(const Level& level, int bx, int by) const;
    [[nodiscard]] bool load(const Level& level, int bx, int by, cv::Mat& block) const;

    int m_fd;
    std::filesystem::path m_file, m_temp;
    int m_type;
    std::uint64_t m_blockBytes, m_bytes = 0;
    std::vector<Level> m_levels;
};

}  // namespace lathe::image
