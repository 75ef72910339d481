#include "widgets/canvas/display.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <tuple>

#include "widgets/canvas/pyramid.h"

namespace lathe::widgets::canvas {

namespace {

constexpr int kSteps = 4096, kGrid = 8;
constexpr double kClip = 3;  // a bin of a local histogram holds at most so many times the mean

void count(const cv::Mat& real, Statistics& into) {
    const double k = Statistics::kBins / std::max(into.most - into.least, 1e-12);
    for (int y = 0; y < real.rows; ++y) {
        const auto* row = real.ptr<float>(y);
        for (int i = 0; i < real.cols * into.channels; ++i)
            if (std::isfinite(row[i])) {
                const auto bin = std::size_t(std::clamp((double(row[i]) - into.least) * k, 0.0, Statistics::kBins - 1.0));
                ++into.histogram[std::size_t(i % into.channels)][bin];
            }
    }
}

std::pair<double, double> span(const cv::Mat& real) {
    double least = INFINITY, most = -INFINITY;
    for (int y = 0; y < real.rows; ++y) {
        const auto* row = real.ptr<float>(y);
        for (int i = 0; i < real.cols * real.channels(); ++i)
            if (std::isfinite(row[i])) least = std::min(least, double(row[i])), most = std::max(most, double(row[i]));
    }
    return least <= most ? std::pair{least, most} : std::pair{0.0, 1.0};
}

// One hot pixel stretches the span until all else falls into one bin, so the points come from the values themselves.
std::pair<double, double> percentiles(const cv::Mat& real) {
    std::vector<float> values;
    for (int y = 0; y < real.rows; ++y) {
        const auto* row = real.ptr<float>(y);
        std::copy_if(row, row + std::ptrdiff_t(real.cols) * real.channels(), std::back_inserter(values),
                     [](float v) { return std::isfinite(v); });
    }
    if (values.empty()) return {0, 1};
    auto at = [&](double part) {
        const auto place = values.begin() + std::ptrdiff_t(part * double(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return double(*place);
    };
    const double low = at(0.005), high = at(0.995);
    return {low, high > low ? high : low + 1};
}

/// Share of the values at or below each step of the window.
std::vector<float> cumulative(const Statistics& s, Channel channel, double low, double high) {
    std::vector<double> steps(kSteps, 0);
    double sum = 0;
    for (int c = 0; c < s.channels; ++c) {
        if (s.channels == 3 && channel != Channel::All && c != 3 - int(channel)) continue;
        for (int b = 0; b < Statistics::kBins; ++b) {
            const double value = s.least + (b + 0.5) * (s.most - s.least) / Statistics::kBins;
            const auto step = std::size_t(std::clamp((value - low) / (high - low) * kSteps, 0.0, kSteps - 1.0));
            steps[step] += s.histogram[std::size_t(c)][std::size_t(b)];
            sum += s.histogram[std::size_t(c)][std::size_t(b)];
        }
    }
    // A bin may be wider than a step: its share is spread to the next filled one by a ramp.
    std::vector<float> out(kSteps);
    double below = 0;
    for (int i = 0, from = 0; i < kSteps; ++i) {
        if (steps[std::size_t(i)] == 0 && i + 1 < kSteps) continue;
        const double next = below + steps[std::size_t(i)];
        for (int k = from; k <= i; ++k)
            out[std::size_t(k)] = float((below + (next - below) * (k - from + 1) / (i - from + 1)) / std::max(sum, 1.0));
        below = next;
        from = i + 1;
    }
    return out;
}

}  // namespace

Statistics measure(const cv::Mat& sample) {
    Statistics s;
    if (sample.empty()) return s;
    s.channels = sample.channels();
    cv::Mat real;
    sample.convertTo(real, CV_32F);
    if (sample.depth() != CV_8U) {
        std::tie(s.low, s.high) = percentiles(real);
        std::tie(s.least, s.most) = span(real);
        const double reach = 4 * (s.high - s.low);  // so that outliers leave bins for the rest
        s.least = std::max(s.least, s.low - reach);
        s.most = std::max(std::min(s.most, s.high + reach), s.least + 1e-9);
    } else {
        s.most = 256;
    }
    count(real, s);
    return s;
}

/// Tables of a contrast-limited local equalisation: one per cell, between whose centres they are mixed.
struct ToneMap::Grid {
    std::array<std::array<std::uint8_t, 256>, std::size_t(kGrid) * kGrid> tables{};
    float width = 1, height = 1;

    static std::array<std::uint8_t, 256> tableOf(std::array<double, 256> bins, double total) {
        const double most = std::max(1.0, kClip * total / 256);
        double over = 0;
        for (double& b : bins) over += std::max(0.0, b - most), b = std::min(b, most);
        std::array<std::uint8_t, 256> table{};
        double sum = 0;
        for (std::size_t i = 0; i < 256; ++i) {
            sum += bins[i] + over / 256;
            table[i] = std::uint8_t(std::lround(255 * sum / std::max(total, 1.0)));
        }
        return table;
    }

    [[nodiscard]] float at(int value, float x, float y) const {
        const float gx = std::clamp(x / width * kGrid - 0.5f, 0.f, kGrid - 1.f);
        const float gy = std::clamp(y / height * kGrid - 0.5f, 0.f, kGrid - 1.f);
        const int ix = std::min(int(gx), kGrid - 2), iy = std::min(int(gy), kGrid - 2);
        const float fx = gx - float(ix), fy = gy - float(iy);
        const auto t = [&](int dx, int dy) { return float(tables[std::size_t((iy + dy) * kGrid + ix + dx)][std::size_t(value)]); };
        return (t(0, 0) * (1 - fx) + t(1, 0) * fx) * (1 - fy) + (t(0, 1) * (1 - fx) + t(1, 1) * fx) * fy;
    }
};

struct ToneMap::Ready {
    float low = 0, k = 1;                      ///< value to step of the window
    std::array<std::uint8_t, kSteps> table{};  ///< step to the screen
    std::array<std::uint8_t, 256> last{};      ///< after local equalisation: gamma and inversion
    std::unique_ptr<Grid> grid;

    [[nodiscard]] float step(float v) const { return std::isnan(v) ? 0 : std::clamp((v - low) * k, 0.f, kSteps - 1.f); }
};

namespace {

/// Brightness of a pixel in steps of the window.
float lumaOf(const std::array<float, 3>& bgr) {
    return 0.114f * bgr[0] + 0.587f * bgr[1] + 0.299f * bgr[2];
}

}  // namespace

ToneMap::ToneMap(Display display, std::shared_ptr<const Pyramid> picture) : m_display(display), m_picture(std::move(picture)) {}
ToneMap::~ToneMap() = default;

bool ToneMap::plain() const {
    const Display& d = m_display;
    const bool window = d.automatic || (d.low == 0 && d.high == 255);
    return m_picture->depth() == CV_8U && window && d.gamma == 1 && d.equalise == Equalise::None && !d.invert &&
           d.channel == Channel::All;
}

/// The channel of a 3-channel pixel that is shown alone; -1: all of them.
int ToneMap::onlyChannel(int channels) const {
    if (channels == 1) return 0;
    return m_display.channel == Channel::All ? -1 : 3 - int(m_display.channel);
}

std::unique_ptr<ToneMap::Grid> ToneMap::gridOf(const Ready& ready) const {
    cv::Mat real;
    m_picture->sample().convertTo(real, CV_32F);
    const int n = std::max(1, real.channels()), only = onlyChannel(n);
    std::vector<std::array<double, 256>> bins(std::size_t(kGrid) * kGrid);
    std::vector<double> total(bins.size(), 0);
    for (int y = 0; y < real.rows; ++y) {
        const float* v = real.ptr<float>(y);
        for (int x = 0; x < real.cols; ++x, v += n) {
            const auto cell = std::size_t(y * kGrid / real.rows * kGrid + x * kGrid / real.cols);
            const float step = only >= 0 ? ready.step(v[only]) : lumaOf({ready.step(v[0]), ready.step(v[1]), ready.step(v[2])});
            ++bins[cell][std::size_t(step) * 256 / kSteps];
            ++total[cell];
        }
    }
    auto grid = std::make_unique<Grid>();
    grid->width = float(m_picture->width());
    grid->height = float(m_picture->height());
    for (std::size_t i = 0; i < bins.size(); ++i) grid->tables[i] = Grid::tableOf(bins[i], total[i]);
    return grid;
}

void ToneMap::prepare() const {
    auto ready = std::make_unique<Ready>();
    const bool eight = m_picture->depth() == CV_8U;
    const Statistics s = eight && m_display.equalise == Equalise::None ? Statistics{} : m_picture->statistics();
    const double low = !m_display.automatic ? m_display.low : eight ? 0 : s.low;
    const double high = std::max(!m_display.automatic ? m_display.high : eight ? 255 : s.high, low + 1e-9);
    ready->low = float(low);
    ready->k = float((kSteps - 1) / (high - low));
    std::vector<float> equal;
    if (m_display.equalise == Equalise::Global) equal = cumulative(s, m_display.channel, low, high);
    auto shown = [&](double part) {
        const double v = std::pow(std::clamp(part, 0.0, 1.0), 1 / std::clamp(m_display.gamma, 0.05, 20.0));
        return std::uint8_t(std::lround(255 * (m_display.invert ? 1 - v : v)));
    };
    for (int i = 0; i < kSteps; ++i)
        ready->table[std::size_t(i)] = shown(equal.empty() ? double(i) / (kSteps - 1) : double(equal[std::size_t(i)]));
    for (int i = 0; i < 256; ++i) ready->last[std::size_t(i)] = shown(i / 255.0);
    if (m_display.equalise == Equalise::Local) ready->grid = gridOf(*ready);
    m_ready = std::move(ready);
}

// Colours keep their ratios: all three are scaled as the brightness is.
std::uint32_t ToneMap::local(const std::array<float, 3>& steps, float x, float y) const {
    const Ready& r = *m_ready;
    const float luma = lumaOf(steps);
    const float gain = r.grid->at(int(luma) * 256 / kSteps, x, y) * float(kSteps) / 256 / std::max(luma, 1.f);
    std::array<std::uint32_t, 3> out{};
    for (std::size_t c = 0; c < 3; ++c) out[c] = r.last[std::size_t(std::min(255.f, steps[c] * gain * 256 / kSteps))];
    return 0xff000000u | out[2] << 16 | out[1] << 8 | out[0];
}

void ToneMap::row(const float* values, int channels, const std::vector<float>& x, float y, std::uint32_t* out) const {
    std::call_once(m_once, [this] { prepare(); });
    const Ready& r = *m_ready;
    const int only = onlyChannel(channels);
    for (std::size_t i = 0; i < x.size(); ++i, values += channels) {
        if (only >= 0) {
            const float step = r.step(values[only]);
            if (r.grid)
                out[i] = local({step, step, step}, x[i], y);
            else
                out[i] = 0xff000000u | r.table[std::size_t(step)] * 0x010101u;
        } else if (r.grid) {
            out[i] = local({r.step(values[0]), r.step(values[1]), r.step(values[2])}, x[i], y);
        } else {
            out[i] = 0xff000000u | std::uint32_t(r.table[std::size_t(r.step(values[2]))]) << 16 |
                     std::uint32_t(r.table[std::size_t(r.step(values[1]))]) << 8 | r.table[std::size_t(r.step(values[0]))];
        }
    }
}

}  // namespace lathe::widgets::canvas
