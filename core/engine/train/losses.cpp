#include "core/engine/train/losses.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <cmath>

#include "core/engine/train/registry.h"

namespace lathe::engine::train {
namespace {

namespace F = torch::nn::functional;

struct Parts {
    torch::Tensor weights;  ///< of the classes; undefined: alike
    double smoothing = 0;
    runs::Named loss;
};

Loss crossEntropy(const Parts& parts) {
    return [options = F::CrossEntropyFuncOptions().weight(parts.weights).label_smoothing(parts.smoothing)](
               const torch::Tensor& logits, const torch::Tensor& labels) { return F::cross_entropy(logits, labels, options); };
}

/// Lin et al. 2017 (arXiv 1708.02002) over softmax: (1 - p)^gamma times the cross entropy of the sample.
Loss focal(const Parts& parts) {
    const double gamma = parts.loss.number(runs::Seam::Loss, "gamma");
    auto options = F::CrossEntropyFuncOptions().label_smoothing(parts.smoothing).reduction(torch::kNone);
    return [=, weights = parts.weights](const torch::Tensor& logits, const torch::Tensor& labels) {
        const auto p = torch::softmax(logits, 1).gather(1, labels.unsqueeze(1)).squeeze(1);
        auto each = (1 - p).clamp_min(0).pow(gamma) * F::cross_entropy(logits, labels, options);
        if (!weights.defined()) return each.mean();
        const auto w = weights.index_select(0, labels);
        return (each * w).sum() / w.sum().clamp_min(1e-12);
    };
}

/// Wightman et al. 2021 (arXiv 2110.00476), summed over the classes.
Loss binary(const Parts& parts) {
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

constexpr std::array<Maker<Loss (*)(const Parts&)>, 3> kLosses = {
    {{"cross_entropy", crossEntropy}, {"focal", focal}, {"bce", binary}}};

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

Result<Loss> makeLoss(const runs::RunSpec& spec, const std::vector<std::int64_t>& counts, torch::Device device) {
    Parts parts{{}, spec.loss.labelSmoothing, spec.loss};
    if (const auto weights = classWeights(spec.loss.classWeights, counts); !weights.empty())
        parts.weights = torch::tensor(weights, torch::kFloat32).to(device);
    const auto* loss = makerOf(kLosses, spec.loss.name);
    if (!loss)
        return fail(ErrorCode::InvalidArgument, fmt::format("this engine has no loss called \"{}\"", spec.loss.name), "loss.name");
    return loss->make(parts);
}

}  // namespace lathe::engine::train
