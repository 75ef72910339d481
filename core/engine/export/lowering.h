// From a traced graph to ONNX: one small function per aten operator, in tables by kind (ops_*.cpp). For core/engine/export alone.
#pragma once
#include <torch/script.h>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>

#include "core/base/result.h"
#include "core/engine/export/onnx/onnx_file.h"

namespace lathe::engine::exporting {

using torch::jit::Node;
using torch::jit::Value;
using Ints = std::vector<std::int64_t>;
/// Padding of height and width as ONNX wants it: before and after.
inline Ints symmetric(const Ints& padding) {
    return {padding.at(0), padding.at(1), padding.at(0), padding.at(1)};
}

/// Thrown by an operator's function for a case that ONNX has no words for; caught per node by lowerGraph().
struct NotMapped {
    std::string reason;
};

/// What the functions write to: names of values, constants, nodes.
class Lowering {
public:
    Lowering(const torch::jit::Module& module, onnxfile::Model& model) : m_module(module), m_model(model) {}

    /// The ONNX name of a tensor value; parameters and constants become initializers on first use.
    [[nodiscard]] std::string tensor(const Value* value);
    /// As tensor(), empty for None.
    [[nodiscard]] std::string optionalTensor(const Value* value);
    void bind(const Value* value, std::string name) { m_names[value] = std::move(name); }

    /// Adds a node; its one output is bound to `value`. Returns the output's name.
    std::string add(const Value* value, std::string op, std::vector<std::string> inputs, onnxfile::Attributes attributes = {});
    /// Adds a node with an output that only other nodes of the same operator read.
    std::string addInner(std::string op, std::vector<std::string> inputs, onnxfile::Attributes attributes = {});
    /// Initializers.
    std::string floats(float value);
    std::string ints(const Ints& values, bool scalar = false);
    std::string constant(const std::string& name, const torch::Tensor& tensor);

    /// Constants of the trace; NotMapped when the value is computed.
    [[nodiscard]] std::int64_t integer(const Value* value) const;
    [[nodiscard]] double number(const Value* value) const;
    [[nodiscard]] bool flag(const Value* value) const;
    [[nodiscard]] bool isNone(const Value* value) const;
    [[nodiscard]] Ints list(const Value* value) const;
    /// A list of two where one number stands for both.
    [[nodiscard]] Ints pair(const Value* value) const;
    /// Tensor constant or parameter behind a value, with its dotted name; nullopt when it is computed.
    struct Known {
        std::string name;
        torch::Tensor tensor;
    };
    [[nodiscard]] std::optional<Known> known(const Value* value) const;
    /// Shape as traced; the batch is the first number.
    [[nodiscard]] Ints shape(const Value* value) const;
    [[nodiscard]] std::int64_t rank(const Value* value) const { return std::int64_t(shape(value).size()); }
    /// A dimension counted from the end made positive.
    [[nodiscard]] std::int64_t dimension(const Value* dim, std::int64_t rank) const;

    /// Layer of the node being lowered: of its own parameters, else of the nearest parameters before it ("after layer4.1.bn2").
    void enter(const Node* node);
    [[nodiscard]] const std::string& layer() const { return m_layer; }

private:
    [[nodiscard]] c10::IValue attribute(const Value* value, std::string& path) const;
    [[nodiscard]] c10::IValue constantOf(const Value* value) const;
    std::string unique(const std::string& wanted);

    const torch::jit::Module& m_module;
    onnxfile::Model& m_model;
    std::unordered_map<const Value*, std::string> m_names;
    std::map<std::string, int> m_used;
    std::string m_layer, m_owner;
};

using Lower = void (*)(Lowering& to, const Node* node);
struct Operator {
    std::string_view name;  ///< "aten::relu"; "aten::relu_" is found by the same entry
    Lower lower;
};
[[nodiscard]] std::span<const Operator> layerOperators();      ///< convolution, norm, linear
[[nodiscard]] std::span<const Operator> poolOperators();       ///< pooling, resizing, padding
[[nodiscard]] std::span<const Operator> pointwiseOperators();  ///< activations, arithmetic
[[nodiscard]] std::span<const Operator> shapeOperators();      ///< views, joins, reductions

/// Writes the nodes of `graph` into `model`. Unsupported lists every operator without a mapping with its layers.
[[nodiscard]] Result<> lowerGraph(const torch::jit::Module& module, const torch::jit::Graph& graph, onnxfile::Model& model);

}  // namespace lathe::engine::exporting
