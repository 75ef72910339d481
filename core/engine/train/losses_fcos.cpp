#include <torch/torch.h>

#include "core/engine/train/losses.h"

namespace lathe::engine::train {
namespace {

namespace F = torch::nn::functional;

constexpr double kNear = 1.5;         ///< anchor sides from a box's middle
constexpr double kFrom = 4, kTo = 8;  ///< anchor sides: the largest distance to a border that a level looks after
constexpr double kShare = 0.25;       ///< of the positive places in the focal loss (alpha)
constexpr double kHuge = 1e8;         ///< above any area

/// What each place is to say. Shapes: N x places, corners N x places x 4.
struct Wanted {
    torch::Tensor holds;    ///< bool
    torch::Tensor classes;  ///< int64, 0 where it holds nothing
    torch::Tensor corners;  ///< of the box, or of the anchor where it holds nothing
};

torch::Tensor anchorCorners(const nn::Grid& grid) {
    const auto half = grid.sizes.unsqueeze(1) / 2;
    return torch::cat({grid.centres - half, grid.centres + half}, 1);
}

/// Bounds of the largest distance for every place: the first level has none below, the last none above.
std::pair<torch::Tensor, torch::Tensor> bounds(const nn::Grid& grid) {
    auto lower = grid.sizes * kFrom, upper = grid.sizes * kTo;
    lower.narrow(0, 0, grid.levels.front()).zero_();
    upper.narrow(0, upper.size(0) - grid.levels.back(), grid.levels.back()).fill_(std::numeric_limits<float>::infinity());
    return {lower, upper};
}

Wanted match(const nn::Grid& grid, const torch::Tensor& labels) {
    const auto valid = labels.select(2, 0).ge(0).unsqueeze(1);               // N x 1 x M
    const auto low = labels.narrow(2, 1, 2), high = labels.narrow(2, 3, 2);  // N x M x 2
    const auto at = grid.centres.unsqueeze(0).unsqueeze(2);                  // 1 x places x 1 x 2
    const auto sizes = grid.sizes.unsqueeze(0).unsqueeze(2);                 // 1 x places x 1
    const auto [lower, upper] = bounds(grid);
    const auto toLow = at - low.unsqueeze(1), toHigh = high.unsqueeze(1) - at;  // N x places x M x 2
    const auto least = torch::minimum(toLow, toHigh).amin(3), most = torch::maximum(toLow, toHigh).amax(3);
    const auto offset = (at - ((low + high) / 2).unsqueeze(1)).abs().amax(3);
    const auto fits = valid & offset.lt(kNear * sizes) & least.gt(0) & most.gt(lower.unsqueeze(0).unsqueeze(2)) &
                      most.lt(upper.unsqueeze(0).unsqueeze(2));
    const auto areas = (high - low).prod(2).unsqueeze(1);
    const auto [best, which] = (fits.to(torch::kFloat32) * (kHuge - areas)).max(2);  // the smallest box wins
    Wanted wanted;
    wanted.holds = best.ge(1e-5);
    const auto chosen = labels.gather(1, which.unsqueeze(2).expand({-1, -1, 5}));
    wanted.classes = torch::where(wanted.holds, chosen.select(2, 0), torch::zeros_like(best)).to(torch::kInt64);
    wanted.corners = torch::where(wanted.holds.unsqueeze(2), chosen.narrow(2, 1, 4), anchorCorners(grid).unsqueeze(0));
    return wanted;
}

/// Lin et al. 2017 (arXiv 1708.02002), each class against the rest; summed.
torch::Tensor focalSum(const torch::Tensor& logits, const torch::Tensor& targets, double gamma) {
    const auto ce =
        F::binary_cross_entropy_with_logits(logits, targets, F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone));
    const auto p = torch::sigmoid(logits);
    const auto right = p * targets + (1 - p) * (1 - targets);
    return ((kShare * targets + (1 - kShare) * (1 - targets)) * (1 - right).pow(gamma) * ce).sum();
}

/// 1 - GIoU of each pair (Rezatofighi et al. 2019, arXiv 1902.09630); corners in the last dimension.
torch::Tensor giouLoss(const torch::Tensor& a, const torch::Tensor& b) {
    constexpr double kTiny = 1e-7;
    const auto area = [](const torch::Tensor& c) { return (c.narrow(-1, 2, 2) - c.narrow(-1, 0, 2)).prod(-1); };
    const auto low = torch::maximum(a.narrow(-1, 0, 2), b.narrow(-1, 0, 2));
    const auto high = torch::minimum(a.narrow(-1, 2, 2), b.narrow(-1, 2, 2));
    const auto sides = high - low;
    const auto both = torch::where(sides.gt(0).all(-1), sides.prod(-1), torch::zeros_like(sides.select(-1, 0)));
    const auto all = area(a) + area(b) - both;
    const auto hull =
        (torch::maximum(a.narrow(-1, 2, 2), b.narrow(-1, 2, 2)) - torch::minimum(a.narrow(-1, 0, 2), b.narrow(-1, 0, 2))).prod(-1);
    return 1 - (both / (all + kTiny) - (hull - all) / (hull + kTiny));
}

/// sqrt of how alike left and right, top and bottom are.
torch::Tensor centredness(const nn::Grid& grid, const torch::Tensor& corners) {
    const auto low = grid.centres.unsqueeze(0) - corners.narrow(2, 0, 2),
               high = corners.narrow(2, 2, 2) - grid.centres.unsqueeze(0);
    return (torch::minimum(low, high) / torch::maximum(low, high)).prod(2).clamp_min(0).sqrt();
}

}  // namespace

Loss fcosLoss(const LossParts& parts) {
    const double gamma = parts.loss.number(runs::Seam::Loss, "gamma");
    return [grid = parts.grid, gamma](const torch::Tensor& output, const torch::Tensor& labels) {
        const std::int64_t classes = output.size(2) - 5;
        const Wanted wanted = match(grid, labels);
        const auto held = wanted.holds.to(torch::kFloat32);
        const auto targets = torch::one_hot(wanted.classes, classes).to(torch::kFloat32) * held.unsqueeze(2);
        const auto sides = grid.sizes.unsqueeze(0).unsqueeze(2);
        const auto distances = output.narrow(2, classes, 4) * sides;
        const auto at = grid.centres.unsqueeze(0);
        const auto boxes = torch::cat({at - distances.narrow(2, 0, 2), at + distances.narrow(2, 2, 2)}, 2);
        const auto central =
            F::binary_cross_entropy_with_logits(output.select(2, classes + 4), centredness(grid, wanted.corners),
                                                F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone));
        const auto sum =
            focalSum(output.narrow(2, 0, classes), targets, gamma) + ((giouLoss(boxes, wanted.corners) + central) * held).sum();
        return sum / held.sum().clamp_min(1);
    };
}

}  // namespace lathe::engine::train
