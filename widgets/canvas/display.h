// How a picture's values become grey or colour on the screen: window and level, gamma, equalisation, inversion, single channels.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace lathe::widgets::canvas {

class Pyramid;

enum class Equalise { None, Global, Local };
enum class Channel { All, Red, Green, Blue };

/// What the user has set. A value.
struct Display {
    bool automatic = true;       ///< the window is the picture's own: 0...255 of 8 bit, else its 0.5 % and 99.5 % points
    double low = 0, high = 255;  ///< the window otherwise, in the picture's values
    double gamma = 1;            ///< above 1 lifts the dark
    Equalise equalise = Equalise::None;
    Channel channel = Channel::All;
    bool invert = false;
    bool operator==(const Display&) const = default;
};

/// Of a sample of the picture (about a megapixel). Three channels are B, G, R.
struct Statistics {
    static constexpr int kBins = 1024;
    double least = 0, most = 255;  ///< what the histogram spans
    double low = 0, high = 255;    ///< the automatic window
    int channels = 0;              ///< 0: nothing was there to measure
    std::array<std::array<std::uint32_t, kBins>, 3> histogram{};
};
[[nodiscard]] Statistics measure(const cv::Mat& sample);

/// A display made ready for one picture; any thread, the first to need it prepares it (some ms). Where a pixel lies in the picture
/// decides with `Local` equalisation, so tiles meet without a seam.
class ToneMap {
public:
    ToneMap(Display display, std::shared_ptr<const Pyramid> picture);
    ~ToneMap();

    [[nodiscard]] const Display& display() const { return m_display; }
    /// Values of a row (interleaved when there are 3 channels) to 0xffrrggbb. `x`: picture pixel of each, `y` of the row.
    void row(const float* values, int channels, const std::vector<float>& x, float y, std::uint32_t* out) const;
    /// Nothing would change: 8 bit shown as they are.
    [[nodiscard]] bool plain() const;

private:
    struct Ready;
    struct Grid;
    void prepare() const;
    [[nodiscard]] int onlyChannel(int channels) const;
    [[nodiscard]] std::unique_ptr<Grid> gridOf(const Ready& ready) const;
    [[nodiscard]] std::uint32_t local(const std::array<float, 3>& place, float x, float y) const;

    const Display m_display;
    const std::shared_ptr<const Pyramid> m_picture;
    mutable std::once_flag m_once;
    mutable std::unique_ptr<Ready> m_ready;
};

}  // namespace lathe::widgets::canvas
