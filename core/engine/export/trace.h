// A model as a TorchScript module: its tree of modules mirrored with the same tensors, its forward traced into a graph.
#pragma once
#include <torch/script.h>
#include <memory>

#include "core/engine/nn/model.h"

namespace lathe::engine::exporting {

struct Traced {
    torch::jit::Module module;                 ///< owns the very tensors of the model; forward() is `graph`
    std::shared_ptr<torch::jit::Graph> graph;  ///< inputs: self, input; plain aten operators
    torch::Tensor output;                      ///< what forward() gave for the example
};

/// Traces `model` in eval mode without gradients; its training flag is put back. `example` is N x C x H x W float32 on the CPU.
/// Control flow that depends on values is frozen, as with every trace. Not thread-safe for one model.
[[nodiscard]] Result<Traced> trace(nn::Model& model, const torch::Tensor& example);

}  // namespace lathe::engine::exporting
