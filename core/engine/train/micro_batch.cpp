#include "core/engine/train/micro_batch.h"

#include <ATen/Context.h>
#include <fmt/format.h>
#include <torch/torch.h>
#include <optional>

#include "core/engine/train/layer_watch.h"
#include "core/engine/train/memory_limit.h"

namespace lathe::engine::train {
namespace {

using Gradients = std::vector<std::pair<torch::Tensor, torch::Tensor>>;  ///< weight, gradient

/// What earlier batches left, out of the way: a way back that fails in the middle must not spoil it.
Gradients takeGradients(const nn::Model& model) {
    Gradients taken;
    for (auto& parameter : model.parameters()) {
        if (!parameter.grad().defined()) continue;
        taken.emplace_back(parameter, parameter.grad());
        parameter.mutable_grad().reset();
    }
    return taken;
}

void dropGradients(const nn::Model& model) {
    for (auto& parameter : model.parameters()) parameter.mutable_grad().reset();
}

void putBack(Gradients& taken) {
    const torch::NoGradGuard still;
    for (auto& [parameter, gradient] : taken) {
        if (parameter.grad().defined()) gradient.add_(parameter.grad());
        parameter.mutable_grad() = gradient;
    }
}

/// Batch statistics are used, and leave no trace in the running ones.
class StillStatistics {
public:
    explicit StillStatistics(nn::Model& model) {
        for (const auto& module : model.modules(false)) {
            auto* norm = module->as<torch::nn::BatchNorm2dImpl>();
            if (!norm || !norm->is_training() || !norm->options.track_running_stats()) continue;
            m_norms.emplace_back(norm, norm->options.momentum());
            norm->options.track_running_stats(false).momentum(0);
        }
    }
    ~StillStatistics() {
        for (auto& [norm, momentum] : m_norms) norm->options.track_running_stats(true).momentum(momentum);
    }
    StillStatistics(const StillStatistics&) = delete;
    StillStatistics& operator=(const StillStatistics&) = delete;

private:
    std::vector<std::pair<torch::nn::BatchNorm2dImpl*, std::optional<double>>> m_norms;
};

Result<torch::Tensor> learnWhole(const Learning& how, const torch::Tensor& x) {
    const auto loss = how.loss(how.forward(x));
    LATHE_CHECK(how.accept(loss));
    how.wentForward();
    how.scaled(loss).backward();
    return loss.detach();
}

Result<torch::Tensor> learnInParts(const Learning& how, const torch::Tensor& x, std::int64_t parts) {
    const auto pieces = x.tensor_split(parts);
    auto generator = at::globalContext().defaultGenerator(x.device());
    std::vector<torch::Tensor> outputs, states;  // dropout must drop the same both times
    {
        const torch::NoGradGuard still;
        const StillStatistics unmoved(how.model);
        for (const auto& piece : pieces) {
            states.push_back(generator.get_state());
            outputs.push_back(how.forward(piece));
        }
    }
    const auto output = torch::cat(outputs).requires_grad_();
    const auto loss = how.loss(output);
    LATHE_CHECK(how.accept(loss));
    how.wentForward();
    how.scaled(loss).backward();
    std::int64_t row = 0;
    for (std::size_t k = 0; k < pieces.size(); ++k) {
        const std::int64_t rows = pieces[k].size(0);
        generator.set_state(states[k]);
        how.forward(pieces[k]).backward(output.grad().slice(0, row, row + rows));
        row += rows;
    }
    return loss.detach();
}

}  // namespace

torch::Tensor forwardInHalves(nn::Model& model, const torch::Tensor& x) {
    const torch::NoGradGuard still;
    try {
        return model.forward(x);
    } catch (const std::exception& error) {
        if (!isOutOfMemory(error) || x.size(0) < 2) throw;
    }
    releaseCached(x.device());
    const std::int64_t half = x.size(0) / 2;
    return torch::cat({forwardInHalves(model, x.slice(0, 0, half)), forwardInHalves(model, x.slice(0, half))});
}

Result<torch::Tensor> MicroBatch::learn(const Learning& how, const torch::Tensor& x) {
    auto before = takeGradients(how.model);
    auto loss = learnAsItFits(how, x);
    if (!loss) dropGradients(how.model);
    putBack(before);
    return loss;
}

Result<torch::Tensor> MicroBatch::learnAsItFits(const Learning& how, const torch::Tensor& x) {
    for (;;) {
        try {
            const std::int64_t parts = m_most > 0 ? (x.size(0) + m_most - 1) / m_most : 1;
            return parts > 1 ? learnInParts(how, x, parts) : learnWhole(how, x);
        } catch (const std::exception& error) {
            if (!isOutOfMemory(error)) throw;
        }
        dropGradients(how.model);
        releaseCached(x.device());
        LATHE_CHECK(halve(x));
    }
}

Result<> MicroBatch::halve(const torch::Tensor& x) {
    const std::int64_t pictures = x.size(0), before = m_most > 0 ? std::min(m_most, pictures) : pictures;
    if (before <= 1)
        return fail(ErrorCode::EngineFailed,
                    fmt::format("out of memory with a single picture of {}: smaller pictures (preprocessing.width and "
                                "preprocessing.height) or a smaller model (model.name) need less",
                                shapeText(x.sizes().slice(1).vec())));
    m_most = (before + 1) / 2;
    m_news.push_back(fmt::format("out of memory at {} {}: learning in {} parts of {} from now on",
                                 before == pictures ? "batch" : "parts of", before, (pictures + m_most - 1) / m_most, m_most));
    return {};
}

std::vector<std::string> MicroBatch::takeNews() {
    return std::exchange(m_news, {});
}

}  // namespace lathe::engine::train
