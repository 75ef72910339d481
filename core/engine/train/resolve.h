// From the spec as asked for to the spec as run: nothing "auto" or 0 is left.
#pragma once
#include <string>
#include <vector>

#include "core/engine/nn/model.h"
#include "core/engine/train/pictures.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// What is known of the data when a spec is resolved.
struct DataFacts {
    int width = 0, height = 0;  ///< median size of the images
    bool grey = false;          ///< all images are grey
    std::size_t trainImages = 0;
    double uncovered = 0;  ///< share of the training pixels under no shape, of segmentation
};
/// Sizes, channels and model. Mean and std stay empty until the pictures can be read (fillStatistics).
[[nodiscard]] Result<runs::RunSpec> resolve(runs::RunSpec spec, const DataFacts& facts, const std::string& device);
/// Mean and standard deviation per channel of (up to 512, seeded) training pictures, when the spec declares none.
void fillStatistics(runs::RunSpec& spec, Pictures& pictures, const std::vector<std::int64_t>& trainSamples);
[[nodiscard]] nn::ModelConfig modelConfig(const runs::RunSpec& resolved, int classes);

}  // namespace lathe::engine::train
