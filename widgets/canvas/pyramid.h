// The picture under the shapes, halved until small, so that a tile at any scale reads about as many pixels as it has.
#pragma once
#include <QImage>
#include <memory>
#include <mutex>
#include <opencv2/core/mat.hpp>
#include <vector>

#include "core/image/block_file.h"
#include "widgets/canvas/display.h"

namespace lathe::widgets::canvas {

/// Values of one pixel as the file has them, R, G, B or one grey.
struct PixelValue {
    int channels = 0;  ///< 0: outside, or not read yet
    std::array<double, 3> value{};
};

/// Read from any thread. A whole one never changes; a growing one is filled by one thread, and what isn't there yet is painted
/// from a small preview.
class Pyramid {
public:
    /// Whole, of 1 or 3 (B, G, R) channels of 8 or 16 bit or float; pixels are shared with the cache that decoded them. Empty mat:
    /// an empty pyramid (the picture is missing); `width`, `height` still give its place.
    Pyramid(const std::shared_ptr<const cv::Mat>& picture, int width, int height);
    /// Growing, or whole when `blocks` is finished (`ready`). Fine levels lie in the file, coarse ones in memory. `preview`: BGR8
    /// of the whole picture, may be empty. Without `blocks` the finest level is the first that fits into memory.
    Pyramid(cv::Size size, int type, std::shared_ptr<image::BlockFile> blocks, cv::Mat preview, bool ready);
    static constexpr int kBlockLevels = 3;             ///< in the file
    static constexpr int kLevels = 10;                 ///< at most, of growing ones
    static constexpr int kReach = 1 << (kLevels - 1);  ///< pixels that one pixel of the coarsest level covers

    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] bool empty() const { return m_levels.empty() && !m_blocks && m_preview.empty(); }
    [[nodiscard]] int depth() const { return CV_MAT_DEPTH(m_type); }
    [[nodiscard]] int channels() const { return CV_MAT_CN(m_type); }
    [[nodiscard]] bool whole() const;
    [[nodiscard]] const std::shared_ptr<image::BlockFile>& blocks() const { return m_blocks; }
    /// The picture at full size as BGR8 or grey8 (other depths by their automatic window) when it lies in memory, else nullptr:
    /// bgr() gives parts of any.
    [[nodiscard]] const std::shared_ptr<const cv::Mat>& pixels() const { return m_pixels; }

    /// Fills an RGB32 tile whose first pixel is device pixel (ox, oy) at `scale`: bilinear from the level just finer, single
    /// pixels from 300 % on so that they can be judged. Depends on absolute device pixels alone: tiles meet without a seam.
    void paint(QImage& tile, double scale, std::int64_t ox, std::int64_t oy, const ToneMap* tone = nullptr) const;
    [[nodiscard]] PixelValue value(int x, int y) const;
    /// BGR8 of a part (clipped to the picture), halved until its longer side is at most `longest` (0: never); other depths by their
    /// automatic window. Empty where nothing is read yet.
    [[nodiscard]] cv::Mat bgr(const cv::Rect& part, int longest = 0) const;
    /// About a megapixel of what is there, in its own depth.
    [[nodiscard]] cv::Mat sample() const;
    [[nodiscard]] Statistics statistics() const;  ///< some ms the first time

    /// Means of 2 x 2 pixels; an odd last row or column is left out, so that pixel i of level k is pixels [i, i+1) * 2^k of the
    /// picture, whether it was halved whole or by bands.
    [[nodiscard]] static cv::Mat halved(const cv::Mat& pixels);

    // -- growing: from one thread
    /// Upright pixels of one level at their place. What lies in none of the levels kept is dropped.
    [[nodiscard]] Result<> put(int level, cv::Point at, const cv::Mat& pixels);
    /// From now on this part of the picture is there, in all levels.
    void grow(const cv::Rect& part);

private:
    [[nodiscard]] cv::Mat eightBit(const cv::Mat& pixels) const;
    [[nodiscard]] int levelFor(double scale) const;
    [[nodiscard]] cv::Size levelSize(int level) const;
    [[nodiscard]] cv::Mat window(int level, const cv::Rect& part) const;
    [[nodiscard]] cv::Rect ready() const;
    [[nodiscard]] cv::Rect readyAt(int level) const;
    void paintLevel(QImage& tile, double scale, std::int64_t ox, std::int64_t oy, const ToneMap* tone) const;
    void paintPreview(QImage& tile, double scale, std::int64_t ox, std::int64_t oy) const;

    int m_width, m_height, m_type = CV_8UC3;
    int m_first = 0;  ///< the finest level in memory
    std::shared_ptr<const cv::Mat> m_pixels;
    std::vector<cv::Mat> m_levels;
    std::shared_ptr<image::BlockFile> m_blocks;
    cv::Mat m_preview;
    mutable std::mutex m_mutex;
    cv::Rect m_ready;
    mutable std::unique_ptr<const Statistics> m_statistics;  ///< once it is whole
};

}  // namespace lathe::widgets::canvas
