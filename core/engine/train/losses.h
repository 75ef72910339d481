// The losses that a run spec can name (runs::Seam::Loss; makers in losses*.cpp), with class weights and label smoothing.
#pragma once
#include <torch/types.h>
#include <functional>
#include <vector>

#include "core/base/result.h"
#include "core/engine/nn/detector.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// The model's output (float) and the batch's labels (labels.h) on the same device -> a scalar on that device: the mean over the
/// samples, over the pixels that are asked for, or as FCOS over the places that hold something.
using Loss = std::function<torch::Tensor(const torch::Tensor& output, const torch::Tensor& labels)>;

/// What a loss is made from.
struct LossParts {
    runs::Named loss;
    torch::Tensor weights;  ///< of the classes; undefined: alike
    double smoothing = 0;
    std::int64_t ignore = -100;  ///< the label that is not asked for; below 0: there is none
    nn::Grid grid;               ///< of a detector, on the device
};
/// `counts`: training samples (pixels) of each class. `grid`: of a detector, else empty.
[[nodiscard]] Result<Loss> makeLoss(const runs::RunSpec& spec, const std::vector<std::int64_t>& counts, torch::Device device,
                                    const nn::Grid& grid = {});

/// Of each class by the declared rule (runs::Seam::ClassWeights); their mean over the training samples is 1. A class without
/// samples gets 0; empty for "none".
[[nodiscard]] std::vector<double> classWeights(const runs::Named& rule, const std::vector<std::int64_t>& counts);

/// losses_fcos.cpp: as torchvision's FCOS.compute_loss: sigmoid focal loss of all places, GIoU and centredness of those that hold a
/// box (the smallest whose middle is within 1.5 anchor sides and whose size suits the level), all over the number of the latter.
[[nodiscard]] Loss fcosLoss(const LossParts& parts);

}  // namespace lathe::engine::train
