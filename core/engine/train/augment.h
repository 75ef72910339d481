// The augmentations that a run spec can declare (runs::Seam::Augmentation), on uint8 H x W x C with what is labelled on it. A kind
// is one function in augment_*.cpp and one line in augment.cpp.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/cuda/pixels.h"
#include "core/engine/train/item.h"
#include "core/engine/train/pictures.h"
#include "core/engine/train/random.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// Where the picture's places go: (x, y) -> (a x + b y + c, d x + e y + f), in px with pixel centres at .5.
struct Placement {
    std::array<double, 6> m{1, 0, 0, 0, 1, 0};
    [[nodiscard]] Placement then(const Placement& next) const;
    [[nodiscard]] std::optional<Placement> inverse() const;  ///< nullopt: it folds the picture flat
    [[nodiscard]] bool isNone() const { return m == Placement().m; }
    [[nodiscard]] std::array<double, 2> of(double x, double y) const {
        return {m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5]};
    }
};

/// The box round where the corners go, cut to the picture; nullopt where less than `least` of its area is left in it or it has no
/// area left.
[[nodiscard]] std::optional<Corners> placed(const Corners& box, const Placement& placement, const PictureShape& shape,
                                            double least);

/// What is done to one picture: every random number is drawn, no pixel was looked at.
struct PicturePlan {
    Placement placement;          ///< where the places go
    cuda::Resampling resampling;  ///< the same for pixels
    std::vector<cuda::PixelChange> changes;
    std::vector<double> weights;  ///< of all blurs
};
/// The pixels' way of a placement; none where it moves nothing or folds the picture flat.
[[nodiscard]] cuda::Resampling resamplingOf(const Placement& placement, bool black);

/// A declared list made ready. The places move first, all as one resampling, then colours and the rest, each in the list's order.
class Augmenter {
public:
    /// Names and options are in the catalogue; what works on whole batches (mixup, cutmix) is left to BatchMix.
    [[nodiscard]] static Result<Augmenter> make(const std::vector<runs::Augmentation>& declared);
    /// `random` is the sample's own.
    [[nodiscard]] PicturePlan plan(const PictureShape& shape, Random& random) const;
    /// Writes the changed `from` to `picture` (the same place, or apart from it) and changes `mask`, where there is one, in place
    /// (H x W, nearest; what comes in from outside gets `outside`).
    static void carryOut(const PicturePlan& plan, const std::uint8_t* from, std::uint8_t* picture, const PictureShape& shape,
                         std::uint8_t* mask = nullptr, std::uint8_t outside = 255);
    /// Both. Returns where the places went.
    Placement apply(std::uint8_t* picture, const PictureShape& shape, Random& random, std::uint8_t* mask = nullptr,
                    std::uint8_t outside = 255) const;
    [[nodiscard]] bool isEmpty() const { return m_places.empty() && m_colours.empty(); }

    using Place = Placement (*)(const runs::Named& step, const PictureShape& shape, Random& random);
    using Colour = void (*)(const runs::Named& step, const PictureShape& shape, Random& random, PicturePlan& plan);

private:
    std::vector<std::pair<runs::Named, Place>> m_places;
    std::vector<std::pair<runs::Named, Colour>> m_colours;
    bool m_black = false;  ///< what comes in from outside, else the border repeated
};

/// The declared option of an augmentation.
[[nodiscard]] inline double option(const runs::Named& step, std::string_view name) {
    return step.number(runs::Seam::Augmentation, name);
}

}  // namespace lathe::engine::train
