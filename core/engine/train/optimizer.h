// The optimisers that a run spec can name (runs::Seam::Optimizer; makers in optimizer.cpp), over ATen's fused and foreach kernels:
// a few calls a step for all parameters, and no read from a card. Weight decay goes to weights of two and more dimensions alone,
// not to biases and norms.
#pragma once
#include <torch/torch.h>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/nn/safetensors.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// Parameters that are stepped alike.
struct ParameterGroup {
    std::vector<std::string> names;
    std::vector<torch::Tensor> parameters;
    double weightDecay = 0;
    double rate = 1;  ///< times the step's
    bool matrices = false;
    [[nodiscard]] std::vector<torch::Tensor> gradients() const;
};

class Optimizer {
public:
    virtual ~Optimizer() = default;
    /// One update with the gradients that the parameters hold.
    virtual void step(double lr) = 0;
    /// The same with a rate on the parameters' device, a scalar, so that a CUDA graph can be replayed with another one.
    virtual void step(const torch::Tensor& lr) = 0;
    /// Of the weights that decay, from the next step on.
    virtual void setWeightDecay(double weightDecay);
    void zeroGrad();
    [[nodiscard]] const std::vector<ParameterGroup>& groups() const { return m_groups; }  ///< all that learns
    /// Scales all gradients so that their common norm is `most` at the most (torch's clip_grad_norm_, in one pass); a scalar on the
    /// device: the norm before.
    torch::Tensor clip(double most);
    /// Everything that a step depends on besides the parameters, under names "optimizer/…".
    virtual void save(nn::NamedTensors& state) const = 0;
    [[nodiscard]] virtual Result<> load(const nn::NamedTensors& state) = 0;

protected:
    explicit Optimizer(std::vector<ParameterGroup> groups) : m_groups(std::move(groups)) {}
    static void setWeightDecay(std::vector<ParameterGroup>& groups, double weightDecay);
    std::vector<ParameterGroup> m_groups;
};

/// The parameters that learn, by weight decay and, where the spec has a layer decay, by stage.
[[nodiscard]] std::vector<ParameterGroup> parameterGroups(const torch::nn::Module& model, const runs::RunSpec& spec);
/// spec.optimizer.name is not "auto" any more.
[[nodiscard]] Result<std::unique_ptr<Optimizer>> makeOptimizer(const torch::nn::Module& model, const runs::RunSpec& spec);

}  // namespace lathe::engine::train
