// Convolution, normalisation and linear layers.
#include <array>
#include <cmath>
#include <numeric>

#include "core/engine/export/lowering.h"

namespace lathe::engine::exporting {

namespace {

struct ConvArguments {
    const Value *input, *weight, *bias;
    Ints stride, padding, dilation;
    std::int64_t groups;
};

void emitConv(Lowering& to, const Value* output, const ConvArguments& a) {
    if (to.rank(a.weight) != 4) throw NotMapped{"only two-dimensional convolutions"};
    to.add(output, "Conv", {to.tensor(a.input), to.tensor(a.weight), to.optionalTensor(a.bias)},
           {{"strides", a.stride}, {"pads", symmetric(a.padding)}, {"dilations", a.dilation}, {"group", a.groups}});
}

void convolution(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const ConvArguments a{in[0], in[1], in[2], to.pair(in[3]), to.pair(in[4]), to.pair(in[5]), to.integer(in[8])};
    if (!to.flag(in[6])) return emitConv(to, node->output(), a);
    to.add(node->output(), "ConvTranspose", {to.tensor(a.input), to.tensor(a.weight), to.optionalTensor(a.bias)},
           {{"strides", a.stride},
            {"pads", symmetric(a.padding)},
            {"dilations", a.dilation},
            {"output_padding", to.pair(in[7])},
            {"group", a.groups}});
}

Ints paddingOf(Lowering& to, const Node* node, const Ints& dilation) {
    const auto* padding = node->input(4);
    if (padding->type()->kind() != c10::TypeKind::StringType) return to.pair(padding);
    const auto word = torch::jit::toIValue(padding)->toStringRef();
    if (word == "valid") return {0, 0};
    const auto kernel = to.shape(node->input(1));
    const Ints total{dilation[0] * (kernel[2] - 1), dilation[1] * (kernel[3] - 1)};
    if (total[0] % 2 != 0 || total[1] % 2 != 0) throw NotMapped{"\"same\" padding of an even kernel"};
    return {total[0] / 2, total[1] / 2};
}

void conv2d(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const auto dilation = to.pair(in[5]);
    emitConv(to, node->output(), {in[0], in[1], in[2], to.pair(in[3]), paddingOf(to, node, dilation), dilation, to.integer(in[6])});
}

void batchNorm(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    if (to.flag(in[5])) throw NotMapped{"batch statistics (the model is not in eval mode)"};
    const auto channels = to.shape(in[0]).at(1);
    const auto scale = to.isNone(in[1]) ? to.constant("ones", torch::ones({channels})) : to.tensor(in[1]);
    const auto bias = to.isNone(in[2]) ? to.constant("zeros", torch::zeros({channels})) : to.tensor(in[2]);
    to.add(node->output(), "BatchNormalization", {to.tensor(in[0]), scale, bias, to.tensor(in[3]), to.tensor(in[4])},
           {{"epsilon", float(to.number(in[7]))}});
}

void layerNorm(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const auto normalized = to.list(in[1]);
    const auto scale = to.isNone(in[2]) ? to.constant("ones", torch::ones(normalized)) : to.tensor(in[2]);
    to.add(node->output(), "LayerNormalization", {to.tensor(in[0]), scale, to.optionalTensor(in[3])},
           {{"axis", -std::int64_t(normalized.size())}, {"epsilon", float(to.number(in[4]))}});
}

/// Group norm as instance norm of N x groups x rest, then the affine part per channel.
void groupNorm(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const auto groups = to.integer(in[1]);
    const auto shape = to.shape(in[0]);
    const auto grouped = to.addInner("Reshape", {to.tensor(in[0]), to.ints({0, groups, -1})});
    const auto normal =
        to.addInner("InstanceNormalization",
                    {grouped, to.constant("ones", torch::ones({groups})), to.constant("zeros", torch::zeros({groups}))},
                    {{"epsilon", float(to.number(in[4]))}});
    auto target = shape;
    target[0] = -1;
    auto name = to.add(node->output(), "Reshape", {normal, to.ints(target)});
    const Ints affine = shape.size() == 4 ? Ints{shape[1], 1, 1} : Ints{shape[1]};
    if (!to.isNone(in[2])) {
        name = to.add(node->output(), "Mul", {name, to.addInner("Reshape", {to.tensor(in[2]), to.ints(affine)})});
    }
    if (!to.isNone(in[3])) to.add(node->output(), "Add", {name, to.addInner("Reshape", {to.tensor(in[3]), to.ints(affine)})});
}

void linear(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    if (to.rank(in[0]) == 2) {
        to.add(node->output(), "Gemm", {to.tensor(in[0]), to.tensor(in[1]), to.optionalTensor(in[2])},
               {{"transB", std::int64_t(1)}});
        return;
    }
    const auto weight = to.addInner("Transpose", {to.tensor(in[1])}, {{"perm", Ints{1, 0}}});
    const auto product = to.add(node->output(), "MatMul", {to.tensor(in[0]), weight});
    if (!to.isNone(in[2])) to.add(node->output(), "Add", {product, to.tensor(in[2])});
}

/// beta * bias + alpha * a b; b is most often t() of a parameter, which Gemm can do by itself.
void addmm(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const auto* b = in[2];
    const bool transposed = b->node()->kind() == c10::Symbol::fromQualString("aten::t");
    if (transposed) b = b->node()->input();
    to.add(node->output(), "Gemm", {to.tensor(in[1]), to.tensor(b), to.tensor(in[0])},
           {{"transB", std::int64_t(transposed)}, {"beta", float(to.number(in[3]))}, {"alpha", float(to.number(in[4]))}});
}

void matmul(Lowering& to, const Node* node) {
    to.add(node->output(), "MatMul", {to.tensor(node->input(0)), to.tensor(node->input(1))});
}

/// softmax(q k^T / sqrt(d)) v over the last two dimensions.
void attention(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    if (!to.isNone(in[3]) || to.number(in[4]) != 0 || to.flag(in[5])) throw NotMapped{"attention with a mask or dropout"};
    const auto rank = to.rank(in[1]);
    Ints order(static_cast<std::size_t>(rank));
    std::iota(order.begin(), order.end(), 0);
    std::swap(order[order.size() - 1], order[order.size() - 2]);
    const double scale = to.isNone(in[6]) ? 1 / std::sqrt(double(to.shape(in[0]).back())) : to.number(in[6]);
    const auto q = to.addInner("Mul", {to.tensor(in[0]), to.floats(float(scale))});
    const auto scores = to.addInner("MatMul", {q, to.addInner("Transpose", {to.tensor(in[1])}, {{"perm", order}})});
    to.add(node->output(), "MatMul", {to.addInner("Softmax", {scores}, {{"axis", std::int64_t(-1)}}), to.tensor(in[2])});
}

constexpr std::array kLayerOperators{
    Operator{"aten::_convolution", convolution},
    Operator{"aten::convolution", convolution},
    Operator{"aten::conv2d", conv2d},
    Operator{"aten::batch_norm", batchNorm},
    Operator{"aten::layer_norm", layerNorm},
    Operator{"aten::group_norm", groupNorm},
    Operator{"aten::linear", linear},
    Operator{"aten::addmm", addmm},
    Operator{"aten::matmul", matmul},
    Operator{"aten::mm", matmul},
    Operator{"aten::bmm", matmul},
    Operator{"aten::scaled_dot_product_attention", attention},
};

}  // namespace

std::span<const Operator> layerOperators() {
    return kLayerOperators;
}

}  // namespace lathe::engine::exporting
