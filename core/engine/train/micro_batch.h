// A batch that is too large for the memory is learned in parts, and the gradient is that of the whole batch: the loss is taken of
// all outputs at once, whatever it divides by, and each part is run once more for its share of the way back (Gao et al. 2021,
// arXiv 2101.06983). Batch norm alone sees the parts.
#pragma once
#include <torch/types.h>
#include <functional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/engine/nn/model.h"

namespace lathe::engine::train {

/// How a batch is learned; all on the thread of learn().
struct Learning {
    nn::Model& model;
    std::function<torch::Tensor(const torch::Tensor& x)> forward;    ///< N x … in, N x … out, float32
    std::function<torch::Tensor(const torch::Tensor& output)> loss;  ///< of a whole batch's output, a scalar
    std::function<Result<>(const torch::Tensor& loss)> accept;       ///< an error: nothing is learned
    std::function<torch::Tensor(const torch::Tensor& loss)> scaled;  ///< what goes back, such as a share of it
    std::function<void()> wentForward;                               ///< between the two ways
};

/// forward() without gradients; in halves where memory runs out, which is thrown on when a single picture is too large.
[[nodiscard]] torch::Tensor forwardInHalves(nn::Model& model, const torch::Tensor& x);

class MicroBatch {
public:
    /// Adds the batch's gradient to those that the weights hold; the loss, detached. Out of memory: in parts of half the size from
    /// now on, as often as it takes; an error when a single picture is too large.
    [[nodiscard]] Result<torch::Tensor> learn(const Learning& how, const torch::Tensor& x);
    /// What it had to change since the last call, in words.
    [[nodiscard]] std::vector<std::string> takeNews();
    [[nodiscard]] std::int64_t most() const { return m_most; }  ///< pictures at once; 0: no limit was met
    /// For checkpoints.
    [[nodiscard]] Json save() const { return m_most; }
    void load(const Json& json) { m_most = json.is_number() ? json.get<std::int64_t>() : 0; }

private:
    [[nodiscard]] Result<torch::Tensor> learnAsItFits(const Learning& how, const torch::Tensor& x);
    [[nodiscard]] Result<> halve(const torch::Tensor& x);
    std::int64_t m_most = 0;
    std::vector<std::string> m_news;
};

}  // namespace lathe::engine::train
