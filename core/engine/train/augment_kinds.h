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
/// Bilinear, or copied where it is a shift or mirror by whole pixels. `from` is `picture` itself or lies apart from it.
void resample(const std::uint8_t* from, std::uint8_t* picture, const PictureShape& shape, const cuda::Resampling& how);
/// Bilinear, of a placement that doesn't turn (how.inverse[1] and [3] are 0): the same bytes, several times as quick. `from` lies
/// apart from `picture`.
void resampleAlongAxes(const std::uint8_t* from, std::uint8_t* picture, const PictureShape& shape, const cuda::Resampling& how);
void resampleMask(std::uint8_t* mask, const PictureShape& shape, const cuda::Resampling& how, std::uint8_t outside);

// augment_colours.cpp: each adds its changes to the plan.
void colour(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan);
void blur(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan);
void noise(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan);
void erase(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan);
void randomColours(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan);
/// `weights` are the plan's.
void change(std::uint8_t* picture, const PictureShape& shape, const cuda::PixelChange& change, const double* weights);

}  // namespace lathe::engine::train
