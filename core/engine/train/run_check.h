// What can be known of a run before it is started: whether its network, loss, data and rate go together. Small trials on one batch,
// nothing is kept.
#pragma once
#include <stop_token>

#include "core/base/progress.h"
#include "core/engine/train/data.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

struct CheckLimits {
    int steps = 80;       ///< of each trial
    double seconds = 60;  ///< of each trial
};
/// {"passed", "failed", "seconds", "checks":[{name, ok, observed, expected, message}], "learning_rate":{suggested, spec,
/// curve:[[rate, loss]]}} and what dryPass() says: "layers", "memory", "times", "parameters". The checks: given weights that fit
/// ("weights"), a batch that goes through every layer ("shapes"; when it doesn't, this is the last one) and has room ("memory"),
/// the loss that an untrained network has ("initial_loss": ln of the classes), gradients that are there and finite ("gradients"),
/// an output that depends on the picture ("looks_at_pictures"), one batch learnt by heart
/// ("overfit_one_batch"), the same with labels dealt out anew ("memorise"), the steps to half the loss ("time_to_loss"), the rate
/// against a sweep of rates ("learning_rate", Smith 2017, arXiv 1506.01186). Cancelled on a stop. This thread; gradients must be
/// on.
[[nodiscard]] Result<Json> checkRun(const runs::RunSpec& resolved, const TrainData& data, const CheckLimits& limits = {},
                                    std::stop_token stop = {}, const Progress& progress = {});

}  // namespace lathe::engine::train
