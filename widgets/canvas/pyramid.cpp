#include "widgets/canvas/pyramid.h"

#include <opencv2/imgproc.hpp>

namespace lathe::widgets::canvas {

namespace {

constexpr int kSmallest = 512;
constexpr double kMostInMemory = 96e6;  // bytes of the finest level of a growing picture without a file

bool canBeShown(const cv::Mat& picture) {
    const int depth = picture.depth();
    return (picture.channels() == 1 || picture.channels() == 3) && (depth == CV_8U || depth == CV_16U || depth == CV_32F);
}

}  // namespace

Pyramid::Pyramid(const std::shared_ptr<const cv::Mat>& picture, int width, int height) : m_width(width), m_height(height) {
    if (!picture || picture->empty() || !canBeShown(*picture)) return;
    m_width = picture->cols;
    m_height = picture->rows;
    m_type = picture->type();
    m_ready = {0, 0, m_width, m_height};
    m_levels.push_back(*picture);
    while (std::max(m_levels.back().cols, m_levels.back().rows) > kSmallest) {
        const cv::Mat half = halved(m_levels.back());
        m_levels.push_back(half);
    }
    m_pixels = m_type == CV_8UC3 || m_type == CV_8UC1 ? picture : std::make_shared<const cv::Mat>(eightBit(*picture));
}

cv::Mat Pyramid::eightBit(const cv::Mat& pixels) const {
    if (pixels.depth() == CV_8U) return pixels;
    const Statistics s = statistics();
    cv::Mat real, out;
    pixels.convertTo(real, CV_32F, 255 / (s.high - s.low), -s.low * 255 / (s.high - s.low));
    cv::patchNaNs(real, 0);
    cv::Mat flat = real.reshape(1);
    cv::max(flat, 0, flat);
    cv::min(flat, 255, flat);
    real.convertTo(out, CV_8U);
    return out;
}

cv::Mat Pyramid::halved(const cv::Mat& pixels) {
    const cv::Size size(std::max(1, pixels.cols / 2), std::max(1, pixels.rows / 2));
    const cv::Rect even(0, 0, std::min(pixels.cols, size.width * 2), std::min(pixels.rows, size.height * 2));
    cv::Mat half;
    cv::resize(pixels(even), half, size, 0, 0, cv::INTER_AREA);
    return half;
}

Pyramid::Pyramid(cv::Size size, int type, std::shared_ptr<image::BlockFile> blocks, cv::Mat preview, bool ready)
    : m_width(size.width), m_height(size.height), m_type(type), m_blocks(std::move(blocks)), m_preview(std::move(preview)) {
    m_first = kBlockLevels;
    const auto bytes = [&](int level) { return double(levelSize(level).area()) * double(CV_ELEM_SIZE(type)); };
    if (!m_blocks)
        for (m_first = 0; bytes(m_first) > kMostInMemory;) ++m_first;
    for (int level = m_first; level < kLevels; ++level) {
        const cv::Size s = levelSize(level);
        m_levels.push_back(ready ? m_blocks->read(level, {{}, s}) : cv::Mat(s, type, cv::Scalar::all(0)));
        if (std::max(s.width, s.height) <= kSmallest) break;
    }
    if (ready) m_ready = {0, 0, m_width, m_height};
}

bool Pyramid::whole() const {
    return ready() == cv::Rect(0, 0, m_width, m_height);
}

cv::Rect Pyramid::ready() const {
    const std::lock_guard lock(m_mutex);
    return m_ready;
}

cv::Size Pyramid::levelSize(int level) const {
    return image::BlockFile::halved({m_width, m_height}, level);
}

// Half a pixel at the border of what has been read belongs to nobody: rounded inwards, unless it is the picture's border.
cv::Rect Pyramid::readyAt(int level) const {
    const cv::Rect r = ready();
    const cv::Size s = levelSize(level);
    const int half = (1 << level) - 1;
    const int x0 = (r.x + half) >> level, y0 = (r.y + half) >> level;
    const int x1 = r.br().x == m_width ? s.width : r.br().x >> level, y1 = r.br().y == m_height ? s.height : r.br().y >> level;
    return {x0, y0, std::max(0, x1 - x0), std::max(0, y1 - y0)};
}

cv::Mat Pyramid::window(int level, const cv::Rect& part) const {
    if (level >= m_first) return m_levels[std::size_t(level - m_first)](part & cv::Rect({}, levelSize(level)));
    return m_blocks->read(level, part);
}

Result<> Pyramid::put(int level, cv::Point at, const cv::Mat& pixels) {
    const int k = level - m_first;
    if (k >= int(m_levels.size())) return {};
    if (m_blocks) LATHE_CHECK(m_blocks->write(level, at, pixels));
    if (k < 0) return {};
    cv::Mat& to = m_levels[std::size_t(k)];
    const cv::Rect place = cv::Rect(at, pixels.size()) & cv::Rect({}, to.size());
    if (!place.empty()) pixels(place - at).copyTo(to(place));
    return {};
}

void Pyramid::grow(const cv::Rect& part) {
    const std::lock_guard lock(m_mutex);
    m_ready = m_ready.empty() ? part : m_ready | part;
}

PixelValue Pyramid::value(int x, int y) const {
    const int level = m_blocks ? 0 : m_first;
    if (!ready().contains(cv::Point(x, y))) return {};
    const cv::Size s = levelSize(level);
    const cv::Mat one = window(level, {std::min(x >> level, s.width - 1), std::min(y >> level, s.height - 1), 1, 1});
    if (one.empty()) return {};
    cv::Mat real;
    one.convertTo(real, CV_64F);
    PixelValue v{one.channels(), {}};
    for (int c = 0; c < v.channels; ++c) v.value[std::size_t(c)] = real.ptr<double>()[v.channels - 1 - c];
    return v;
}

cv::Mat Pyramid::bgr(const cv::Rect& part, int longest) const {
    if (m_levels.empty()) return {};
    int level = m_blocks ? 0 : m_first;
    const cv::Rect in = part & ready();
    const int last = m_first + int(m_levels.size()) - 1;
    while (longest > 0 && level < last && std::max(in.width, in.height) >> level > longest) ++level;
    const cv::Rect at(in.x >> level, in.y >> level, std::max(1, in.width >> level), std::max(1, in.height >> level));
    if (in.empty()) return {};
    const cv::Mat out = eightBit(window(level, at));
    if (out.empty()) return {};
    cv::Mat three;
    if (out.channels() == 1)
        cv::cvtColor(out, three, cv::COLOR_GRAY2BGR);
    else
        three = out.clone();
    return three;
}

cv::Mat Pyramid::sample() const {
    if (m_levels.empty()) return {};
    std::size_t k = 0;
    while (k + 1 < m_levels.size() && m_levels[k].total() > (std::size_t(3) << 19)) ++k;
    return m_levels[k](readyAt(m_first + int(k)) & cv::Rect({}, m_levels[k].size()));
}

Statistics Pyramid::statistics() const {
    const bool final = whole();
    {
        const std::lock_guard lock(m_mutex);
        if (m_statistics) return *m_statistics;
    }
    const Statistics measured = measure(sample());
    const std::lock_guard lock(m_mutex);
    if (final) m_statistics = std::make_unique<Statistics>(measured);
    return measured;
}

}  // namespace lathe::widgets::canvas
