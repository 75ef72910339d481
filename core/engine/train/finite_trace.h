// Where the first value comes from that is no number: the layer, and the picture of the batch.
#pragma once
#include <torch/types.h>
#include <functional>
#include <string>

#include "core/engine/nn/model.h"

namespace lathe::engine::train {

struct NotFinite {
    enum class Where { Nowhere, Input, Weights, Layer, Loss };
    Where where = Where::Nowhere;
    std::string layer;          ///< "stage2.residual.conv (Conv2d)", "fc.weight" of Weights
    std::int64_t picture = -1;  ///< of the batch; -1: no single one
    /// "layer … at picture …"; `name` says what picture that is.
    [[nodiscard]] std::string text(const std::function<std::string(std::int64_t picture)>& name) const;
};
/// The name of the first weight that has a value that is no number; empty: none has.
[[nodiscard]] std::string notFiniteWeights(const nn::Model& model);
/// Runs the network once more on the batch, in the mode that it is in, and looks behind every operator; then takes the loss of each
/// picture alone. `lossOf` gives the loss of rows [from, to) of an output. Batch norm's running figures may change.
[[nodiscard]] NotFinite firstNotFinite(
    nn::Model& model, const torch::Tensor& x,
    const std::function<torch::Tensor(const torch::Tensor& output, std::int64_t from, std::int64_t to)>& lossOf);

}  // namespace lathe::engine::train
