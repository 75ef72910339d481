// The largest batch that a run has room for, and the quickest: tried with real steps.
#pragma once
#include <cstdint>
#include <stop_token>

#include "core/base/progress.h"
#include "core/engine/train/data.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

struct BatchLimits {
    std::uint64_t memory = 0;  ///< bytes on the processor; 0: what is free. On a card: what it has
    int most = 1024;           ///< and never more than there are training images
    double seconds = 1.5;      ///< of measuring at each size, at least one step behind a first one
    double slowest = 30;       ///< seconds a step: larger batches aren't tried any more
};
/// Doubles from 1 until a step runs out of memory, then halves the gap down to an eighth: {"batches":[{batch, fits, peak: bytes,
/// step_ms, images_per_second}] by size, "largest", "suggested": the quickest that fits, "limit": bytes, "ended": "memory", "most"
/// or "time"}. Each size is a forward and a backward pass and a step of the optimiser that changes nothing. The limit is kept by
/// the allocator, as on a card: the machine never swaps. This thread; gradients must be on. Cancelled on a stop.
[[nodiscard]] Result<Json> largestBatch(const runs::RunSpec& resolved, const TrainData& data, const BatchLimits& limits = {},
                                        std::stop_token stop = {}, const Progress& progress = {});

}  // namespace lathe::engine::train
