#include "core/engine/train/evaluate.h"

#include <torch/torch.h>
#include <algorithm>

#include "core/engine/nn/normalise.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/micro_batch.h"

namespace lathe::engine::train {
namespace {

constexpr int kBatch = 64;
constexpr std::size_t kBatchBytes = std::size_t(6) << 20;  ///< of pictures, for large ones

int batchFor(const PictureShape& shape) {
    return int(std::clamp<std::size_t>(kBatchBytes / std::max<std::size_t>(1, shape.bytes()), 1, kBatch));
}

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

Result<Evaluated> evaluate(nn::Model& model, const Task& task, const TrainData& data, const std::vector<std::int64_t>& samples,
                           const runs::RunSpec& resolved, std::stop_token stop, const Progress& progress,
                           const std::vector<std::int64_t>& shown) {
    const torch::NoGradGuard noGrad;
    const EvalMode evalMode(model);
    const torch::Device device(resolved.device.empty() ? "cpu" : resolved.device);
    LoaderOptions options;
    options.samples = samples, options.labels = task.labels();
    options.batch = batchFor(data.pictures->shape());
    options.pinned = !device.is_cpu();
    Loader loader(data.pictures, std::move(options));
    Evaluated result{task.account(), {}, {}};
    result.account->show(shown);
    while (auto batch = loader.next()) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "the evaluation was cancelled");
        for (const auto& [row, error] : batch->unreadable) result.unreadable.emplace_back(samples[std::size_t(row)], error);
        if (batch->samples.empty()) continue;
        const auto x = nn::normalised(batch->pictures.to(device, true), resolved.preprocessing.mean, resolved.preprocessing.std);
        std::vector<std::int64_t> items;
        for (const std::int64_t row : batch->samples) items.push_back(samples[std::size_t(row)]);
        result.account->add(forwardInHalves(model, x).to(torch::kFloat32), batch->labels.to(device, true), items);
        result.samples.insert(result.samples.end(), items.begin(), items.end());
        progress.report(std::int64_t(result.samples.size()), std::int64_t(samples.size()), "evaluating");
    }
    return result;
}

}  // namespace lathe::engine::train
