#include "core/engine/train/batch_mix.h"

#include <torch/torch.h>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/engine/nn/normalise.h"

namespace lathe::engine::train {
namespace {

using torch::indexing::Slice;

double gammaOf(double shape, Random& random) {
    if (shape < 1) return gammaOf(shape + 1, random) * std::pow(1 - random.uniform(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
        const double x = radius * std::cos(2 * std::numbers::pi * random.uniform());
        const double v = std::pow(1 + c * x, 3);
        if (v > 0 && std::log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
}

/// Yun et al. 2019 (arXiv 1905.04899): a rectangle with the share's area about an even place, cut at the border. Returns what is
/// left.
double pasteRectangle(torch::Tensor& x, const torch::Tensor& others, double share, Random& random) {
    const std::int64_t height = x.size(2), width = x.size(3);
    const double side = std::sqrt(1 - share);
    const auto cut = [&](std::int64_t length) {
        const double middle = random.uniform() * double(length), half = side * double(length) / 2;
        return std::pair(std::max<std::int64_t>(0, std::llround(middle - half)),
                         std::min(length, std::int64_t(std::llround(middle + half))));
    };
    const auto [y0, y1] = cut(height);
    const auto [x0, x1] = cut(width);
    if (y1 <= y0 || x1 <= x0) return 1;
    x.index_put_({Slice(), Slice(), Slice(y0, y1), Slice(x0, x1)}, others.index({Slice(), Slice(), Slice(y0, y1), Slice(x0, x1)}));
    return 1 - double((y1 - y0) * (x1 - x0)) / double(height * width);
}

}  // namespace

double betaOf(double alpha, Random& random) {
    const double a = gammaOf(alpha, random), b = gammaOf(alpha, random);
    return a + b > 0 ? a / (a + b) : 0.5;
}

BatchMix::BatchMix(const std::vector<runs::Augmentation>& declared) {
    for (const runs::Augmentation& one : declared)
        if (one.name == "mixup" || one.name == "cutmix") m_kinds.push_back(one);
}

BatchMix::Mixed BatchMix::apply(torch::Tensor& x, const torch::Tensor& labels, Random& random) const {
    if (m_kinds.empty() || x.size(0) < 2) return {};
    const runs::Named& kind = m_kinds[random.below(m_kinds.size())];
    std::vector<std::int64_t> order(std::size_t(x.size(0)));
    std::iota(order.begin(), order.end(), 0);
    random.shuffle(order);
    const auto rows = nn::sent(torch::tensor(order, torch::kInt64), x.device());
    const auto others = x.index_select(0, rows);
    double share = betaOf(kind.number(runs::Seam::Augmentation, "alpha"), random);
    if (kind.name == "mixup")  // Zhang et al. 2017 (arXiv 1710.09412)
        x = torch::lerp(others, x, share);
    else
        share = pasteRectangle(x, others, share, random);
    return {labels.index_select(0, rows), share};
}

}  // namespace lathe::engine::train
