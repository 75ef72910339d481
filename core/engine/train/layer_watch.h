// What each layer of a network does while it runs: torch has no hooks for C++ modules, so the operators themselves are watched
// (at::RecordFunction) and named by the weights that they take; what torch's allocator gives out meanwhile is counted by layer.
#pragma once
#include <torch/torch.h>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/nn/model.h"

namespace lathe::engine::train {

/// A module with weights, or a weight of its own that a larger module holds; and what was done to its output before the next one.
struct Layer {
    std::string name, kind;                         ///< "layer1.0.conv1", "Conv2d"
    std::vector<std::vector<std::int64_t>> shapes;  ///< of what it gave, a call each
    std::vector<std::string> then;                  ///< operators without weights behind it: "relu_", "add"
    std::int64_t parameters = 0;
    std::int64_t activations = 0;          ///< bytes that it and `then` made and that are kept for the way back
    double forwardMs = 0, backwardMs = 0;  ///< of the last passes; on a card with a wait behind each operator
};

/// One at a time in a process, made and destroyed on the thread that runs the network; memory is counted while it lives. Of
/// oneDNN's and cuDNN's own buffers nothing is known.
class LayerWatch {
public:
    explicit LayerWatch(torch::Device device);
    ~LayerWatch();
    LayerWatch(const LayerWatch&) = delete;
    LayerWatch& operator=(const LayerWatch&) = delete;

    /// Where an exception came from. No `op`: it was thrown between two; the layer is the last one and `input` what it gave.
    struct Failure {
        std::string layer, kind, op;               ///< layer: "input" before the first one
        std::vector<std::int64_t> input, weights;  ///< shapes; of the operator's first tensor and of its first weight, empty: none
        std::int64_t groups = 1;                   ///< of a convolution
    };
    /// Called behind every operator of a forward pass that gives a float tensor; false: no more calls. No gradients in there.
    using Output = std::function<bool(const Layer& layer, const std::string& op, const torch::Tensor& output)>;

    /// Names the weights; the rows start anew.
    void setModel(const nn::Model& model);
    void onOutput(Output output);
    /// Runs a forward pass. What it throws is passed on; failure() says where.
    void forward(const std::function<void()>& pass);
    /// The same for what follows the network: its operators are one row more, "loss".
    void loss(const std::string& kind, const std::function<void()>& pass);
    /// Runs the backward pass of the last forward pass, timed by layer.
    void backward(const std::function<void()>& pass);
    /// Adds what is still held of the forward pass to the rows; after forward(), with the output alive.
    void countActivations();
    void forgetTimes();  ///< those of the passes so far; the rows stay

    [[nodiscard]] const std::vector<Layer>& layers() const;
    [[nodiscard]] const Failure& failure() const;
    [[nodiscard]] std::int64_t liveBytes() const;  ///< given out since the watch began, and not given back
    [[nodiscard]] std::int64_t peakBytes() const;

    struct State;  ///< for layer_watch.cpp

private:
    void watch(const std::function<void()>& pass);
    std::unique_ptr<State> m_state;
};

/// "2 x 3 x 224 x 224".
[[nodiscard]] std::string shapeText(const std::vector<std::int64_t>& shape);

}  // namespace lathe::engine::train
