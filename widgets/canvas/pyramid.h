// The picture under the shapes, halved until small, so that a tile at any scale reads about as many pixels as it has.
#pragma once
#include <QImage>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace lathe::widgets::canvas {

/// Immutable once made; any thread. Pixels are shared with the cache that decoded them.
class Pyramid {
public:
    /// From BGR8 or grey8. Empty mat: an empty pyramid (the picture is missing); `width`, `height` still give its place.
    Pyramid(std::shared_ptr<const cv::Mat> picture, int width, int height);

    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] bool empty() const { return m_levels.empty(); }
    /// Fills an RGB32 tile whose first pixel is device pixel (ox, oy) at `scale`: bilinear from the level just finer, single
    /// pixels from 300 % on so that they can be judged. Depends on absolute device pixels alone: tiles meet without a seam.
    void paint(QImage& tile, double scale, std::int64_t ox, std::int64_t oy) const;
    /// Colour of the picture's pixel, 0xffrrggbb; 0 outside.
    [[nodiscard]] std::uint32_t pixel(int x, int y) const;

private:
    int m_width, m_height;
    std::vector<cv::Mat> m_levels;
};

}  // namespace lathe::widgets::canvas
