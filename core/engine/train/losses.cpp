#include "core/engine/train/losses.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <cmath>

#include "core/engine/eval/segmentation.h"
#include "core/engine/train/registry.h"

namespace lathe::engine::train {
namespace {

namespace F = torch::nn::functional;

Loss crossEntropy(const LossParts& parts) {
    const auto options =
        F::CrossEntropyFuncOptions().weight(parts.weights).label_smoothing(parts.smoothing).ignore_index(parts.ignore);
    if (parts.ignore < 0)
        return [options](const torch::Tensor& logits, const torch::Tensor& labels) {
            return F::cross_entropy(logits, labels, options);
        };
    // torch's mean is not a number where no pixel is asked for.
    return [options = F::CrossEntropyFuncOptions(options).reduction(torch::kSum), weights = parts.weights, ignore = parts.ignore](
               const torch::Tensor& logits, const torch::Tensor& given) {
        const auto labels = given.to(torch::kInt64);
        const auto asked = labels.ne(ignore);
        const auto sum = weights.defined() ? (weights.index_select(0, (labels * asked).flatten()) * asked.flatten()).sum()
                                           : asked.sum().to(logits.dtype());
        return F::cross_entropy(logits, labels, options) / sum.clamp_min(1e-6);
    };
}

/// Lin et al. 2017 (arXiv 1708.02002) over softmax: (1 - p)^gamma times the cross entropy of the sample or pixel.
Loss focal(const LossParts& parts) {
    const double gamma = parts.loss.number(runs::Seam::Loss, "gamma");
    auto options = F::CrossEntropyFuncOptions().label_smoothing(parts.smoothing).ignore_index(parts.ignore).reduction(torch::kNone);
    return [=, weights = parts.weights, ignore = parts.ignore](const torch::Tensor& logits, const torch::Tensor& given) {
        const auto labels = given.to(torch::kInt64);
        const auto asked = labels.ne(ignore);
        const auto index = labels * asked;
        const auto p = torch::softmax(logits, 1).gather(1, index.unsqueeze(1)).squeeze(1);
        const auto each = (1 - p).clamp_min(0).pow(gamma) * F::cross_entropy(logits, labels, options);
        auto w = asked.to(logits.dtype());
        if (weights.defined()) w = w * weights.index_select(0, index.flatten()).view_as(index);
        return (each * w).sum() / w.sum().clamp_min(1e-12);
    };
}

/// Wightman et al. 2021 (arXiv 2110.00476), summed over the classes.
Loss binary(const LossParts& parts) {
    return [=](const torch::Tensor& logits, const torch::Tensor& labels) {
        const auto classes = double(logits.size(1));
        const auto targets =
            torch::one_hot(labels, logits.size(1)).to(logits.dtype()) * (1 - parts.smoothing) + parts.smoothing / classes;
        const auto each = F::binary_cross_entropy_with_logits(logits, targets,
                                                              F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone));
        const auto ofSample = each.sum(1);
        if (!parts.weights.defined()) return ofSample.mean();
        const auto w = parts.weights.index_select(0, labels);
        return (ofSample * w).sum() / w.sum().clamp_min(1e-12);
    };
}

/// Cross entropy, and 1 - the mean of the soft Dice of the classes that the batch has (Milletari et al. 2016, arXiv 1606.04797,
/// with sums for squares), over the pixels that are asked for.
Loss dice(const LossParts& parts) {
    const double share = parts.loss.number(runs::Seam::Loss, "share");
    return [share, ignore = parts.ignore, ce = crossEntropy(parts)](const torch::Tensor& logits, const torch::Tensor& given) {
        const auto labels = given.to(torch::kInt64);
        const auto asked = labels.ne(ignore);
        const auto truth = (torch::one_hot(labels * asked, logits.size(1)) * asked.unsqueeze(-1)).movedim(-1, 1).to(logits.dtype());
        const auto p = torch::softmax(logits, 1) * asked.unsqueeze(1);
        const auto overPixels = std::vector<std::int64_t>{0, 2, 3};
        const auto pixels = truth.sum(overPixels);
        const auto overlap = 2 * (p * truth).sum(overPixels) / (p.sum(overPixels) + pixels).clamp_min(1e-6);
        const auto present = pixels.gt(0).to(logits.dtype());
        const auto mean = (overlap * present).sum() / present.sum().clamp_min(1);
        return ce(logits, labels) * (1 - share) + (1 - mean) * share;
    };
}

constexpr std::array<Maker<Loss (*)(const LossParts&)>, 5> kLosses = {
    {{"cross_entropy", crossEntropy}, {"focal", focal}, {"bce", binary}, {"dice", dice}, {"fcos", fcosLoss}}};

double rawWeight(const runs::Named& rule, double count, double median) {
    if (rule.name == "inverse") return 1 / count;
    if (rule.name == "sqrt_inverse") return 1 / std::sqrt(count);
    if (rule.name == "median") return median / count;
    // Cui et al. 2019 (arXiv 1901.05555): (1 - beta) / (1 - beta^n)
    const double beta = rule.number(runs::Seam::ClassWeights, "beta");
    return (1 - beta) / (1 - std::pow(beta, count));
}

}  // namespace

std::vector<double> classWeights(const runs::Named& rule, const std::vector<std::int64_t>& counts) {
    if (rule.name == "none" || rule.name.empty()) return {};
    std::vector<double> weights(counts.size(), 0), present;
    for (const std::int64_t count : counts)
        if (count > 0) present.push_back(double(count));
    if (present.empty()) return {};
    std::sort(present.begin(), present.end());
    const double median = (present[(present.size() - 1) / 2] + present[present.size() / 2]) / 2;
    double sum = 0, samples = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        if (counts[k] <= 0) continue;
        weights[k] = rawWeight(rule, double(counts[k]), median);
        sum += weights[k] * double(counts[k]), samples += double(counts[k]);
    }
    for (double& weight : weights) weight *= samples / sum;
    return weights;
}

Result<Loss> makeLoss(const runs::RunSpec& spec, const std::vector<std::int64_t>& counts, torch::Device device,
                      const nn::Grid& grid) {
    LossParts parts{spec.loss, {}, spec.loss.labelSmoothing, -100, {}};
    if (spec.task == "segment") parts.ignore = eval::kNotAsked;
    if (const auto weights = classWeights(spec.loss.classWeights, counts); !weights.empty())
        parts.weights = torch::tensor(weights, torch::kFloat32).to(device);
    if (grid.centres.defined()) parts.grid = {grid.centres.to(device), grid.sizes.to(device), grid.levels};
    const auto* loss = makerOf(kLosses, spec.loss.name);
    if (!loss)
        return fail(ErrorCode::InvalidArgument, fmt::format("this engine has no loss called \"{}\"", spec.loss.name), "loss.name");
    return loss->make(parts);
}

}  // namespace lathe::engine::train
