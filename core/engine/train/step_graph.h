// The steps of a run as CUDA graphs: what a batch of one shape does is recorded once and from then on replayed, without the
// processor's part in each of its thousand kernels. Goes off by itself where something can't be recorded.
#pragma once
#include <torch/types.h>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/cuda/plugin.h"

namespace lathe::engine::train {

/// One thread. Shapes: batches of an epoch differ by one picture at the most, so two are recorded.
class StepGraph {
public:
    using Tensors = std::vector<torch::Tensor>;
    struct Works {
        /// Takes the loss (returned, detached) of what is in `inputs` and gives every parameter its gradient.
        std::function<torch::Tensor(const Tensors& inputs)> learn;
        /// Steps with the gradients and this rate, a scalar on the device; empty: steps aren't recorded.
        std::function<void(const torch::Tensor& rate)> step;
    };
    /// `parameters` learn; `works` touch nothing that goes before this does.
    StepGraph(const cuda::GraphCalls& calls, Tensors parameters, Works works);
    ~StepGraph();
    StepGraph(const StepGraph&) = delete;
    StepGraph& operator=(const StepGraph&) = delete;

    /// Whether learn() may be called with tensors of these shapes (undefined ones are left out). Records them when enough steps
    /// were taken before; false: take this one as if there were no graphs.
    [[nodiscard]] bool takes(const Tensors& inputs);
    /// The loss, of its own memory. The gradients stand in the parameters afterwards.
    [[nodiscard]] torch::Tensor learn(const Tensors& inputs);
    /// Steps with the gradients of the learn() before it; false: nothing was done, they came otherwise or steps aren't recorded.
    [[nodiscard]] bool step(double rate);
    /// The settings have changed that were recorded.
    void forget();
    /// Why it is off, once; empty: nothing new.
    [[nodiscard]] std::string takeNews() { return std::exchange(m_news, {}); }

private:
    struct Recorded {
        Tensors inputs, gradients;
        torch::Tensor loss;
        void *learn = nullptr, *step = nullptr;
    };
    using Shapes = std::vector<std::vector<std::int64_t>>;
    [[nodiscard]] bool record(const Tensors& inputs, Recorded& recorded);
    void turnOff(const std::string& why);
    struct Call {
        StepGraph* self;
        Recorded* recorded;
    };
    static void runLearn(void* call);
    static void runStep(void* call);
    const cuda::GraphCalls& m_calls;
    Tensors m_parameters;
    Works m_works;
    torch::Tensor m_rate;
    std::map<Shapes, std::unique_ptr<Recorded>> m_recorded;
    std::vector<std::unique_ptr<Call>> m_made;  ///< a graph may look at its call as long as it lives
    Recorded* m_last = nullptr;                 ///< whose gradients the parameters hold
    int m_warm = 0;
    bool m_off = false;
    std::string m_news;
};

}  // namespace lathe::engine::train
