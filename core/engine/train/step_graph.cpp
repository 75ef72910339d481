#include "core/engine/train/step_graph.h"

#include <c10/core/DeviceGuard.h>
#include <torch/torch.h>
#include <optional>

namespace lathe::engine::train {
namespace {

constexpr int kWarmSteps = 3;           ///< before anything is recorded: libraries choose their kernels and make their workspaces
constexpr std::size_t kMostShapes = 2;  ///< each holds its inputs and outputs

StepGraph::Tensors definedOf(const StepGraph::Tensors& tensors) {
    StepGraph::Tensors defined;
    for (const auto& tensor : tensors)
        if (tensor.defined()) defined.push_back(tensor);
    return defined;
}

std::vector<std::vector<std::int64_t>> shapesOf(const StepGraph::Tensors& tensors) {
    std::vector<std::vector<std::int64_t>> shapes;
    for (const auto& tensor : tensors) shapes.push_back(tensor.defined() ? tensor.sizes().vec() : std::vector<std::int64_t>{-1});
    return shapes;
}

/// The plugin works on this thread's card.
std::optional<c10::Device> cardOf(const torch::Tensor& tensor) {
    return tensor.is_cpu() ? std::nullopt : std::optional(tensor.device());
}

}  // namespace

StepGraph::StepGraph(const cuda::GraphCalls& calls, Tensors parameters, Works works)
    : m_calls(calls), m_parameters(std::move(parameters)), m_works(std::move(works)) {
    const auto device = m_parameters.front().device();
    // torch's kernels take a rate on the card as float32.
    m_rate = torch::zeros({}, torch::TensorOptions(device.is_cpu() ? torch::kFloat64 : torch::kFloat32).device(device));
}

StepGraph::~StepGraph() {
    forget();
}

void StepGraph::forget() {
    for (auto& [shapes, recorded] : m_recorded)
        for (void* graph : {recorded->learn, recorded->step})
            if (graph) m_calls.drop(graph);
    m_recorded.clear();
    m_made.clear();
    m_last = nullptr;
}

void StepGraph::turnOff(const std::string& why) {
    m_off = true;
    m_news = why;
    for (auto& parameter : m_parameters) parameter.mutable_grad().reset();  // what was recorded has no values
    forget();
}

void StepGraph::runLearn(void* context) {
    auto& call = *static_cast<Call*>(context);
    for (auto& parameter : call.self->m_parameters) parameter.mutable_grad().reset();
    call.recorded->loss = call.self->m_works.learn(call.recorded->inputs);
    call.recorded->gradients.clear();
    for (auto& parameter : call.self->m_parameters) call.recorded->gradients.push_back(parameter.grad());
}

void StepGraph::runStep(void* context) {
    auto& call = *static_cast<Call*>(context);
    call.self->m_works.step(call.self->m_rate);
}

bool StepGraph::record(const Tensors& inputs, Recorded& recorded) {
    for (const auto& input : inputs) recorded.inputs.push_back(input.defined() ? input.clone() : torch::Tensor());
    m_made.push_back(std::make_unique<Call>(Call{this, &recorded}));
    if (const char* wrong = m_calls.capture(&recorded.learn, runLearn, m_made.back().get())) {
        turnOff(wrong);
        return false;
    }
    return true;
}

bool StepGraph::takes(const Tensors& inputs) {
    const c10::OptionalDeviceGuard guard(cardOf(m_rate));
    m_last = nullptr;
    if (m_off) return false;
    const auto shapes = shapesOf(inputs);
    if (m_recorded.contains(shapes)) return true;
    if (m_warm < kWarmSteps) {
        ++m_warm;
        return false;
    }
    if (m_recorded.size() >= kMostShapes) return false;
    auto& recorded = m_recorded[shapes];
    recorded = std::make_unique<Recorded>();
    return record(inputs, *recorded);
}

torch::Tensor StepGraph::learn(const Tensors& inputs) {
    const c10::OptionalDeviceGuard guard(cardOf(m_rate));
    Recorded& recorded = *m_recorded.at(shapesOf(inputs));
    const auto from = definedOf(inputs);
    auto to = definedOf(recorded.inputs);
    for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(from[i], true);
    if (const char* wrong = m_calls.replay(recorded.learn)) TORCH_CHECK(false, wrong);
    for (std::size_t i = 0; i < m_parameters.size(); ++i) m_parameters[i].mutable_grad() = recorded.gradients[i];
    m_last = &recorded;
    return recorded.loss.clone();
}

bool StepGraph::step(double rate) {
    Recorded* recorded = std::exchange(m_last, nullptr);
    if (!recorded || !m_works.step) return false;
    const c10::OptionalDeviceGuard guard(cardOf(m_rate));
    m_rate.fill_(rate);
    if (!recorded->step) {
        m_made.push_back(std::make_unique<Call>(Call{this, recorded}));
        if (const char* wrong = m_calls.capture(&recorded->step, runStep, m_made.back().get())) {
            m_works.step = nullptr;  // the gradients are good: only steps are taken as if there were no graphs
            m_news = wrong;
            return false;
        }
    }
    if (const char* wrong = m_calls.replay(recorded->step)) TORCH_CHECK(false, wrong);
    return true;
}

}  // namespace lathe::engine::train
