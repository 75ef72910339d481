#include "core/engine/train/augment.h"

#include <fmt/format.h>
#include <algorithm>

namespace lathe::engine::train {
namespace {

void flip(std::uint8_t* picture, const PictureShape& shape) {
    const auto channels = std::size_t(shape.channels);
    for (int y = 0; y < shape.height; ++y) {
        std::uint8_t* left = picture + std::size_t(y) * std::size_t(shape.width) * channels;
        std::uint8_t* right = left + std::size_t(shape.width - 1) * channels;
        for (; left < right; left += channels, right -= channels) std::swap_ranges(left, left + channels, right);
    }
}

/// out(x, y) = in(x - dx, y - dy); outside the picture its border, or black.
void translate(std::uint8_t* picture, const PictureShape& shape, int dx, int dy, bool black) {
    thread_local std::vector<std::uint8_t> before;
    before.assign(picture, picture + shape.bytes());
    const auto channels = std::size_t(shape.channels);
    const auto row = std::size_t(shape.width) * channels;
    for (int y = 0; y < shape.height; ++y) {
        const std::uint8_t* from = before.data() + std::size_t(std::clamp(y - dy, 0, shape.height - 1)) * row;
        std::uint8_t* to = picture + std::size_t(y) * row;
        const bool rowOutside = y - dy < 0 || y - dy >= shape.height;
        for (int x = 0; x < shape.width; ++x, to += channels) {
            const bool outside = rowOutside || x - dx < 0 || x - dx >= shape.width;
            if (black && outside)
                std::fill_n(to, channels, std::uint8_t(0));
            else
                std::copy_n(from + std::size_t(std::clamp(x - dx, 0, shape.width - 1)) * channels, channels, to);
        }
    }
}

int shiftOf(double amount, Random& random) {
    const int most = int(amount);
    return int(random.below(std::uint64_t(2 * most + 1))) - most;
}

double option(const runs::Augmentation& one, const char* key, double fallback) {
    return one.options.is_object() ? one.options.value(key, fallback) : fallback;
}

}  // namespace

Result<std::vector<AugmentStep>> augmentSteps(const std::vector<runs::Augmentation>& declared) {
    std::vector<AugmentStep> steps;
    for (const runs::Augmentation& one : declared) {
        if (one.name == "flip")
            steps.push_back({AugmentStep::Kind::Flip, option(one, "p", 0.5)});
        else if (one.name == "shift")
            steps.push_back({AugmentStep::Kind::Shift, option(one, "pixels", 2)});
        else if (one.name == "crop")
            steps.push_back({AugmentStep::Kind::Crop, option(one, "padding", 4)});
        else
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("no augmentation is called \"{}\"; there are flip, shift and crop", one.name), "augmentation");
    }
    return steps;
}

void augment(std::uint8_t* picture, const PictureShape& shape, const std::vector<AugmentStep>& steps, Random& random) {
    for (const AugmentStep& step : steps) {
        if (step.kind == AugmentStep::Kind::Flip) {
            if (random.uniform() < step.amount) flip(picture, shape);
            continue;
        }
        const int dx = shiftOf(step.amount, random), dy = shiftOf(step.amount, random);
        if (dx != 0 || dy != 0) translate(picture, shape, dx, dy, step.kind == AugmentStep::Kind::Crop);
    }
}

}  // namespace lathe::engine::train
