#include "core/engine/train/optimizer.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/engine/nn/stages.h"
#include "core/engine/train/registry.h"

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

std::vector<ParameterGroup> parameterGroups(const torch::nn::Module& model, const runs::RunSpec& spec) {
    const auto stages = nn::stagesOf(model);
    std::map<std::pair<std::size_t, bool>, ParameterGroup> groups;
    for (const auto& item : model.named_parameters()) {
        if (!item.value().requires_grad()) continue;
        const std::size_t fromHead = stages.size() - 1 - nn::stageOf(stages, item.key());
        const bool layered = spec.optimizer.layerDecay < 1;
        ParameterGroup& group = groups[{layered ? fromHead : 0, item.value().dim() > 1}];
        group.matrices = item.value().dim() > 1;
        group.weightDecay = group.matrices ? spec.optimizer.weightDecay : 0;
        group.rate = layered ? std::pow(spec.optimizer.layerDecay, double(fromHead)) : 1;
        group.names.push_back(item.key());
        group.parameters.push_back(item.value());
    }
    std::vector<ParameterGroup> out;
    for (auto& [key, group] : groups) out.push_back(std::move(group));
    return out;
}

Tensors ParameterGroup::gradients() const {
    Tensors gradients;
    gradients.reserve(parameters.size());
    for (const auto& parameter : parameters)
        gradients.push_back(parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter));
    return gradients;
}

void Optimizer::zeroGrad() {
    for (auto& group : m_groups)
        for (auto& parameter : group.parameters) parameter.mutable_grad().reset();
}

void Optimizer::setWeightDecay(double weightDecay) {
    setWeightDecay(m_groups, weightDecay);
}

void Optimizer::setWeightDecay(std::vector<ParameterGroup>& groups, double weightDecay) {
    for (ParameterGroup& group : groups) group.weightDecay = group.matrices ? weightDecay : 0;
}

torch::Tensor Optimizer::clip(double most) {
    const torch::NoGradGuard still;
    Tensors gradients;
    for (const auto& group : m_groups)
        for (const auto& parameter : group.parameters)
            if (parameter.grad().defined()) gradients.push_back(parameter.grad());
    if (gradients.empty()) return torch::zeros({});
    auto norm = torch::linalg_vector_norm(torch::stack(at::_foreach_norm(gradients)));
    at::_foreach_mul_(gradients, (most / (norm + 1e-6)).clamp_max(1));
    return norm;
}

namespace {

class Sgd final : public Optimizer {
public:
    Sgd(std::vector<ParameterGroup> groups, double momentum) : Optimizer(std::move(groups)), m_momentum(momentum) {
        for (const ParameterGroup& group : m_groups) m_buffers.push_back(momentum > 0 ? zerosLike(group.parameters) : Tensors());
    }
    void step(double lr) override { update(lr); }
    void step(const torch::Tensor& lr) override { update(lr); }
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
    /// A double or a scalar tensor. A zero buffer with dampening 0 gives the same first step as torch's copy of the gradient.
    template <class Rate>
    void update(const Rate& lr) {
        const torch::NoGradGuard noGrad;
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            const ParameterGroup& group = m_groups[i];
            if (group.parameters.empty()) continue;
            at::_fused_sgd_(group.parameters, group.gradients(), m_buffers[i], group.weightDecay, m_momentum, lr * group.rate, 0.0,
                            m_momentum > 0, false, false);
        }
    }
    double m_momentum;
    std::vector<Tensors> m_buffers;
};

class AdamW final : public Optimizer {
public:
    explicit AdamW(std::vector<ParameterGroup> groups) : Optimizer(std::move(groups)) {
        for (const ParameterGroup& group : m_groups) {
            m_averages.push_back(zerosLike(group.parameters));
            m_squares.push_back(zerosLike(group.parameters));
            Tensors steps;
            for (const auto& parameter : group.parameters)
                steps.push_back(torch::zeros({}, parameter.options().dtype(torch::kFloat32)));
            m_steps.push_back(steps);
        }
    }
    void step(double lr) override { update(lr); }
    void step(const torch::Tensor& lr) override { update(lr); }
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
    /// A double or a scalar tensor.
    template <class Rate>
    void update(const Rate& lr) {
        const torch::NoGradGuard noGrad;
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            const ParameterGroup& group = m_groups[i];
            if (group.parameters.empty()) continue;
            at::_foreach_add_(m_steps[i], 1);
            at::_fused_adamw_(group.parameters, group.gradients(), m_averages[i], m_squares[i], {}, m_steps[i], lr * group.rate,
                              0.9, 0.999, group.weightDecay, 1e-8, false, false);
        }
    }
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

