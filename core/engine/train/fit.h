// Where a picture lies in the network's input: the one rule for pictures, boxes, masks and the way back.
#pragma once
#include <algorithm>
#include <cmath>

#include "core/engine/train/augment.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// The rectangle of the input, in px, that the picture fills.
struct Fit {
    int x = 0, y = 0, width = 0, height = 0;
    /// From px of a picture of that size to px of the input.
    [[nodiscard]] Placement placement(int pictureWidth, int pictureHeight) const {
        return {
            {double(width) / std::max(1, pictureWidth), 0, double(x), 0, double(height) / std::max(1, pictureHeight), double(y)}};
    }
};
/// "letterbox" keeps the shape of the picture, in the middle; the others fill the input.
[[nodiscard]] inline Fit fitOf(int width, int height, const runs::Preprocessing& p) {
    if (p.resize != "letterbox" || width <= 0 || height <= 0) return {0, 0, p.width, p.height};
    const double scale = std::min(double(p.width) / width, double(p.height) / height);
    const int w = std::clamp(int(std::lround(width * scale)), 1, p.width);
    const int h = std::clamp(int(std::lround(height * scale)), 1, p.height);
    return {(p.width - w) / 2, (p.height - h) / 2, w, h};
}

}  // namespace lathe::engine::train
