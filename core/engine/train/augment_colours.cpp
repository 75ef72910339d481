// Augmentations of colours, sharpness and what can be seen.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/engine/train/augment_kinds.h"

namespace lathe::engine::train {
namespace {

std::uint8_t byte(double v) {
    return std::uint8_t(std::clamp(v + 0.5, 0.0, 255.0));
}

double luma(const std::uint8_t* p, int channels) {
    return channels < 3 ? p[0] : 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}

double meanLuma(const std::uint8_t* picture, const PictureShape& shape) {
    double sum = 0;
    const std::uint8_t* end = picture + shape.bytes();
    for (const std::uint8_t* p = picture; p < end; p += shape.channels) sum += luma(p, shape.channels);
    return sum / (double(shape.width) * shape.height);
}

/// Each value through a table: v -> (v - about) * factor + about.
void stretch(std::uint8_t* picture, const PictureShape& shape, double factor, double about) {
    std::array<std::uint8_t, 256> table{};
    for (int v = 0; v < 256; ++v) table[std::size_t(v)] = byte((v - about) * factor + about);
    for (std::size_t i = 0; i < shape.bytes(); ++i) picture[i] = table[picture[i]];
}

void saturate(std::uint8_t* picture, const PictureShape& shape, double factor) {
    if (shape.channels < 3) return;
    for (std::uint8_t *p = picture, *end = picture + shape.bytes(); p < end; p += shape.channels) {
        const double grey = luma(p, 3);
        for (int k = 0; k < 3; ++k) p[k] = byte(grey + (p[k] - grey) * factor);
    }
}

/// Turned about the grey axis of RGB, which keeps the sum of the channels.
void turnHue(std::uint8_t* picture, const PictureShape& shape, double share) {
    if (shape.channels < 3) return;
    const double c = std::cos(2 * std::numbers::pi * share), s = std::sin(2 * std::numbers::pi * share) / std::numbers::sqrt3;
    const double same = c + (1 - c) / 3, next = (1 - c) / 3 - s, last = (1 - c) / 3 + s;
    for (std::uint8_t *p = picture, *end = picture + shape.bytes(); p < end; p += shape.channels) {
        const double r = p[0], g = p[1], b = p[2];
        p[0] = byte(same * r + next * g + last * b);
        p[1] = byte(last * r + same * g + next * b);
        p[2] = byte(next * r + last * g + same * b);
    }
}

/// Along one axis: `step` bytes between neighbours, `count` of them; the border repeated.
void blurLine(std::uint8_t* line, std::size_t step, int count, const std::vector<double>& kernel, std::vector<double>& values) {
    const int radius = int(kernel.size()) - 1;
    values.resize(std::size_t(count));
    for (int i = 0; i < count; ++i) values[std::size_t(i)] = line[std::size_t(i) * step];
    const auto at = [&](int i) { return values[std::size_t(std::clamp(i, 0, count - 1))]; };
    for (int i = 0; i < count; ++i) {
        double sum = kernel[0] * at(i);
        for (int k = 1; k <= radius; ++k) sum += kernel[std::size_t(k)] * (at(i - k) + at(i + k));
        line[std::size_t(i) * step] = byte(sum);
    }
}

void blurBy(std::uint8_t* picture, const PictureShape& shape, double sigma) {
    const int radius = int(std::ceil(3 * sigma));
    if (radius < 1) return;
    std::vector<double> kernel, values;
    double all = 0;
    for (int k = 0; k <= radius; ++k) {
        kernel.push_back(std::exp(-k * k / (2 * sigma * sigma)));
        all += k == 0 ? kernel.back() : 2 * kernel.back();
    }
    for (double& weight : kernel) weight /= all;
    const auto channels = std::size_t(shape.channels), row = std::size_t(shape.width) * channels;
    for (int y = 0; y < shape.height; ++y)
        for (std::size_t k = 0; k < channels; ++k)
            blurLine(picture + std::size_t(y) * row + k, channels, shape.width, kernel, values);
    for (std::size_t x = 0; x < row; ++x) blurLine(picture + x, row, shape.height, kernel, values);
}

/// Box and Muller 1958.
double normal(Random& random) {
    return std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(2 * std::numbers::pi * random.uniform());
}

void posterise(std::uint8_t* picture, const PictureShape& shape, int bits) {
    const auto kept = std::uint8_t(0xFF << (8 - bits));
    for (std::size_t i = 0; i < shape.bytes(); ++i) picture[i] &= kept;
}

}  // namespace

void colour(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random) {
    const double brightness = 1 + random.either(option(step, "brightness")), contrast = 1 + random.either(option(step, "contrast"));
    const double saturation = 1 + random.either(option(step, "saturation")), hue = random.either(option(step, "hue"));
    if (brightness != 1) stretch(picture, shape, brightness, 0);
    if (contrast != 1) stretch(picture, shape, contrast, meanLuma(picture, shape));
    if (saturation != 1) saturate(picture, shape, saturation);
    if (hue != 0) turnHue(picture, shape, hue);
}

void blur(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random) {
    if (random.uniform() < option(step, "p")) blurBy(picture, shape, random.uniform() * option(step, "sigma"));
}

void noise(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random) {
    if (random.uniform() >= option(step, "p")) return;
    const double sigma = random.uniform() * option(step, "sigma");
    for (std::size_t i = 0; i < shape.bytes(); ++i) picture[i] = byte(picture[i] + sigma * normal(random));
}

// Zhong et al. 2017 (arXiv 1708.04896): an even share of the area from 2 % on, an even logarithm of the aspect from 0.3 to 3.3.
void erase(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random) {
    if (random.uniform() >= option(step, "p")) return;
    const double most = option(step, "area"), least = std::min(0.02, most);
    const double area = (least + (most - least) * random.uniform()) * shape.width * shape.height;
    const double aspect = std::exp(random.either(std::log(3.3)));
    const int w = std::clamp(int(std::sqrt(area * aspect)), 1, shape.width),
              h = std::clamp(int(std::sqrt(area / aspect)), 1, shape.height);
    const int x = int(random.below(std::uint64_t(shape.width - w + 1))), y = int(random.below(std::uint64_t(shape.height - h + 1)));
    const auto channels = std::size_t(shape.channels);
    for (int dy = 0; dy < h; ++dy) {
        auto* to = picture + (std::size_t(y + dy) * std::size_t(shape.width) + std::size_t(x)) * channels;
        for (std::size_t i = 0; i < std::size_t(w) * channels; ++i) to[i] = std::uint8_t(random.next() >> 56);
    }
}

// The other half of randomPlaces().
void randomColours(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random) {
    const double strength = option(step, "strength");
    for (int k = 0; k < int(option(step, "count")); ++k) {
        const double amount = random.either(strength);
        switch (random.below(10)) {
            case 0: stretch(picture, shape, 1 + 0.9 * amount, 0); break;
            case 1: stretch(picture, shape, 1 + 0.9 * amount, meanLuma(picture, shape)); break;
            case 2: saturate(picture, shape, 1 + 0.9 * amount); break;
            case 3: blurBy(picture, shape, 2 * std::abs(amount)); break;
            case 4: posterise(picture, shape, 8 - int(std::round(4 * std::abs(amount)))); break;
            default: break;
        }
    }
}

}  // namespace lathe::engine::train
