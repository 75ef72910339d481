// Pyramid's painting of tiles: which pixels of which level, mixed how.
#include <cmath>

#include "widgets/canvas/pyramid.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kPixelsFrom = 3;
constexpr std::uint32_t kMissing = 0xff2a2b2e;

/// Where a row or column of the tile reads: index of the first pixel and the weight of the second, of 256.
struct Tap {
    int index, weight;
};

Tap tapAt(double v, int from, int to, bool smooth) {
    if (!smooth) return {std::clamp(int(std::floor(v + 0.5)), from, to - 1), 0};
    v = std::clamp(v, double(from), double(to - 1));
    const int i = std::min(int(v), std::max(to - 2, from));
    return {i, int((v - i) * 256)};
}

/// Device pixels [from, to) of a tile along one axis, and where each reads.
struct Axis {
    int from, to;
    std::vector<Tap> taps;
    int first = 0, last = 0;  ///< of the level's pixels that are read

    /// `step`: the level's pixels per device pixel; `start`, `end`: of those that are there, of `all` on the level.
    Axis(int side, std::int64_t origin, double step, int all, int start, int end, bool smooth) {
        const auto device = [&](int pixel) {
            return int(std::clamp(std::ceil(pixel / step - 0.5) - double(origin), 0.0, double(side)));
        };
        from = start == 0 ? 0 : device(start);
        to = end == all ? side : device(end);
        for (int i = from; i < to; ++i) taps.push_back(tapAt((double(origin + i) + 0.5) * step - 0.5, start, end, smooth));
        if (taps.empty()) return;
        first = taps.front().index;
        last = std::min(taps.back().index + 1, end - 1);
        for (Tap& t : taps) t.index -= first;
    }
    [[nodiscard]] int count() const { return last - first + 1; }
};

template <int Channels>
void plainRow(std::uint32_t* out, const uchar* a, const uchar* b, const std::vector<Tap>& columns, int last, int fy) {
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

/// A neighbour that has no share may be a hole (NaN).
float between(float from, float to, float share) {
    return share == 0 ? from : from + share * (to - from);
}

/// The values between pixels, in the picture's own units.
template <class Value>
void valueRow(float* out, const Value* a, const Value* b, int channels, const std::vector<Tap>& columns, int last, int weight) {
    const float fy = float(weight) / 256;
    for (const Tap& tap : columns) {
        const int i = tap.index * channels, j = std::min(tap.index + 1, last) * channels;
        const float fx = float(tap.weight) / 256;
        for (int k = 0; k < channels; ++k) {
            const float u = between(float(a[i + k]), float(a[j + k]), fx);
            *out++ = between(u, between(float(b[i + k]), float(b[j + k]), fx), fy);
        }
    }
}

void valuesOf(const cv::Mat& from, int row, int below, const Axis& columns, int weight, std::vector<float>& out) {
    const int n = from.channels(), last = from.cols - 1;
    out.resize(columns.taps.size() * std::size_t(n));
    switch (from.depth()) {
        case CV_8U: return valueRow(out.data(), from.ptr<uchar>(row), from.ptr<uchar>(below), n, columns.taps, last, weight);
        case CV_16U: return valueRow(out.data(), from.ptr<ushort>(row), from.ptr<ushort>(below), n, columns.taps, last, weight);
        default: return valueRow(out.data(), from.ptr<float>(row), from.ptr<float>(below), n, columns.taps, last, weight);
    }
}

std::uint32_t* lineOf(QImage& tile, int y, int x) {
    return reinterpret_cast<std::uint32_t*>(tile.scanLine(y)) + x;
}

void fillPlain(QImage& tile, const cv::Mat& from, const Axis& columns, const Axis& rows) {
    for (int y = rows.from; y < rows.to; ++y) {
        const Tap row = rows.taps[std::size_t(y - rows.from)];
        const uchar* a = from.ptr(row.index);
        const uchar* b = from.ptr(std::min(row.index + 1, from.rows - 1));
        auto* out = lineOf(tile, y, columns.from);
        if (from.channels() == 1)
            plainRow<1>(out, a, b, columns.taps, from.cols - 1, row.weight);
        else
            plainRow<3>(out, a, b, columns.taps, from.cols - 1, row.weight);
    }
}

}  // namespace

int Pyramid::levelFor(double scale) const {
    int level = 0;
    const int last = m_first + int(m_levels.size()) - 1;
    for (double step = 1 / scale; step >= 2 && level < last; step /= 2) ++level;
    return m_blocks ? level : std::max(level, m_first);
}

void Pyramid::paint(QImage& tile, double scale, std::int64_t ox, std::int64_t oy, const ToneMap* tone) const {
    if (!whole()) paintPreview(tile, scale, ox, oy);
    if (!m_levels.empty()) paintLevel(tile, scale, ox, oy, tone);
}

void Pyramid::paintPreview(QImage& tile, double scale, std::int64_t ox, std::int64_t oy) const {
    if (m_preview.empty()) return tile.fill(kMissing);
    const cv::Mat& p = m_preview;
    const Axis columns(tile.width(), ox, p.cols / (m_width * scale), p.cols, 0, p.cols, true);
    const Axis rows(tile.height(), oy, p.rows / (m_height * scale), p.rows, 0, p.rows, true);
    fillPlain(tile, p({columns.first, rows.first, columns.count(), rows.count()}), columns, rows);
}

void Pyramid::paintLevel(QImage& tile, double scale, std::int64_t ox, std::int64_t oy, const ToneMap* tone) const {
    const int level = levelFor(scale);
    const cv::Size all = levelSize(level);
    const cv::Rect there = readyAt(level);
    if (there.empty()) return;
    const bool smooth = scale < kPixelsFrom;
    const double step = 1 / (scale * double(1 << level));
    const Axis columns(tile.width(), ox, step, all.width, there.x, there.br().x, smooth);
    const Axis rows(tile.height(), oy, step, all.height, there.y, there.br().y, smooth);
    if (columns.taps.empty() || rows.taps.empty()) return;
    const cv::Mat from = window(level, {columns.first, rows.first, columns.count(), rows.count()});
    if (from.empty()) return tile.fill(kMissing);
    if (from.depth() == CV_8U && (!tone || tone->plain())) return fillPlain(tile, from, columns, rows);
    if (!tone) return tile.fill(kMissing);
    std::vector<float> values, x;
    for (int i = columns.from; i < columns.to; ++i) x.push_back(float((double(ox + i) + 0.5) / scale));
    for (int y = rows.from; y < rows.to; ++y) {
        const Tap row = rows.taps[std::size_t(y - rows.from)];
        valuesOf(from, row.index, std::min(row.index + 1, from.rows - 1), columns, row.weight, values);
        tone->row(values.data(), from.channels(), x, float((double(oy + y) + 0.5) / scale), lineOf(tile, y, columns.from));
    }
}

}  // namespace lathe::widgets::canvas
