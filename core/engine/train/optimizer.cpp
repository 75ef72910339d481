#include "core/engine/train/optimizer.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <cmath>
#include <numbers>

namespace lathe::engine::train {
namespace {

using Tensors = std::vector<torch::Tensor>;

Tensors zerosLike(const Tensors& parameters) {
    Tensors zeros;
    for (const auto& parameter : parameters) zeros.push_back(torch::zeros_like(parameter));
    return zeros;
}

Result<> copyFrom(const nn::NamedTensors& state, const std::string& name, torch::Tensor& to) {
    const auto found = state.find(name);
    if (found == state.end() || found->second.sizes() != to.sizes())
        return fail(ErrorCode::InvalidData, fmt::format("the checkpoint has no fitting \"{}\"", name));
    to.copy_(found->second);
    return {};
}

}  // namespace

Optimizer::Optimizer(const torch::nn::Module& module, double weightDecay) : m_groups(2) {
    m_groups[0].weightDecay = weightDecay;
    for (const auto& item : module.named_parameters()) {
        Group& group = m_groups[item.value().dim() > 1 ? 0 : 1];
        group.names.push_back(item.key());
        group.parameters.push_back(item.value());
    }
}

Tensors Optimizer::Group::gradients() const {
    Tensors gradients;
    for (const auto& parameter : parameters)
        gradients.push_back(parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter));
    return gradients;
}

void Optimizer::zeroGrad() {
    for (auto& group : m_groups)
        for (auto& parameter : group.parameters) parameter.mutable_grad().reset();
}

namespace {

class Sgd final : public Optimizer {
public:
    Sgd(const torch::nn::Module& module, double momentum, double weightDecay)
        : Optimizer(module, weightDecay), m_momentum(momentum) {
        for (const Group& group : m_groups) m_buffers.push_back(momentum > 0 ? zerosLike(group.parameters) : Tensors());
    }
    // A zero buffer with dampening 0 gives the same first step as torch's copy of the gradient.
    void step(double lr) override {
        const torch::NoGradGuard noGrad;
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            const Group& group = m_groups[i];
            if (group.parameters.empty()) continue;
            at::_fused_sgd_(group.parameters, group.gradients(), m_buffers[i], group.weightDecay, m_momentum, lr, 0.0,
                            m_momentum > 0, false, false);
        }
    }
    void save(nn::NamedTensors& state) const override {
        for (std::size_t i = 0; i < m_groups.size(); ++i)
            for (std::size_t k = 0; k < m_buffers[i].size(); ++k)
                state["optimizer/momentum/" + m_groups[i].names[k]] = m_buffers[i][k];
    }
    Result<> load(const nn::NamedTensors& state) override {
        for (std::size_t i = 0; i < m_groups.size(); ++i)
            for (std::size_t k = 0; k < m_buffers[i].size(); ++k)
                LATHE_CHECK(copyFrom(state, "optimizer/momentum/" + m_groups[i].names[k], m_buffers[i][k]));
        return {};
    }

private:
    double m_momentum;
    std::vector<Tensors> m_buffers;
};

class AdamW final : public Optimizer {
public:
    AdamW(const torch::nn::Module& module, double weightDecay) : Optimizer(module, weightDecay) {
        for (const Group& group : m_groups) {
            m_averages.push_back(zerosLike(group.parameters));
            m_squares.push_back(zerosLike(group.parameters));
            Tensors steps;
            for (const auto& parameter : group.parameters)
                steps.push_back(torch::zeros({}, parameter.options().dtype(torch::kFloat32)));
            m_steps.push_back(steps);
        }
    }
    void step(double lr) override {
        const torch::NoGradGuard noGrad;
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            const Group& group = m_groups[i];
            if (group.parameters.empty()) continue;
            at::_foreach_add_(m_steps[i], 1);
            at::_fused_adamw_(group.parameters, group.gradients(), m_averages[i], m_squares[i], {}, m_steps[i], lr, 0.9, 0.999,
                              group.weightDecay, 1e-8, false, false);
        }
    }
    void save(nn::NamedTensors& state) const override {
        eachState([&](const std::string& name, const torch::Tensor& tensor) { state[name] = tensor; });
    }
    Result<> load(const nn::NamedTensors& state) override {
        Result<> result;
        eachState([&](const std::string& name, torch::Tensor tensor) {
            if (result) result = copyFrom(state, name, tensor);
        });
        return result;
    }

private:
    template <class Function>
    void eachState(Function function) const {
        for (std::size_t i = 0; i < m_groups.size(); ++i)
            for (std::size_t k = 0; k < m_groups[i].names.size(); ++k) {
                function("optimizer/average/" + m_groups[i].names[k], m_averages[i][k]);
                function("optimizer/square/" + m_groups[i].names[k], m_squares[i][k]);
                function("optimizer/step/" + m_groups[i].names[k], m_steps[i][k]);
            }
    }
    std::vector<Tensors> m_averages, m_squares, m_steps;
};

}  // namespace

Result<std::unique_ptr<Optimizer>> makeOptimizer(const torch::nn::Module& module, const runs::RunSpec& spec) {
    const auto& wanted = spec.optimizer;
    if (wanted.name == "sgd") return std::make_unique<Sgd>(module, wanted.momentum, wanted.weightDecay);
    if (wanted.name == "adamw") return std::make_unique<AdamW>(module, wanted.weightDecay);
    return fail(ErrorCode::InvalidArgument, fmt::format("no optimiser is called \"{}\"; there are sgd and adamw", wanted.name),
                "optimizer.name");
}

double learningRate(const std::string& schedule, double base, std::int64_t step, double warmup, std::int64_t total) {
    const auto at = double(step);
    if (at < warmup) return base * (at + 1) / (warmup + 1);
    if (schedule != "cosine") return base;
    const double progress = std::min(1.0, (at - warmup) / std::max(1.0, double(total) - warmup));
    return base * 0.5 * (1 + std::cos(std::numbers::pi * progress));
}

}  // namespace lathe::engine::train
