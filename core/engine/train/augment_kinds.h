// The kinds of augmentation, for augment.cpp's tables alone.
#pragma once
#include "core/engine/train/augment.h"

namespace lathe::engine::train {

// augment_places.cpp
[[nodiscard]] Placement flip(const runs::Named& step, const PictureShape& shape, Random& random);
[[nodiscard]] Placement flipVertical(const runs::Named& step, const PictureShape& shape, Random& random);
[[nodiscard]] Placement shift(const runs::Named& step, const PictureShape& shape, Random& random);
[[nodiscard]] Placement crop(const runs::Named& step, const PictureShape& shape, Random& random);
[[nodiscard]] Placement zoomCrop(const runs::Named& step, const PictureShape& shape, Random& random);
[[nodiscard]] Placement affine(const runs::Named& step, const PictureShape& shape, Random& random);
[[nodiscard]] Placement randomPlaces(const runs::Named& step, const PictureShape& shape, Random& random);
/// Resamples by a placement: bilinear, or copied where it is a shift or mirror by whole pixels.
void resample(std::uint8_t* picture, const PictureShape& shape, const Placement& placement, bool black);
void resampleMask(std::uint8_t* mask, const PictureShape& shape, const Placement& placement, std::uint8_t outside);

// augment_colours.cpp
void colour(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random);
void blur(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random);
void noise(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random);
void erase(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random);
void randomColours(const runs::Named& step, std::uint8_t* picture, const PictureShape& shape, Random& random);

}  // namespace lathe::engine::train
