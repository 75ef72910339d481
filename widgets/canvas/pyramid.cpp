#include "widgets/canvas/pyramid.h"

#include <opencv2/imgproc.hpp>

namespace lathe::widgets::canvas {

namespace {

constexpr double kPixelsFrom = 3;
constexpr std::uint32_t kMissing = 0xff2a2b2e;

/// Where a row or column of the tile reads: index of the first pixel and the weight of the second, of 256.
struct Tap {
    int index, weight;
};

Tap tapAt(double v, int n, bool smooth) {
    if (!smooth) return {std::clamp(int(std::floor(v + 0.5)), 0, n - 1), 0};
    v = std::clamp(v, 0.0, double(n - 1));
    const int i = std::min(int(v), std::max(n - 2, 0));
    return {i, int((v - i) * 256)};
}

std::vector<Tap> taps(int count, std::int64_t origin, double step, int n, bool smooth) {
    std::vector<Tap> out(std::size_t(count), Tap{});
    for (int i = 0; i < count; ++i) out[std::size_t(i)] = tapAt((double(origin + i) + 0.5) * step - 0.5, n, smooth);
    return out;
}

template <int Channels>
void paintRow(std::uint32_t* out, const uchar* a, const uchar* b, const std::vector<Tap>& columns, int last, int fy) {
    for (std::size_t x = 0; x < columns.size(); ++x) {
        const int i = columns[x].index, f = columns[x].weight, j = std::min(i + 1, last);
        std::uint32_t c[3];
        for (int k = 0; k < Channels; ++k) {
            const int u = a[i * Channels + k] * (256 - f) + a[j * Channels + k] * f;
            const int v = b[i * Channels + k] * (256 - f) + b[j * Channels + k] * f;
            c[k] = std::uint32_t(u * (256 - fy) + v * fy + 32768) >> 16;
        }
        if constexpr (Channels == 1)
            out[x] = 0xff000000u | c[0] * 0x010101u;
        else
            out[x] = 0xff000000u | c[2] << 16 | c[1] << 8 | c[0];
    }
}

}  // namespace

Pyramid::Pyramid(std::shared_ptr<const cv::Mat> picture, int width, int height) : m_width(width), m_height(height) {
    if (!picture || picture->empty() || (picture->type() != CV_8UC3 && picture->type() != CV_8UC1)) return;
    m_width = picture->cols;
    m_height = picture->rows;
    m_levels.push_back(*picture);
    while (std::max(m_levels.back().cols, m_levels.back().rows) > 512) {
        const cv::Mat& from = m_levels.back();
        cv::Mat half;
        cv::resize(from, half, {std::max(1, from.cols / 2), std::max(1, from.rows / 2)}, 0, 0, cv::INTER_AREA);
        m_levels.push_back(half);
    }
}

void Pyramid::paint(QImage& tile, double scale, std::int64_t ox, std::int64_t oy) const {
    if (m_levels.empty()) return tile.fill(kMissing);
    std::size_t level = 0;
    for (double step = 1 / scale; step >= 2 && level + 1 < m_levels.size(); step /= 2) ++level;
    const cv::Mat& from = m_levels[level];
    const bool smooth = scale < kPixelsFrom;
    const auto columns = taps(tile.width(), ox, from.cols / (m_width * scale), from.cols, smooth);
    const auto rows = taps(tile.height(), oy, from.rows / (m_height * scale), from.rows, smooth);
    for (int y = 0; y < tile.height(); ++y) {
        const Tap row = rows[std::size_t(y)];
        const uchar* a = from.ptr(row.index);
        const uchar* b = from.ptr(std::min(row.index + 1, from.rows - 1));
        auto* out = reinterpret_cast<std::uint32_t*>(tile.scanLine(y));
        if (from.channels() == 1)
            paintRow<1>(out, a, b, columns, from.cols - 1, row.weight);
        else
            paintRow<3>(out, a, b, columns, from.cols - 1, row.weight);
    }
}

std::uint32_t Pyramid::pixel(int x, int y) const {
    if (m_levels.empty() || x < 0 || y < 0 || x >= m_width || y >= m_height) return 0;
    const cv::Mat& m = m_levels.front();
    if (m.channels() == 1) return 0xff000000u | m.at<uchar>(y, x) * 0x010101u;
    const auto c = m.at<cv::Vec3b>(y, x);
    return 0xff000000u | std::uint32_t(c[2]) << 16 | std::uint32_t(c[1]) << 8 | c[0];
}

}  // namespace lathe::widgets::canvas
