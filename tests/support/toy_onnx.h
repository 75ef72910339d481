// The toy model (logits = W x + b over the flattened picture) as a real ONNX file: Flatten and Gemm, opset 13, batch left free.
#pragma once
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

namespace lathe::test {

/// Just enough of the protobuf wire format to write a ModelProto (onnx.proto names the field numbers).
class Proto {
public:
    Proto& number(int field, std::uint64_t value) {
        varint(std::uint64_t(field) << 3);
        varint(value);
        return *this;
    }
    Proto& bytes(int field, const std::string& value) {
        varint(std::uint64_t(field) << 3 | 2);
        varint(value.size());
        m_text += value;
        return *this;
    }
    Proto& message(int field, const Proto& value) { return bytes(field, value.m_text); }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    void varint(std::uint64_t value) {
        for (; value > 127; value >>= 7) m_text += char((value & 127) | 128);
        m_text += char(value);
    }
    std::string m_text;
};

inline Proto onnxTensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::vector<float>& values) {
    Proto tensor;
    for (const auto side : shape) tensor.number(1, std::uint64_t(side));
    std::string raw(values.size() * sizeof(float), '\0');
    std::memcpy(raw.data(), values.data(), raw.size());
    return tensor.number(2, 1).bytes(8, name).bytes(9, raw);
}

inline Proto onnxNode(const std::string& op, std::initializer_list<const char*> inputs, const char* output) {
    Proto node;
    for (const char* input : inputs) node.bytes(1, input);
    return node.bytes(2, output).bytes(4, op);
}

/// A float32 value; a side of 0 is the free batch.
inline Proto onnxValue(const std::string& name, std::initializer_list<std::int64_t> shape) {
    Proto sides;
    for (const auto side : shape) sides.message(1, side > 0 ? Proto().number(1, std::uint64_t(side)) : Proto().bytes(2, "N"));
    const Proto tensor = Proto().number(1, 1).message(2, sides);
    return Proto().bytes(1, name).message(2, Proto().message(1, tensor));
}

inline std::string toyOnnx(const std::vector<float>& w, const std::vector<float>& b, int channels, int side) {
    const auto classes = std::int64_t(b.size()), pixels = std::int64_t(channels) * side * side;
    const Proto transposed = Proto().bytes(1, "transB").number(3, 1).number(20, 2);
    Proto graph;
    graph.message(1, onnxNode("Flatten", {"input"}, "flat"));
    graph.message(1, onnxNode("Gemm", {"flat", "w", "b"}, "logits").message(5, transposed));
    graph.bytes(2, "toy");
    graph.message(5, onnxTensor("w", {classes, pixels}, w)).message(5, onnxTensor("b", {classes}, b));
    graph.message(11, onnxValue("input", {0, channels, side, side})).message(12, onnxValue("logits", {0, classes}));
    return Proto().number(1, 7).message(7, graph).message(8, Proto().bytes(1, "").number(2, 13)).text();
}

}  // namespace lathe::test
