#include "core/engine/train/mosaic.h"

#include <cmath>

#include "core/engine/train/augment_kinds.h"

namespace lathe::engine::train {
namespace {

constexpr double kMiddle = 0.15;  ///< how far from the picture's middle the four may meet, share of a side
constexpr double kLarger = 1.4;   ///< the most that a picture is larger than its quarter

/// The picture, made so large that it covers the window, and moved so that a random part of it shows there.
Placement intoWindow(const Window& window, const PictureShape& shape, Random& random) {
    const double w = window.x1 - window.x0, h = window.y1 - window.y0;
    const double scale = std::max(w / shape.width, h / shape.height) * (1 + (kLarger - 1) * random.uniform());
    const double x = window.x0 - random.uniform() * (shape.width * scale - w);
    const double y = window.y0 - random.uniform() * (shape.height * scale - h);
    return {{scale, 0, x, 0, scale, y}};
}

void copyWindow(std::uint8_t* to, const std::uint8_t* from, const Window& window, int width, int channels) {
    const auto bytes = std::size_t(window.x1 - window.x0) * std::size_t(channels);
    for (int y = window.y0; y < window.y1; ++y) {
        const auto at = (std::size_t(y) * std::size_t(width) + std::size_t(window.x0)) * std::size_t(channels);
        std::memcpy(to + at, from + at, bytes);
    }
}

}  // namespace

Mosaic::Mosaic(const std::vector<runs::Augmentation>& declared) {
    for (const runs::Augmentation& one : declared)
        if (one.name == "mosaic") m_p = option(one, "p");
}

Result<> Mosaic::apply(std::uint8_t* picture, const PictureShape& shape, const Labels& labels, torch::Tensor& room,
                       std::int64_t row, std::uint64_t count, const Source& source, Random& random) {
    const int x = int(std::lround(shape.width * (0.5 + random.either(kMiddle))));
    const int y = int(std::lround(shape.height * (0.5 + random.either(kMiddle))));
    const std::array<Window, 4> windows = {
        {{0, 0, x, y}, {x, 0, shape.width, y}, {0, y, x, shape.height}, {x, y, shape.width, shape.height}}};
    std::vector<std::uint8_t> canvas(shape.bytes()), tile(picture, picture + shape.bytes());
    auto others = labels.room(2);  // one place for the tile, one to gather in
    others[0].copy_(room[row]);
    labels.clear(others, 1);
    std::uint8_t* gathered = labels.mask(others, 1);
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (i > 0) LATHE_CHECK(source(random.below(count), tile.data(), others, 0));
        const Placement placement = intoWindow(windows[i], shape, random);
        const cuda::Resampling how = resamplingOf(placement, false);
        resample(tile.data(), tile.data(), shape, how);
        copyWindow(canvas.data(), tile.data(), windows[i], shape.width, shape.channels);
        if (std::uint8_t* mask = labels.mask(others, 0)) {
            resampleMask(mask, shape, how, 255);
            copyWindow(gathered, mask, windows[i], shape.width, 1);
        }
        labels.move(others, 0, placement, windows[i]);
        labels.join(others, 1, others, 0);
    }
    std::memcpy(picture, canvas.data(), canvas.size());
    room[row].copy_(others[1]);
    return {};
}

}  // namespace lathe::engine::train
