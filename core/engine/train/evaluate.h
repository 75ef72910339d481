// A model over samples, in eval mode and fp32, in their order.
#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/nn/model.h"
#include "core/engine/train/pictures.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

struct Evaluated {
    torch::Tensor logits;               ///< N x classes, float32 on the CPU
    torch::Tensor labels;               ///< N
    std::vector<std::int64_t> samples;  ///< the sample of each row; unreadable ones are left out
    std::vector<std::pair<std::int64_t, Error>> unreadable;
};
/// `samples` index `pictures`; `labels` belong to them. The model is left in the mode that it was in.
[[nodiscard]] Result<Evaluated> evaluate(nn::Model& model, const std::shared_ptr<Pictures>& pictures,
                                         const std::vector<std::int64_t>& samples, const std::vector<std::int64_t>& labels,
                                         const runs::RunSpec& resolved, std::stop_token stop = {}, const Progress& progress = {});

}  // namespace lathe::engine::train
