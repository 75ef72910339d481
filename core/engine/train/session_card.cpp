// What a card changes in how a run's steps are taken: where augmentations are done, and steps as CUDA graphs.
#include <ATen/Context.h>
#include <fmt/format.h>
#include <torch/torch.h>

#include "core/engine/cuda/devices.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/autocast.h"
#include "core/engine/train/session.h"

namespace lathe::engine::train {

Result<> Session::prepareCard() {
    const cuda::CardTable* table = m_options.card ? m_options.card : m_device.is_cpu() ? nullptr : cuda::cardTable();
    m_feed = std::make_unique<CardFeed>(m_device, table);
    if (!table) return {};
    if (m_spec.accumulate > 1) return m_journal.message("info", "no CUDA graphs: a step gathers several batches");
    std::vector<torch::Tensor> parameters;
    for (const ParameterGroup& group : m_optimizer->groups())
        parameters.insert(parameters.end(), group.parameters.begin(), group.parameters.end());
    if (parameters.empty()) return {};
    StepGraph::Works works{[this](const StepGraph::Tensors& inputs) { return backAndForth(inputs); },
                           [this](const torch::Tensor& rate) {
                               if (m_spec.optimizer.clip > 0) m_optimizer->clip(m_spec.optimizer.clip);
                               m_optimizer->step(rate);
                           }};
    m_graphs = std::make_unique<StepGraph>(table->graphs, std::move(parameters), std::move(works));
    return m_journal.message("info", "steps are recorded as CUDA graphs, augmentations done on the card");
}

StepGraph::Tensors Session::graphInputs(const Input& input) {
    return {input.x, input.labels, input.mixed.labels, input.share};
}

/// As learn() does it, of a whole batch.
torch::Tensor Session::backAndForth(const StepGraph::Tensors& inputs) {
    const Input input{inputs[0], inputs[1], {inputs[2], 1}, inputs[3]};
    torch::Tensor output, loss;
    {
        const Autocast autocast(m_device, m_spec.precision);
        output = m_model->forward(input.x).to(torch::kFloat32);
    }
    {
        const Autocast autocast(m_device, m_spec.precision);
        loss = lossOf(input, output, 0, output.size(0));
    }
    (m_scale ? m_scale->scaled(loss) : loss).backward();
    return loss.detach();
}

/// By a graph where one fits, else as `eagerly` does it.
Result<torch::Tensor> Session::lossByGraph(const Input& input, const std::function<Result<torch::Tensor>()>& eagerly) {
    const bool whole = m_graphs && m_micro.most() == 0;
    auto loss =
        whole && m_graphs->takes(graphInputs(input)) ? Result<torch::Tensor>(m_graphs->learn(graphInputs(input))) : eagerly();
    if (const std::string why = m_graphs ? m_graphs->takeNews() : std::string(); !why.empty())
        LATHE_CHECK(m_journal.message("warning", fmt::format("no CUDA graphs from here on, steps are taken one by one: {}", why)));
    return loss;
}

void Session::saveDeviceRandom(nn::NamedTensors& tensors) const {
    if (!m_device.is_cpu()) tensors["random/device"] = at::globalContext().defaultGenerator(m_device).get_state();
}

void Session::loadDeviceRandom(const nn::NamedTensors& tensors) const {
    const auto found = tensors.find("random/device");
    if (m_device.is_cpu() || found == tensors.end()) return;
    auto generator = at::globalContext().defaultGenerator(m_device);
    generator.set_state(found->second);
}

}  // namespace lathe::engine::train
