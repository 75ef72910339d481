// A forward pass that failed, in words: which layer, what came, what it wants, and what of the spec to change.
#pragma once
#include <torch/types.h>
#include <exception>

#include "core/base/result.h"
#include "core/engine/nn/safetensors.h"
#include "core/engine/train/layer_watch.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// `error` is what the pass threw, `x` what went into the network (N x C x H x W). May run the network on small pictures to find
/// the least size that fits.
[[nodiscard]] Error shapeError(const LayerWatch::Failure& failure, const std::exception& error, const runs::RunSpec& resolved,
                               int classes, const torch::Tensor& x);
/// The same for a pass of `model` that threw and wasn't watched: runs it once more, without gradients.
[[nodiscard]] Error shapeError(nn::Model& model, const std::exception& error, const runs::RunSpec& resolved, int classes,
                               const torch::Tensor& x);
/// Why given weights don't fit: "conv1.weight is 64 x 3 x 7 x 7 in the file and 64 x 1 x 7 x 7 here: set preprocessing.channels to
/// 3". Of a head for other classes it says so and `expected` is set.
struct Misfit {
    std::string text;
    bool expected = false;
};
/// `name` is one of LoadReport::mismatched.
[[nodiscard]] Misfit misfitOf(const nn::Model& model, const nn::NamedTensors& given, const std::string& name,
                              const runs::RunSpec& resolved);

}  // namespace lathe::engine::train
