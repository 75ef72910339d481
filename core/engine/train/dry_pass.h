// One step of a run before there is a run: what each layer gives, holds and takes, and what the step needs of memory.
#pragma once
#include <torch/types.h>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/engine/train/data.h"
#include "core/engine/train/task.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// A batch as the network gets it: N x C x H x W float32, and its labels (labels.h), both on the spec's device.
struct ReadyBatch {
    torch::Tensor x, labels;
};
/// The first batch of the spec, without augmentations of single pictures.
[[nodiscard]] Result<ReadyBatch> firstBatch(const runs::RunSpec& resolved, const TrainData& data);
/// As many pictures as asked for, those of `batch` over and over.
[[nodiscard]] ReadyBatch repeated(const ReadyBatch& batch, std::int64_t pictures);

/// Two steps of a fresh network, the first measured for memory, the second for time: {"layers":[{name, kind, shape, calls, then:
/// [operators without weights behind it], parameters, activation_bytes, forward_ms, backward_ms}], "memory":{parameters, gradients,
/// optimizer, average, batch, activations, peak, free: bytes; batch_size}, "times":{forward_ms, backward_ms, optimizer_ms},
/// "parameters": their number}. "peak" is what torch's allocator gave out at once with what a run holds besides; buffers of oneDNN
/// and cuDNN are not in it. A shape that doesn't fit is InvalidData, explained by layer (shape_error.h).
[[nodiscard]] Result<Json> dryPass(const runs::RunSpec& resolved, const TrainData& data, const ReadyBatch& batch);

}  // namespace lathe::engine::train
