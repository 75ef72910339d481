// Pooling, resizing and padding.
#include <array>

#include "core/engine/export/lowering.h"

namespace lathe::engine::exporting {

namespace {

void maxPool(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const auto kernel = to.pair(in[1]);
    auto stride = to.pair(in[2]);
    if (stride.empty()) stride = kernel;
    to.add(node->output(), "MaxPool", {to.tensor(in[0])},
           {{"kernel_shape", kernel},
            {"strides", stride},
            {"pads", symmetric(to.pair(in[3]))},
            {"dilations", to.pair(in[4])},
            {"ceil_mode", std::int64_t(to.flag(in[5]))}});
}

void averagePool(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const auto kernel = to.pair(in[1]);
    auto stride = to.pair(in[2]);
    if (stride.empty()) stride = kernel;
    if (!to.isNone(in[6])) throw NotMapped{"divisor_override"};
    // ONNX Runtime before 1.17 counts the overhang of ceil mode as padding, torch never does.
    if (to.flag(in[4]) && to.flag(in[5])) throw NotMapped{"ceil_mode with count_include_pad"};
    to.add(node->output(), "AveragePool", {to.tensor(in[0])},
           {{"kernel_shape", kernel},
            {"strides", stride},
            {"pads", symmetric(to.pair(in[3]))},
            {"ceil_mode", std::int64_t(to.flag(in[4]))},
            {"count_include_pad", std::int64_t(to.flag(in[5]))}});
}

/// Windows of an adaptive pool are all equal only when the picture divides by the output.
void adaptive(Lowering& to, const Node* node, const Value* output, const std::string& global, const std::string& windowed) {
    const auto size = to.pair(node->input(1));
    if (size == Ints{1, 1}) {
        to.add(output, global, {to.tensor(node->input(0))});
        return;
    }
    const auto shape = to.shape(node->input(0));
    const auto height = shape.at(shape.size() - 2), width = shape.back();
    if (height % size[0] != 0 || width % size[1] != 0) throw NotMapped{"the picture doesn't divide by the pooled size"};
    const Ints kernel{height / size[0], width / size[1]};
    to.add(output, windowed, {to.tensor(node->input(0))}, {{"kernel_shape", kernel}, {"strides", kernel}});
}

void adaptiveAverage(Lowering& to, const Node* node) {
    adaptive(to, node, node->output(), "GlobalAveragePool", "AveragePool");
}

void adaptiveMax(Lowering& to, const Node* node) {
    if (node->outputs()[1]->hasUses()) throw NotMapped{"the indices of a maximum"};
    adaptive(to, node, node->outputs()[0], "GlobalMaxPool", "MaxPool");
}

void resize(Lowering& to, const Node* node, const char* mode, const char* coordinates) {
    const auto from = to.shape(node->input(0)), into = to.shape(node->output());
    if (from.size() != 4) throw NotMapped{"only pictures are resized"};
    const auto scales = torch::tensor({1.0f, 1.0f, float(into[2]) / float(from[2]), float(into[3]) / float(from[3])});
    to.add(node->output(), "Resize", {to.tensor(node->input(0)), "", to.constant("scales", scales)},
           {{"mode", std::string(mode)},
            {"coordinate_transformation_mode", std::string(coordinates)},
            {"nearest_mode", std::string("floor")}});
}

void nearest(Lowering& to, const Node* node) {
    resize(to, node, "nearest", "asymmetric");
}

void bilinear(Lowering& to, const Node* node) {
    resize(to, node, "linear", to.flag(node->input(2)) ? "align_corners" : "pytorch_half_pixel");
}

/// torch counts from the last dimension outwards, (begin, end) each; ONNX has all begins, then all ends.
Ints onnxPads(const Ints& pads, std::int64_t rank) {
    Ints result(std::size_t(2 * rank), 0);
    for (std::size_t k = 0; k * 2 < pads.size(); ++k) {
        const auto axis = std::size_t(rank) - 1 - k;
        result[axis] = pads[2 * k];
        result[axis + std::size_t(rank)] = pads[2 * k + 1];
    }
    return result;
}

void emitPad(Lowering& to, const Node* node, const std::string& mode, const Value* value) {
    const auto pads = onnxPads(to.list(node->input(1)), to.rank(node->input(0)));
    std::vector<std::string> inputs{to.tensor(node->input(0)), to.ints(pads)};
    if (mode == "constant" && !to.isNone(value)) inputs.push_back(to.floats(float(to.number(value))));
    to.add(node->output(), "Pad", std::move(inputs), {{"mode", mode}});
}

void constantPad(Lowering& to, const Node* node) {
    emitPad(to, node, "constant", node->input(2));
}

void pad(Lowering& to, const Node* node) {
    const auto mode = torch::jit::toIValue(node->input(2))->toStringRef();
    if (mode != "constant" && mode != "reflect" && mode != "replicate") throw NotMapped{"padding mode " + mode};
    emitPad(to, node, mode == "replicate" ? "edge" : mode, node->input(3));
}

/// What torch::nn::functional::pad records: the mode as a number of at::padding_mode.
void padByNumber(Lowering& to, const Node* node) {
    constexpr std::array kModes{"reflect", "edge", "wrap", "constant"};
    static_assert(std::size_t(at::padding_mode::reflect) == 0 && std::size_t(at::padding_mode::replicate) == 1 &&
                  std::size_t(at::padding_mode::circular) == 2 && std::size_t(at::padding_mode::constant) == 3);
    const auto mode = std::size_t(to.integer(node->input(2)));
    if (mode >= kModes.size() || mode == 2) throw NotMapped{"circular padding"};
    emitPad(to, node, kModes[mode], node->input(3));
}

constexpr std::array kPoolOperators{
    Operator{"aten::max_pool2d", maxPool},
    Operator{"aten::avg_pool2d", averagePool},
    Operator{"aten::adaptive_avg_pool2d", adaptiveAverage},
    Operator{"aten::adaptive_max_pool2d", adaptiveMax},
    Operator{"aten::upsample_nearest2d", nearest},
    Operator{"aten::upsample_bilinear2d", bilinear},
    Operator{"aten::constant_pad_nd", constantPad},
    Operator{"aten::pad", pad},
    Operator{"aten::_pad_enum", padByNumber},
};

}  // namespace

std::span<const Operator> poolOperators() {
    return kPoolOperators;
}

}  // namespace lathe::engine::exporting
