#include "core/engine/train/evaluate.h"

#include <torch/torch.h>

#include "core/engine/nn/normalise.h"
#include "core/engine/train/loader.h"

namespace lathe::engine::train {
namespace {

constexpr int kBatch = 64;

class EvalMode {
public:
    explicit EvalMode(nn::Model& model) : m_model(model), m_training(model.is_training()) { m_model.eval(); }
    ~EvalMode() { m_model.train(m_training); }
    EvalMode(const EvalMode&) = delete;
    EvalMode& operator=(const EvalMode&) = delete;

private:
    nn::Model& m_model;
    bool m_training;
};

}  // namespace

Result<Evaluated> evaluate(nn::Model& model, const std::shared_ptr<Pictures>& pictures, const std::vector<std::int64_t>& samples,
                           const std::vector<std::int64_t>& labels, const runs::RunSpec& resolved, std::stop_token stop,
                           const Progress& progress) {
    const torch::NoGradGuard noGrad;
    const EvalMode evalMode(model);
    const torch::Device device(resolved.device.empty() ? "cpu" : resolved.device);
    LoaderOptions options;
    options.samples = samples, options.labels = labels, options.batch = kBatch;
    Loader loader(pictures, std::move(options));
    Evaluated result;
    std::vector<torch::Tensor> logits, truth;
    while (auto batch = loader.next()) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "the evaluation was cancelled");
        for (const auto& [row, error] : batch->unreadable) result.unreadable.emplace_back(samples[std::size_t(row)], error);
        if (batch->samples.empty()) continue;
        const auto x = nn::normalised(batch->pictures.to(device), resolved.preprocessing.mean, resolved.preprocessing.std);
        logits.push_back(model.forward(x).to(torch::kCPU, torch::kFloat32));
        truth.push_back(batch->labels);
        for (const std::int64_t row : batch->samples) result.samples.push_back(samples[std::size_t(row)]);
        progress.report(std::int64_t(result.samples.size()), std::int64_t(samples.size()), "evaluating");
    }
    result.logits = logits.empty() ? torch::zeros({0, 1}) : torch::cat(logits);
    result.labels = truth.empty() ? torch::zeros({0}, torch::kInt64) : torch::cat(truth);
    return result;
}

}  // namespace lathe::engine::train
