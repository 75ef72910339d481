// A model over samples, in eval mode and fp32, in their order.
#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/nn/model.h"
#include "core/engine/train/task.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

struct Evaluated {
    std::unique_ptr<Account> account;   ///< of the readable ones
    std::vector<std::int64_t> samples;  ///< in the order in which they were asked; unreadable ones are left out
    std::vector<std::pair<std::int64_t, Error>> unreadable;
};
/// `samples` index the data's items; of those in `shown` the account keeps what shown() tells. The model is left in the mode that
/// it was in.
[[nodiscard]] Result<Evaluated> evaluate(nn::Model& model, const Task& task, const TrainData& data,
                                         const std::vector<std::int64_t>& samples, const runs::RunSpec& resolved,
                                         std::stop_token stop = {}, const Progress& progress = {},
                                         const std::vector<std::int64_t>& shown = {});

}  // namespace lathe::engine::train
