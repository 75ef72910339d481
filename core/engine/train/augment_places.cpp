// Augmentations that move the picture's places, and the resampling by where they went.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "core/engine/train/augment_kinds.h"

namespace lathe::engine::train {
namespace {

constexpr double kRadians = std::numbers::pi / 180;

Placement moved(double dx, double dy) {
    return {{1, 0, dx, 0, 1, dy}};
}

/// Whole pixels, each as likely.
int wholeShift(double amount, Random& random) {
    const int most = int(amount);
    return int(random.below(std::uint64_t(2 * most + 1))) - most;
}

Placement shiftedBy(double amount, Random& random) {
    const int dx = wholeShift(amount, random), dy = wholeShift(amount, random);
    return moved(dx, dy);
}

/// out(x, y) = in(sx x + tx, sy y + ty) with sx, sy of 1 or -1 and whole tx, ty, counted in pixels.
struct WholePixels {
    int sx, tx, sy, ty;
};

std::optional<WholePixels> wholePixels(const Placement& inverse) {
    const auto& m = inverse.m;
    if (m[1] != 0 || m[3] != 0 || std::abs(m[0]) != 1 || std::abs(m[4]) != 1) return std::nullopt;
    if (m[2] != std::round(m[2]) || m[5] != std::round(m[5])) return std::nullopt;
    // Of centres at .5: -(x + .5) + t is the centre of pixel t - 1 - x.
    return WholePixels{int(m[0]), int(m[2]) - (m[0] < 0), int(m[4]), int(m[5]) - (m[4] < 0)};
}

void copyWhole(std::uint8_t* picture, const std::uint8_t* before, const PictureShape& shape, const WholePixels& p, bool black) {
    const auto channels = std::size_t(shape.channels), row = std::size_t(shape.width) * channels;
    for (int y = 0; y < shape.height; ++y) {
        const int fromY = p.sy * y + p.ty;
        const std::uint8_t* from = before + std::size_t(std::clamp(fromY, 0, shape.height - 1)) * row;
        std::uint8_t* to = picture + std::size_t(y) * row;
        const bool rowOutside = fromY < 0 || fromY >= shape.height;
        for (int x = 0; x < shape.width; ++x, to += channels) {
            const int fromX = p.sx * x + p.tx;
            if (black && (rowOutside || fromX < 0 || fromX >= shape.width))
                std::memset(to, 0, channels);
            else
                std::memcpy(to, from + std::size_t(std::clamp(fromX, 0, shape.width - 1)) * channels, channels);
        }
    }
}

/// A place between pixels, in 1/256.
struct Between {
    int at, part;
};

Between between(double v) {
    const auto fixed = std::int64_t(std::floor(v * 256 + 0.5));
    return {int(fixed >> 8), int(fixed & 255)};
}

void bilinear(std::uint8_t* picture, const std::uint8_t* before, const PictureShape& shape, const Placement& inverse, bool black) {
    const int channels = shape.channels, width = shape.width, height = shape.height;
    const auto pixel = [&](int x, int y) -> const std::uint8_t* {
        static constexpr std::uint8_t kBlack[4] = {};
        if (black && (x < 0 || y < 0 || x >= width || y >= height)) return kBlack;
        x = std::clamp(x, 0, width - 1), y = std::clamp(y, 0, height - 1);
        return before + (std::size_t(y) * std::size_t(width) + std::size_t(x)) * std::size_t(channels);
    };
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x, picture += channels) {
            const auto from = inverse.of(x + 0.5, y + 0.5);
            const double fx = std::clamp(from[0] - 0.5, -2.0, width + 1.0), fy = std::clamp(from[1] - 0.5, -2.0, height + 1.0);
            const Between bx = between(fx), by = between(fy);
            const auto *a = pixel(bx.at, by.at), *b = pixel(bx.at + 1, by.at), *c = pixel(bx.at, by.at + 1),
                       *d = pixel(bx.at + 1, by.at + 1);
            for (int k = 0; k < channels; ++k) {
                const int top = a[k] * (256 - bx.part) + b[k] * bx.part, bottom = c[k] * (256 - bx.part) + d[k] * bx.part;
                picture[k] = std::uint8_t((top * (256 - by.part) + bottom * by.part + (1 << 15)) >> 16);
            }
        }
}

/// Turned, then sheared along x (radians), then scaled.
Placement aboutMiddle(const PictureShape& shape, double turn, double shear, double scale) {
    const double c = std::cos(turn), s = std::sin(turn), t = std::tan(shear);
    const Placement linear{{scale * (c + t * s), scale * (-s + t * c), 0, scale * s, scale * c, 0}};
    return moved(-shape.width / 2.0, -shape.height / 2.0).then(linear).then(moved(shape.width / 2.0, shape.height / 2.0));
}

}  // namespace

