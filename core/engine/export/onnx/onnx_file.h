// An ONNX model as plain values, and its bytes. No torch here and no protobuf in this header: torch's include folder carries an
// older protobuf than the system's, so the two never meet in one source file.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace lathe::engine::onnxfile {

inline constexpr std::int64_t kOpset = 17;
inline constexpr std::int64_t kIrVersion = 8;

enum class ElementType { Float32, Int64, Bool };

/// A constant of the graph. `bytes`: row-major, little-endian.
struct Tensor {
    std::string name;
    ElementType type = ElementType::Float32;
    std::vector<std::int64_t> dims;
    std::string bytes;
};

using Attribute = std::variant<std::int64_t, float, std::string, std::vector<std::int64_t>>;
using Attributes = std::vector<std::pair<std::string, Attribute>>;

struct Node {
    std::string name, op;
    std::vector<std::string> inputs, outputs;  ///< an empty input name: not given
    Attributes attributes;
};

/// A float32 input or output; a dimension of -1 is the free batch size.
struct Value {
    std::string name;
    std::vector<std::int64_t> dims;
};

struct Model {
    std::string name;
    std::vector<Node> nodes;  ///< in an order in which they can run
    std::vector<Tensor> initializers;
    std::vector<Value> inputs, outputs;
    std::vector<std::pair<std::string, std::string>> metadata;
};

/// The protobuf bytes (opset 17, IR 8). Unsupported above protobuf's 2 GiB.
[[nodiscard]] Result<std::string> serialize(const Model& model);

}  // namespace lathe::engine::onnxfile
