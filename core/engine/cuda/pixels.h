// What an augmentation does to one pixel: the same functions for the processor (core/engine/train/augment*.cpp) and for the kernels
// of a card (plugin/pixels.cu), so that both give the same numbers. No torch, no standard containers: plain structs that are copied
// to the card as they are. Sums are whole numbers, so that their order doesn't matter; noise and filling come from the place of a
// byte (SplitMix64 can be entered anywhere). Compiled without fused multiply and add (-fmad=false), which would round otherwise.
// log and cos of normal() are each side's own: they may differ in the last of 53 bits, which a byte shows once in 10^12.
#pragma once
#include <cmath>
#include <cstdint>

#ifdef __CUDACC__
#define LATHE_BOTH __host__ __device__ inline
#else
#define LATHE_BOTH inline
#endif

namespace lathe::engine::cuda {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ull;

/// A batch of pictures, count x height x width x channels bytes; masks have one channel.
struct BatchShape {
    int count = 0, height = 0, width = 0, channels = 0;
};

enum class Move : int { None, WholePixels, Bilinear };
/// Where the pixels of a picture come from.
struct Resampling {
    Move move = Move::None;
    int sx = 1, tx = 0, sy = 1, ty = 0;  ///< WholePixels: from pixel (sx x + tx, sy y + ty)
    int black = 0;                       ///< what comes in from outside, else the border repeated
    double inverse[6] = {1, 0, 0, 0, 1, 0};
};

enum class Change : int { None, Stretch, Contrast, Saturate, Hue, Posterise, Noise, Erase, Blur };
/// One change of a picture's values.
struct PixelChange {
    Change kind = Change::None;
    int bits = 0;                             ///< Posterise: what stays of a byte
    int x = 0, y = 0, width = 0, height = 0;  ///< Erase
    int weights = 0, radius = 0;              ///< Blur: where its radius + 1 weights begin
    double amount = 0, about = 0;             ///< Stretch: factor, centre; Contrast, Saturate: factor; Noise: sigma
    double turn[3] = {};                      ///< Hue: shares of the same, the next and the last channel
    std::uint64_t state = 0;                  ///< Noise, Erase: the random numbers' own, before the first
};

LATHE_BOTH std::uint64_t splitMix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}
/// The number that comes `index` (from 0) after the state.
LATHE_BOTH std::uint64_t drawAt(std::uint64_t state, std::uint64_t index) {
    return splitMix(state + kGolden * (index + 1));
}
LATHE_BOTH double uniformOf(std::uint64_t drawn) {
    return double(drawn >> 11) * 0x1.0p-53;
}

LATHE_BOTH int within(int v, int low, int high) {
    return v < low ? low : v > high ? high : v;
}
LATHE_BOTH std::uint8_t byteOf(double v) {
    v += 0.5;
    return std::uint8_t(v < 0.0 ? 0.0 : v > 255.0 ? 255.0 : v);
}

/// Box and Muller 1958, from two numbers.
LATHE_BOTH double normalOf(double first, double second) {
    constexpr double kTurn = 2 * 3.141592653589793238462643383279502884;
    return std::sqrt(-2 * std::log(1 - first)) * std::cos(kTurn * second);
}
LATHE_BOTH double luma(const std::uint8_t* p, int channels) {
    return channels < 3 ? p[0] : 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}
/// From the sums of the first channels; `pixels` of a picture.
LATHE_BOTH double meanLuma(const std::uint64_t* sums, int channels, double pixels) {
    const double all = channels < 3 ? double(sums[0]) : 0.299 * double(sums[0]) + 0.587 * double(sums[1]) + 0.114 * double(sums[2]);
    return all / pixels;
}
LATHE_BOTH std::uint8_t stretched(int v, double factor, double about) {
    return byteOf((v - about) * factor + about);
}
LATHE_BOTH void saturate(std::uint8_t* p, double factor) {
    const double grey = luma(p, 3);
    for (int k = 0; k < 3; ++k) p[k] = byteOf(grey + (p[k] - grey) * factor);
}
/// About the grey axis of RGB, which keeps the sum of the channels.
LATHE_BOTH void turnHue(std::uint8_t* p, const double* turn) {
    const double r = p[0], g = p[1], b = p[2];
    p[0] = byteOf(turn[0] * r + turn[1] * g + turn[2] * b);
    p[1] = byteOf(turn[2] * r + turn[0] * g + turn[1] * b);
    p[2] = byteOf(turn[1] * r + turn[2] * g + turn[0] * b);
}
LATHE_BOTH std::uint8_t noisy(std::uint8_t v, double sigma, std::uint64_t state, std::uint64_t index) {
    return byteOf(v + sigma * normalOf(uniformOf(drawAt(state, 2 * index)), uniformOf(drawAt(state, 2 * index + 1))));
}
/// The byte `index` of the rectangle.
LATHE_BOTH std::uint8_t fillOf(std::uint64_t state, std::uint64_t index) {
    return std::uint8_t(drawAt(state, index) >> 56);
}