Placement flip(const runs::Named& step, const PictureShape& shape, Random& random) {
    if (random.uniform() >= option(step, "p")) return {};
    return {{-1, 0, double(shape.width), 0, 1, 0}};
}

Placement flipVertical(const runs::Named& step, const PictureShape& shape, Random& random) {
    if (random.uniform() >= option(step, "p")) return {};
    return {{1, 0, 0, 0, -1, double(shape.height)}};
}

Placement shift(const runs::Named& step, const PictureShape&, Random& random) {
    return shiftedBy(option(step, "pixels"), random);
}

// A window of the padded picture is the picture moved, with black coming in.
Placement crop(const runs::Named& step, const PictureShape&, Random& random) {
    return shiftedBy(option(step, "padding"), random);
}

// As torchvision's RandomResizedCrop: an even share of the area, an even logarithm of the aspect from 3:4 to 4:3, ten tries.
Placement zoomCrop(const runs::Named& step, const PictureShape& shape, Random& random) {
    const double least = option(step, "least"), area = double(shape.width) * shape.height;
    for (int k = 0; k < 10; ++k) {
        const double wanted = area * (least + (1 - least) * random.uniform());
        const double aspect = std::exp(random.either(std::log(4.0 / 3)));
        const double w = std::round(std::sqrt(wanted * aspect)), h = std::round(std::sqrt(wanted / aspect));
        if (w < 1 || h < 1 || w > shape.width || h > shape.height) continue;
        const double x = std::floor(random.uniform() * (shape.width - w + 1)),
                     y = std::floor(random.uniform() * (shape.height - h + 1));
        return moved(-x, -y).then({{shape.width / w, 0, 0, 0, shape.height / h, 0}});
    }
    return {};
}

Placement affine(const runs::Named& step, const PictureShape& shape, Random& random) {
    const double turn = random.either(option(step, "degrees")) * kRadians, shear = random.either(option(step, "shear")) * kRadians;
    return aboutMiddle(shape, turn, shear, 1 + random.either(option(step, "scale")));
}

// RandAugment (Cubuk et al. 2019, arXiv 1909.13719): of `count` operations each moves places or changes colours with even chance.
Placement randomPlaces(const runs::Named& step, const PictureShape& shape, Random& random) {
    const double strength = option(step, "strength");
    Placement all;
    for (int k = 0; k < int(option(step, "count")); ++k) {
        const double amount = random.either(strength);
        switch (random.below(8)) {
            case 0: all = all.then(aboutMiddle(shape, amount * 0.5, 0, 1)); break;
            case 1: all = all.then(aboutMiddle(shape, 0, amount * 0.3, 1)); break;
            case 2: all = all.then(moved(std::round(amount * 0.3 * shape.width), 0)); break;
            case 3: all = all.then(moved(0, std::round(amount * 0.3 * shape.height))); break;
            default: break;
        }
    }
    return all;
}

void resample(std::uint8_t* picture, const PictureShape& shape, const Placement& placement, bool black) {
    const auto inverse = placement.inverse();
    if (!inverse) return;
    thread_local std::vector<std::uint8_t> before;
    before.assign(picture, picture + shape.bytes());
    if (const auto whole = wholePixels(*inverse))
        copyWhole(picture, before.data(), shape, *whole, black);
    else
        bilinear(picture, before.data(), shape, *inverse, black);
}

void resampleMask(std::uint8_t* mask, const PictureShape& shape, const Placement& placement, std::uint8_t outside) {
    const auto inverse = placement.inverse();
    if (!inverse) return;
    const auto count = std::size_t(shape.width) * std::size_t(shape.height);
    thread_local std::vector<std::uint8_t> before;
    before.assign(mask, mask + count);
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x, ++mask) {
            const auto from = inverse->of(x + 0.5, y + 0.5);
            const bool inside = from[0] >= 0 && from[1] >= 0 && from[0] < shape.width && from[1] < shape.height;
            *mask = inside ? before[std::size_t(from[1]) * std::size_t(shape.width) + std::size_t(from[0])] : outside;
        }
}

}  // namespace lathe::engine::train
