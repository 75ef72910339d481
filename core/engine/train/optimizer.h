// SGD (Nesterov momentum) and AdamW over ATen's fused kernels: one call a step for all parameters. Weight decay goes to weights of
// two and more dimensions alone, not to biases and batch norms.
#pragma once
#include <torch/types.h>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/nn/safetensors.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

class Optimizer {
public:
    virtual ~Optimizer() = default;
    /// One update with the gradients that the parameters hold.
    virtual void step(double lr) = 0;
    void zeroGrad();
    /// Everything that a step depends on besides the parameters, under names "optimizer/…".
    virtual void save(nn::NamedTensors& state) const = 0;
    [[nodiscard]] virtual Result<> load(const nn::NamedTensors& state) = 0;

protected:
    struct Group {
        std::vector<std::string> names;
        std::vector<torch::Tensor> parameters;
        double weightDecay = 0;
        [[nodiscard]] std::vector<torch::Tensor> gradients() const;
    };
    Optimizer(const torch::nn::Module& module, double weightDecay);
    std::vector<Group> m_groups;
};

/// spec.optimizer.name is "sgd" or "adamw" by now.
[[nodiscard]] Result<std::unique_ptr<Optimizer>> makeOptimizer(const torch::nn::Module& module, const runs::RunSpec& spec);

/// The learning rate of a step (0 is the first): linear warm-up over `warmup` steps, then a half cosine to 0 at `total` ("cosine"),
/// or constant.
[[nodiscard]] double learningRate(const std::string& schedule, double base, std::int64_t step, double warmup, std::int64_t total);

}  // namespace lathe::engine::train
