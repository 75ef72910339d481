// Augmentations of colours, sharpness and what can be seen.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/engine/train/augment_kinds.h"

namespace lathe::engine::train {
namespace {

using cuda::Change;
using cuda::PixelChange;

PixelChange changeOf(Change kind, double amount, double about = 0) {
    PixelChange change;
    change.kind = kind, change.amount = amount, change.about = about;
    return change;
}

PixelChange hueBy(double share) {
    const double c = std::cos(2 * std::numbers::pi * share), s = std::sin(2 * std::numbers::pi * share) / std::numbers::sqrt3;
    PixelChange change = changeOf(Change::Hue, 0);
    change.turn[0] = c + (1 - c) / 3, change.turn[1] = (1 - c) / 3 - s, change.turn[2] = (1 - c) / 3 + s;
    return change;
}

void addBlur(PicturePlan& plan, double sigma) {
    const int radius = int(std::ceil(3 * sigma));
    if (radius < 1) return;
    PixelChange change = changeOf(Change::Blur, sigma);
    change.weights = int(plan.weights.size()), change.radius = radius;
    double all = 0;
    for (int k = 0; k <= radius; ++k) {
        plan.weights.push_back(std::exp(-k * k / (2 * sigma * sigma)));
        all += k == 0 ? plan.weights.back() : 2 * plan.weights.back();
    }
    for (int k = 0; k <= radius; ++k) plan.weights[std::size_t(change.weights + k)] /= all;
    plan.changes.push_back(change);
}

double meanOf(const std::uint8_t* picture, const PictureShape& shape) {
    std::array<std::uint64_t, 3> sums{};
    const auto summed = std::size_t(std::min(3, shape.channels));
    for (const std::uint8_t *p = picture, *end = picture + shape.bytes(); p < end; p += shape.channels)
        for (std::size_t k = 0; k < summed; ++k) sums[k] += p[k];
    return cuda::meanLuma(sums.data(), shape.channels, double(shape.width) * double(shape.height));
}

void throughTable(std::uint8_t* picture, const PictureShape& shape, double factor, double about) {
    std::array<std::uint8_t, 256> table{};
    for (int v = 0; v < 256; ++v) table[std::size_t(v)] = cuda::stretched(v, factor, about);
    for (std::size_t i = 0; i < shape.bytes(); ++i) picture[i] = table[picture[i]];
}

/// Along one axis: `step` bytes between neighbours, `count` of them.
void blurLine(std::uint8_t* line, std::size_t step, int count, const double* weights, int radius) {
    thread_local std::vector<double> values;
    values.resize(std::size_t(count));
    for (int i = 0; i < count; ++i) values[std::size_t(i)] = line[std::size_t(i) * step];
    for (int i = 0; i < count; ++i) line[std::size_t(i) * step] = cuda::blurred(values.data(), 1, count, i, weights, radius);
}

void blurBoth(std::uint8_t* picture, const PictureShape& shape, const double* weights, int radius) {
    const auto channels = std::size_t(shape.channels), row = std::size_t(shape.width) * channels;
    for (int y = 0; y < shape.height; ++y)
        for (std::size_t k = 0; k < channels; ++k)
            blurLine(picture + std::size_t(y) * row + k, channels, shape.width, weights, radius);
    for (std::size_t x = 0; x < row; ++x) blurLine(picture + x, row, shape.height, weights, radius);
}

/// The rectangle of an Erase, the whole picture of the others.
void eachPixel(std::uint8_t* picture, const PictureShape& shape, const PixelChange& change) {
    const cuda::BatchShape all{1, shape.height, shape.width, shape.channels};
    const bool part = change.kind == Change::Erase;
    const int x0 = part ? change.x : 0, y0 = part ? change.y : 0;
    const int x1 = part ? x0 + change.width : shape.width, y1 = part ? y0 + change.height : shape.height;
    for (int y = y0; y < y1; ++y)
        for (int x = x0; x < x1; ++x)
            cuda::changePixel(change, picture + (std::ptrdiff_t(y) * shape.width + x) * shape.channels, x, y, all, nullptr);
}

}  // namespace

void change(std::uint8_t* picture, const PictureShape& shape, const PixelChange& change, const double* weights) {
    switch (change.kind) {
        case Change::Stretch: throughTable(picture, shape, change.amount, change.about); break;
        case Change::Contrast: throughTable(picture, shape, change.amount, meanOf(picture, shape)); break;
        case Change::Blur: blurBoth(picture, shape, weights + change.weights, change.radius); break;
        default: eachPixel(picture, shape, change);
    }
}

void colour(const runs::Named& step, const PictureShape&, Random& random, PicturePlan& plan) {
    const double brightness = 1 + random.either(option(step, "brightness")), contrast = 1 + random.either(option(step, "contrast"));
    const double saturation = 1 + random.either(option(step, "saturation")), hue = random.either(option(step, "hue"));
    if (brightness != 1) plan.changes.push_back(changeOf(Change::Stretch, brightness));
    if (contrast != 1) plan.changes.push_back(changeOf(Change::Contrast, contrast));
    if (saturation != 1) plan.changes.push_back(changeOf(Change::Saturate, saturation));
    if (hue != 0) plan.changes.push_back(hueBy(hue));
}

void blur(const runs::Named& step, const PictureShape&, Random& random, PicturePlan& plan) {
    if (random.uniform() < option(step, "p")) addBlur(plan, random.uniform() * option(step, "sigma"));
}

void noise(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan) {
    if (random.uniform() >= option(step, "p")) return;
    PixelChange change = changeOf(Change::Noise, random.uniform() * option(step, "sigma"));
    change.state = random.state();
    random.skip(2 * shape.bytes());
    plan.changes.push_back(change);
}

// Zhong et al. 2017 (arXiv 1708.04896): an even share of the area from 2 % on, an even logarithm of the aspect from 0.3 to 3.3.
void erase(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan) {
    if (random.uniform() >= option(step, "p")) return;
    const double most = option(step, "area"), least = std::min(0.02, most);
    const double area = (least + (most - least) * random.uniform()) * shape.width * shape.height;
    const double aspect = std::exp(random.either(std::log(3.3)));
    PixelChange change = changeOf(Change::Erase, 0);
    change.width = std::clamp(int(std::sqrt(area * aspect)), 1, shape.width);
    change.height = std::clamp(int(std::sqrt(area / aspect)), 1, shape.height);
    change.x = int(random.below(std::uint64_t(shape.width - change.width + 1)));
    change.y = int(random.below(std::uint64_t(shape.height - change.height + 1)));
    change.state = random.state();
    random.skip(std::uint64_t(change.width) * std::uint64_t(change.height) * std::uint64_t(shape.channels));
    plan.changes.push_back(change);
}

// The other half of randomPlaces().
void randomColours(const runs::Named& step, const PictureShape&, Random& random, PicturePlan& plan) {
    const double strength = option(step, "strength");
    for (int k = 0; k < int(option(step, "count")); ++k) {
        const double amount = random.either(strength);
        switch (random.below(10)) {
            case 0: plan.changes.push_back(changeOf(Change::Stretch, 1 + 0.9 * amount)); break;
            case 1: plan.changes.push_back(changeOf(Change::Contrast, 1 + 0.9 * amount)); break;
            case 2: plan.changes.push_back(changeOf(Change::Saturate, 1 + 0.9 * amount)); break;
            case 3: addBlur(plan, 2 * std::abs(amount)); break;
            case 4: {
                PixelChange posterise = changeOf(Change::Posterise, 0);
                posterise.bits = (0xFF << int(std::round(4 * std::abs(amount)))) & 0xFF;
                plan.changes.push_back(posterise);
                break;
            }
            default: break;
        }
    }
}

}  // namespace lathe::engine::train
