// The augmentations that a run spec can declare, on uint8 H x W x C.
#pragma once
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/engine/train/pictures.h"
#include "core/engine/train/random.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// One declared augmentation made ready. flip: mirrored with probability p. shift: moved by up to `amount` pixels each way, the
/// border repeated. crop: the same with black coming in (pad, then a random crop of the old size).
struct AugmentStep {
    enum class Kind { Flip, Shift, Crop } kind = Kind::Flip;
    double amount = 0;
};
/// Unknown names are InvalidArgument.
[[nodiscard]] Result<std::vector<AugmentStep>> augmentSteps(const std::vector<runs::Augmentation>& declared);
/// Changes `picture` in place; `random` is the sample's own.
void augment(std::uint8_t* picture, const PictureShape& shape, const std::vector<AugmentStep>& steps, Random& random);

}  // namespace lathe::engine::train