/// Jordan et al. 2024 as torch.optim.Muon does it: the momentum's matrix made orthogonal by five Newton-Schulz steps in bfloat16,
/// scaled to the step that AdamW would take (0.2 sqrt(max(rows, columns)), Liu et al. 2025, arXiv 2502.16982). A convolution is a
/// matrix of its outputs. The head and what is no matrix go to AdamW.
class Muon final : public Optimizer {
public:
    Muon(std::vector<ParameterGroup> matrices, std::vector<ParameterGroup> rest)
        : Optimizer(joined(matrices, rest)), m_matrices(std::move(matrices)), m_rest(std::move(rest)) {
        for (const ParameterGroup& group : m_matrices) m_buffers.push_back(zerosLike(group.parameters));
    }
    void step(double lr) override { update(lr); }
    void step(const torch::Tensor& lr) override { update(lr); }
    void setWeightDecay(double weightDecay) override {
        Optimizer::setWeightDecay(m_matrices, weightDecay);
        m_rest.setWeightDecay(weightDecay);
    }
    void save(nn::NamedTensors& state) const override {
        for (std::size_t i = 0; i < m_matrices.size(); ++i)
            for (std::size_t k = 0; k < m_buffers[i].size(); ++k)
                state["optimizer/momentum/" + m_matrices[i].names[k]] = m_buffers[i][k];
        m_rest.save(state);
    }
    Result<> load(const nn::NamedTensors& state) override {
        for (std::size_t i = 0; i < m_matrices.size(); ++i)
            for (std::size_t k = 0; k < m_buffers[i].size(); ++k)
                LATHE_CHECK(copyFrom(state, "optimizer/momentum/" + m_matrices[i].names[k], m_buffers[i][k]));
        return m_rest.load(state);
    }
    [[nodiscard]] static torch::Tensor orthogonal(const torch::Tensor& matrix) {
        constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
        auto x = matrix.to(torch::kBFloat16);
        const bool tall = x.size(0) > x.size(1);
        if (tall) x = x.t();
        x = x / x.norm().clamp_min(1e-7);
        for (int k = 0; k < 5; ++k) {
            const auto gram = x.mm(x.t());
            x = torch::addmm(x, torch::addmm(gram, gram, gram, b, c), x, a);
        }
        return tall ? x.t() : x;
    }

private:
    /// A double or a scalar tensor.
    template <class Rate>
    void update(const Rate& lr) {
        const torch::NoGradGuard still;
        for (std::size_t i = 0; i < m_matrices.size(); ++i) {
            const ParameterGroup& group = m_matrices[i];
            const Tensors gradients = group.gradients();
            at::_foreach_lerp_(m_buffers[i], gradients, 1 - kMomentum);
            const Tensors updates = at::_foreach_lerp(gradients, m_buffers[i], kMomentum);  // Nesterov's
            at::_foreach_mul_(group.parameters, 1 - lr * (group.rate * group.weightDecay));
            for (std::size_t k = 0; k < group.parameters.size(); ++k) {
                const auto matrix = updates[k].reshape({updates[k].size(0), -1});
                const double scale = 0.2 * std::sqrt(double(std::max(matrix.size(0), matrix.size(1))));
                const auto update = orthogonal(matrix).to(updates[k].dtype()).reshape(updates[k].sizes());
                subtract(group.parameters[k], update, lr * (group.rate * scale));
            }
        }
        m_rest.step(lr);
    }
    static constexpr double kMomentum = 0.95;
    static void subtract(const torch::Tensor& from, const torch::Tensor& update, double amount) { from.add_(update, -amount); }
    static void subtract(const torch::Tensor& from, const torch::Tensor& update, const torch::Tensor& amount) {
        from.sub_(update * amount);
    }
    static std::vector<ParameterGroup> joined(std::vector<ParameterGroup> a, const std::vector<ParameterGroup>& b) {
        a.insert(a.end(), b.begin(), b.end());
        return a;
    }
    std::vector<ParameterGroup> m_matrices;
    std::vector<Tensors> m_buffers;
    AdamW m_rest;
};

using Made = std::unique_ptr<Optimizer>;

Made makeSgd(const torch::nn::Module& model, const runs::RunSpec& spec) {
    return std::make_unique<Sgd>(parameterGroups(model, spec), spec.optimizer.number(runs::Seam::Optimizer, "momentum"));
}

Made makeAdamW(const torch::nn::Module& model, const runs::RunSpec& spec) {
    return std::make_unique<AdamW>(parameterGroups(model, spec));
}

Made makeMuon(const torch::nn::Module& model, const runs::RunSpec& spec) {
    const std::string head = nn::stagesOf(model).back();
    std::vector<ParameterGroup> matrices, rest;
    for (const ParameterGroup& group : parameterGroups(model, spec)) {
        ParameterGroup inner = group, outer = group;
        inner.names.clear(), inner.parameters.clear(), outer.names.clear(), outer.parameters.clear();
        for (std::size_t k = 0; k < group.names.size(); ++k) {
            const auto& parameter = group.parameters[k];
            const bool matrix =
                parameter.dim() > 1 && parameter.numel() / parameter.size(0) > 1 && !group.names[k].starts_with(head + ".");
            (matrix ? inner : outer).names.push_back(group.names[k]);
            (matrix ? inner : outer).parameters.push_back(parameter);
        }
        if (!inner.names.empty()) matrices.push_back(std::move(inner));
        if (!outer.names.empty()) rest.push_back(std::move(outer));
    }
    return std::make_unique<Muon>(std::move(matrices), std::move(rest));
}

using MakeOptimizer = Made (*)(const torch::nn::Module& model, const runs::RunSpec& spec);
constexpr std::array<Maker<MakeOptimizer>, 3> kOptimizers = {{{"sgd", makeSgd}, {"adamw", makeAdamW}, {"muon", makeMuon}}};

}  // namespace

Result<std::unique_ptr<Optimizer>> makeOptimizer(const torch::nn::Module& model, const runs::RunSpec& spec) {
    const auto* optimizer = makerOf(kOptimizers, spec.optimizer.name);
    if (!optimizer)
        return fail(ErrorCode::InvalidArgument, fmt::format("this engine has no optimiser called \"{}\"", spec.optimizer.name),
                    "optimizer.name");
    return optimizer->make(model, spec);
}

}  // namespace lathe::engine::train
