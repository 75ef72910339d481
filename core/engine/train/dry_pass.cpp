#include "core/engine/train/dry_pass.h"

#include <torch/torch.h>
#include <optional>

#include "core/base/time.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/nn/stages.h"
#include "core/engine/train/autocast.h"
#include "core/engine/train/layer_watch.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/memory_limit.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/shape_error.h"

namespace lathe::engine::train {
namespace {

double millisecondsOf(const std::function<void()>& work) {
    const base::Stopwatch clock;
    work();
    return clock.seconds() * 1e3;
}

Json layerJson(const Layer& layer) {
    Json then = Json::array();
    for (const std::string& op : layer.then)
        if (then.empty() || then.back() != op) then.push_back(op);
    return {{"name", layer.name},
            {"kind", layer.kind},
            {"shape", layer.shapes.empty() ? Json::array() : Json(layer.shapes.front())},
            {"calls", layer.shapes.size()},
            {"then", std::move(then)},
            {"parameters", layer.parameters},
            {"activation_bytes", layer.activations},
            {"forward_ms", layer.forwardMs},
            {"backward_ms", layer.backwardMs}};
}

class DryPass {
public:
    DryPass(const runs::RunSpec& spec, const TrainData& data, const ReadyBatch& batch)
        : m_spec(spec), m_data(data), m_batch(batch), m_device(spec.device), m_free(freeMemory(m_device)), m_watch(m_device) {}

    Result<Json> run() {
        torch::manual_seed(m_spec.seed);
        LATHE_TRY(m_model, nn::makeModel(modelConfig(m_spec, int(m_data.classes.size()))));
        m_model->to(m_device);
        nn::toChannelsLast(*m_model);
        nn::freeze(*m_model, m_spec.freeze);
        m_weights = m_watch.liveBytes();
        LATHE_TRY(m_optimizer, makeOptimizer(*m_model, m_spec));
        m_state = m_watch.liveBytes() - m_weights;
        LATHE_TRY(m_task, makeTask(m_spec, m_data, *m_model, m_device));
        nn::trainUnfrozen(*m_model, m_spec.freeze);
        m_watch.setModel(*m_model);
        for (int pass = 0; pass < 2; ++pass) {
            if (pass > 0) m_watch.forgetTimes();
            LATHE_CHECK(step(pass == 0));
        }
        return told();
    }

private:
    Result<> step(bool first) {
        m_optimizer->zeroGrad();
        torch::Tensor output, loss;
        try {
            m_forwardMs = millisecondsOf([&] {
                const Autocast autocast(m_device, m_spec.precision);
                m_watch.forward([&] { output = m_model->forward(m_batch.x).to(torch::kFloat32); });
                m_watch.loss(m_spec.loss.name, [&] { loss = m_task->loss(output, m_batch.labels); });
            });
        } catch (const c10::Error& error) {
            if (isOutOfMemory(error)) throw;
            return fail(shapeError(m_watch.failure(), error, m_spec, int(m_data.classes.size()), m_batch.x));
        }
        if (first) m_watch.countActivations();
        m_backwardMs = millisecondsOf([&] { m_watch.backward([&] { loss.backward(); }); });
        m_optimizerMs = millisecondsOf([&] { m_optimizer->step(0); });
        return {};
    }

    [[nodiscard]] Json told() const {
        Json layers = Json::array();
        std::int64_t activations = 0, gradients = 0, parameters = 0;
        for (const Layer& layer : m_watch.layers()) {
            activations += layer.activations;
            if (layer.name != "input" || layer.activations > 0) layers.push_back(layerJson(layer));
        }
        for (const auto& parameter : m_model->parameters()) {
            parameters += parameter.numel();
            if (parameter.requires_grad()) gradients += std::int64_t(parameter.nbytes());
        }
        const auto batch = std::int64_t(m_batch.x.nbytes() + m_batch.labels.nbytes());
        const std::int64_t average = m_spec.ema > 0 ? m_weights : 0;
        return {{"layers", std::move(layers)},
                {"parameters", parameters},
                {"memory",
                 {{"parameters", m_weights},
                  {"gradients", gradients},
                  {"optimizer", m_state},
                  {"average", average},
                  {"batch", batch},
                  {"batch_size", m_batch.x.size(0)},
                  {"activations", activations},
                  {"peak", m_watch.peakBytes() + batch + average},
                  {"free", m_free}}},
                {"times", {{"forward_ms", m_forwardMs}, {"backward_ms", m_backwardMs}, {"optimizer_ms", m_optimizerMs}}}};
    }

    const runs::RunSpec& m_spec;
    const TrainData& m_data;
    const ReadyBatch& m_batch;
    torch::Device m_device;
    std::uint64_t m_free;
    LayerWatch m_watch;
    std::shared_ptr<nn::Model> m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    std::shared_ptr<const Task> m_task;
    std::int64_t m_weights = 0, m_state = 0;
    double m_forwardMs = 0, m_backwardMs = 0, m_optimizerMs = 0;
};

}  // namespace

Result<ReadyBatch> firstBatch(const runs::RunSpec& spec, const TrainData& data) {
    const torch::Device device(spec.device);
    LATHE_TRY(const auto model, nn::makeModel(modelConfig(spec, int(data.classes.size()))));
    LATHE_TRY(const auto task, makeTask(spec, data, *model, device));
    LoaderOptions options;
    options.samples = data.splits.train, options.labels = task->labels(), options.batch = spec.batch;
    for (const std::int64_t sample : options.samples) options.classes.push_back(data.items[std::size_t(sample)].label);
    options.sampler = spec.sampler, options.seed = spec.seed;
    Loader loader(data.pictures, std::move(options));
    while (auto batch = loader.next()) {
        if (batch->samples.empty()) continue;
        const auto& p = spec.preprocessing;
        return ReadyBatch{nn::normalised(batch->pictures.to(device), p.mean, p.std), batch->labels.to(device)};
    }
    return fail(ErrorCode::InvalidData, "none of the training images can be read");
}

ReadyBatch repeated(const ReadyBatch& batch, std::int64_t pictures) {
    const auto rows = torch::arange(pictures, torch::kInt64).remainder(batch.x.size(0)).to(batch.x.device());
    return {batch.x.index_select(0, rows).contiguous(batch.x.suggest_memory_format()), batch.labels.index_select(0, rows)};
}

Result<Json> dryPass(const runs::RunSpec& resolved, const TrainData& data, const ReadyBatch& batch) {
    return DryPass(resolved, data, batch).run();
}

}  // namespace lathe::engine::train
