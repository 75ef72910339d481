#include "core/engine/train/augment.h"

#include <fmt/format.h>
#include <algorithm>

#include "core/engine/train/augment_kinds.h"
#include "core/engine/train/registry.h"

namespace lathe::engine::train {
namespace {

constexpr std::array<Maker<Augmenter::Place>, 7> kPlaces = {{{"flip", flip},
                                                             {"flip_vertical", flipVertical},
                                                             {"shift", shift},
                                                             {"crop", crop},
                                                             {"zoom_crop", zoomCrop},
                                                             {"affine", affine},
                                                             {"rand", randomPlaces}}};
constexpr std::array<Maker<Augmenter::Colour>, 5> kColours = {
    {{"colour", colour}, {"blur", blur}, {"noise", noise}, {"erase", erase}, {"rand", randomColours}}};
constexpr std::array<std::string_view, 2> kBlack = {"crop", "rand"};                   ///< of these, black comes in from outside
constexpr std::array<std::string_view, 3> kOfSeveral = {"mixup", "cutmix", "mosaic"};  ///< of BatchMix and Mosaic

}  // namespace

Placement Placement::then(const Placement& next) const {
    const auto& n = next.m;
    return {{n[0] * m[0] + n[1] * m[3], n[0] * m[1] + n[1] * m[4], n[0] * m[2] + n[1] * m[5] + n[2], n[3] * m[0] + n[4] * m[3],
             n[3] * m[1] + n[4] * m[4], n[3] * m[2] + n[4] * m[5] + n[5]}};
}

std::optional<Placement> Placement::inverse() const {
    const double determinant = m[0] * m[4] - m[1] * m[3];
    if (std::abs(determinant) < 1e-12) return std::nullopt;
    const double a = m[4] / determinant, b = -m[1] / determinant, d = -m[3] / determinant, e = m[0] / determinant;
    return Placement{{a, b, -(a * m[2] + b * m[5]), d, e, -(d * m[2] + e * m[5])}};
}

std::optional<Corners> placed(const Corners& box, const Placement& placement, const PictureShape& shape, double least) {
    double x0 = 1e30, y0 = 1e30, x1 = -1e30, y1 = -1e30;
    for (const auto& [x, y] : {std::pair(box[0], box[1]), {box[2], box[1]}, {box[0], box[3]}, {box[2], box[3]}}) {
        const auto at = placement.of(x, y);
        x0 = std::min(x0, at[0]), x1 = std::max(x1, at[0]), y0 = std::min(y0, at[1]), y1 = std::max(y1, at[1]);
    }
    const double whole = (x1 - x0) * (y1 - y0);
    x0 = std::max(x0, 0.0), y0 = std::max(y0, 0.0), x1 = std::min(x1, double(shape.width)), y1 = std::min(y1, double(shape.height));
    const double left = std::max(0.0, x1 - x0) * std::max(0.0, y1 - y0);
    if (left <= 0 || left < least * whole) return std::nullopt;
    return Corners{float(x0), float(y0), float(x1), float(y1)};
}

Result<Augmenter> Augmenter::make(const std::vector<runs::Augmentation>& declared) {
    Augmenter out;
    for (const runs::Augmentation& one : declared) {
        const auto* place = makerOf(kPlaces, one.name);
        const auto* colour = makerOf(kColours, one.name);
        if (place) out.m_places.emplace_back(one, place->make);
        if (colour) out.m_colours.emplace_back(one, colour->make);
        out.m_black = out.m_black || std::ranges::find(kBlack, one.name) != kBlack.end();
        const bool known = place || colour || std::ranges::find(kOfSeveral, one.name) != kOfSeveral.end();
        if (!known)
            return fail(ErrorCode::InvalidArgument, fmt::format("this engine has no augmentation called \"{}\"", one.name),
                        "augmentation");
    }
    return out;
}

PicturePlan Augmenter::plan(const PictureShape& shape, Random& random) const {
    PicturePlan plan;
    for (const auto& [step, place] : m_places) plan.placement = plan.placement.then(place(step, shape, random));
    plan.resampling = resamplingOf(plan.placement, m_black);
    for (const auto& [step, add] : m_colours) add(step, shape, random, plan);
    return plan;
}

void Augmenter::carryOut(const PicturePlan& plan, const std::uint8_t* from, std::uint8_t* picture, const PictureShape& shape,
                         std::uint8_t* mask, std::uint8_t outside) {
    resample(from, picture, shape, plan.resampling);
    if (mask) resampleMask(mask, shape, plan.resampling, outside);
    for (const cuda::PixelChange& one : plan.changes) change(picture, shape, one, plan.weights.data());
}

Placement Augmenter::apply(std::uint8_t* picture, const PictureShape& shape, Random& random, std::uint8_t* mask,
                           std::uint8_t outside) const {
    const PicturePlan made = plan(shape, random);
    carryOut(made, picture, picture, shape, mask, outside);
    return made.placement;
}

}  // namespace lathe::engine::train
