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

/// A shift or mirror by whole pixels, counted in pixels.
bool isWholePixels(const Placement& inverse) {
    const auto& m = inverse.m;
    return m[1] == 0 && m[3] == 0 && std::abs(m[0]) == 1 && std::abs(m[4]) == 1 && m[2] == std::round(m[2]) &&
           m[5] == std::round(m[5]);
}

cuda::BatchShape batchShape(const PictureShape& shape) {
    return {1, shape.height, shape.width, shape.channels};
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

cuda::Resampling resamplingOf(const Placement& placement, bool black) {
    const auto inverse = placement.isNone() ? std::nullopt : placement.inverse();
    if (!inverse) return {};
    const auto& m = inverse->m;
    cuda::Resampling how{cuda::Move::Bilinear, 1, 0, 1, 0, black, {}};
    std::copy(m.begin(), m.end(), how.inverse);
    if (!isWholePixels(*inverse)) return how;
    how.move = cuda::Move::WholePixels;
    // Of centres at .5: -(x + .5) + t is the centre of pixel t - 1 - x.
    how.sx = int(m[0]), how.tx = int(m[2]) - (m[0] < 0), how.sy = int(m[4]), how.ty = int(m[5]) - (m[4] < 0);
    return how;
}

void resample(const std::uint8_t* from, std::uint8_t* picture, const PictureShape& shape, const cuda::Resampling& how) {
    if (how.move == cuda::Move::None) {
        if (from != picture) std::memcpy(picture, from, shape.bytes());
        return;
    }
    thread_local std::vector<std::uint8_t> before;
    if (from == picture) {
        before.assign(picture, picture + shape.bytes());
        from = before.data();
    }
    if (how.move == cuda::Move::Bilinear && how.inverse[1] == 0 && how.inverse[3] == 0)
        return resampleAlongAxes(from, picture, shape, how);
    const auto all = batchShape(shape);
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x, picture += shape.channels) cuda::movePixel(from, picture, x, y, all, how);
}

void resampleMask(std::uint8_t* mask, const PictureShape& shape, const cuda::Resampling& how, std::uint8_t outside) {
    if (how.move == cuda::Move::None) return;
    thread_local std::vector<std::uint8_t> before;
    before.assign(mask, mask + std::size_t(shape.width) * std::size_t(shape.height));
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x, ++mask)
            *mask = cuda::maskPixel(before.data(), x, y, shape.height, shape.width, how.inverse, outside);
}

}  // namespace lathe::engine::train