/// Everything but Blur, on the pixel (x, y) of a picture. `sums` of the picture's channels for Contrast.
LATHE_BOTH void changePixel(const PixelChange& change, std::uint8_t* p, int x, int y, const BatchShape& shape,
                            const std::uint64_t* sums) {
    const int channels = shape.channels;
    switch (change.kind) {
        case Change::Stretch:
        case Change::Contrast: {
            const double about = change.kind == Change::Stretch
                                     ? change.about
                                     : meanLuma(sums, channels, double(shape.width) * double(shape.height));
            for (int k = 0; k < channels; ++k) p[k] = stretched(p[k], change.amount, about);
            break;
        }
        case Change::Saturate:
            if (channels >= 3) saturate(p, change.amount);
            break;
        case Change::Hue:
            if (channels >= 3) turnHue(p, change.turn);
            break;
        case Change::Posterise:
            for (int k = 0; k < channels; ++k) p[k] = std::uint8_t(p[k] & change.bits);
            break;
        case Change::Noise: {
            const auto first = (std::uint64_t(y) * std::uint64_t(shape.width) + std::uint64_t(x)) * std::uint64_t(channels);
            for (int k = 0; k < channels; ++k) p[k] = noisy(p[k], change.amount, change.state, first + std::uint64_t(k));
            break;
        }
        case Change::Erase: {
            const int dx = x - change.x, dy = y - change.y;
            if (dx < 0 || dy < 0 || dx >= change.width || dy >= change.height) break;
            const auto first = (std::uint64_t(dy) * std::uint64_t(change.width) + std::uint64_t(dx)) * std::uint64_t(channels);
            for (int k = 0; k < channels; ++k) p[k] = fillOf(change.state, first + std::uint64_t(k));
            break;
        }
        default: break;
    }
}

/// The value at `at` of a line of `count` values that lie `step` bytes apart; beyond its ends they repeat.
template <class Value>
LATHE_BOTH std::uint8_t blurred(const Value* line, std::int64_t step, int count, int at, const double* weights, int radius) {
    double sum = weights[0] * line[at * step];
    for (int k = 1; k <= radius; ++k)
        sum += weights[k] * (double(line[within(at - k, 0, count - 1) * step]) + double(line[within(at + k, 0, count - 1) * step]));
    return byteOf(sum);
}

/// A place between pixels, in 1/256.
struct Between {
    int at, part;
};
LATHE_BOTH Between between(double v, int side) {
    v = v < -2.0 ? -2.0 : v > side + 1.0 ? side + 1.0 : v;
    const auto fixed = std::int64_t(std::floor(v * 256 + 0.5));
    return {int(fixed >> 8), int(fixed & 255)};
}
/// nullptr: outside and black.
LATHE_BOTH const std::uint8_t* pixelAt(const std::uint8_t* before, const BatchShape& shape, int x, int y, int black) {
    if (black && (x < 0 || y < 0 || x >= shape.width || y >= shape.height)) return nullptr;
    x = within(x, 0, shape.width - 1), y = within(y, 0, shape.height - 1);
    return before + (std::int64_t(y) * shape.width + x) * shape.channels;
}
LATHE_BOTH void movedPlace(const double* m, int x, int y, double* at) {
    const double cx = x + 0.5, cy = y + 0.5;
    at[0] = m[0] * cx + m[1] * cy + m[2], at[1] = m[3] * cx + m[4] * cy + m[5];
}
/// The pixel (x, y) of the moved picture to `out`, from the picture as it was.
LATHE_BOTH void bilinearPixel(const std::uint8_t* before, std::uint8_t* out, int x, int y, const BatchShape& shape,
                              const Resampling& how) {
    double from[2];
    movedPlace(how.inverse, x, y, from);
    const Between bx = between(from[0] - 0.5, shape.width), by = between(from[1] - 0.5, shape.height);
    const auto *a = pixelAt(before, shape, bx.at, by.at, how.black), *b = pixelAt(before, shape, bx.at + 1, by.at, how.black),
               *c = pixelAt(before, shape, bx.at, by.at + 1, how.black),
               *d = pixelAt(before, shape, bx.at + 1, by.at + 1, how.black);
    for (int k = 0; k < shape.channels; ++k) {
        const int top = (a ? a[k] : 0) * (256 - bx.part) + (b ? b[k] : 0) * bx.part,
                  bottom = (c ? c[k] : 0) * (256 - bx.part) + (d ? d[k] : 0) * bx.part;
        out[k] = std::uint8_t((top * (256 - by.part) + bottom * by.part + (1 << 15)) >> 16);
    }
}
LATHE_BOTH void wholePixel(const std::uint8_t* before, std::uint8_t* out, int x, int y, const BatchShape& shape,
                           const Resampling& how) {
    const std::uint8_t* from = pixelAt(before, shape, how.sx * x + how.tx, how.sy * y + how.ty, how.black);
    for (int k = 0; k < shape.channels; ++k) out[k] = from ? from[k] : std::uint8_t(0);
}
LATHE_BOTH void movePixel(const std::uint8_t* before, std::uint8_t* out, int x, int y, const BatchShape& shape,
                          const Resampling& how) {
    if (how.move == Move::Bilinear)
        bilinearPixel(before, out, x, y, shape, how);
    else
        wholePixel(before, out, x, y, shape, how);
}
/// The class of a pixel of the moved mask: the nearest, `outside` where nothing was.
LATHE_BOTH std::uint8_t maskPixel(const std::uint8_t* before, int x, int y, int height, int width, const double* inverse,
                                  std::uint8_t outside) {
    double from[2];
    movedPlace(inverse, x, y, from);
    const bool inside = from[0] >= 0 && from[1] >= 0 && from[0] < width && from[1] < height;
    return inside ? before[std::int64_t(from[1]) * width + std::int64_t(from[0])] : outside;
}

/// IoU of two boxes x0, y0, x1, y1, as torchvision's nms counts it.
LATHE_BOTH float overlapOf(const float* a, const float* b) {
    const float x0 = a[0] > b[0] ? a[0] : b[0], y0 = a[1] > b[1] ? a[1] : b[1];
    const float x1 = a[2] < b[2] ? a[2] : b[2], y1 = a[3] < b[3] ? a[3] : b[3];
    const float w = x1 - x0 > 0 ? x1 - x0 : 0, h = y1 - y0 > 0 ? y1 - y0 : 0;
    const float both = w * h;
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both);
}

}  // namespace lathe::engine::cuda
