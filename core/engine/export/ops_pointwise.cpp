// Activations and arithmetic.
#include <array>
#include <cmath>
#include <numbers>

#include "core/engine/export/lowering.h"

namespace lathe::engine::exporting {

namespace {

template <std::size_t N>
struct Word {
    char text[N];
    constexpr Word(const char (&source)[N]) { std::copy_n(source, N, text); }
};

/// An operator that has a node of its own in ONNX, without attributes.
template <Word op>
void same(Lowering& to, const Node* node) {
    to.add(node->output(), op.text, {to.tensor(node->input(0))});
}

/// What does nothing in eval mode, or only moves bytes.
void through(Lowering& to, const Node* node) {
    to.bind(node->output(), to.tensor(node->input(0)));
}

void dropout(Lowering& to, const Node* node) {
    if (to.flag(node->input(2))) throw NotMapped{"dropout that is not in eval mode"};
    through(to, node);
}

/// A tensor or a number as an ONNX input.
std::string operand(Lowering& to, const Value* value) {
    if (value->type()->isSubtypeOf(*c10::TensorType::get())) return to.tensor(value);
    return to.floats(float(to.number(value)));
}

/// b of a + alpha * b.
std::string scaled(Lowering& to, const Node* node) {
    auto name = operand(to, node->input(1));
    if (node->inputs().size() < 3) return name;
    const double alpha = to.number(node->input(2));
    return alpha == 1 ? name : to.addInner("Mul", {name, to.floats(float(alpha))});
}

void add(Lowering& to, const Node* node) {
    to.add(node->output(), "Add", {operand(to, node->input(0)), scaled(to, node)});
}
void subtract(Lowering& to, const Node* node) {
    to.add(node->output(), "Sub", {operand(to, node->input(0)), scaled(to, node)});
}
void reverseSubtract(Lowering& to, const Node* node) {
    to.add(node->output(), "Sub", {scaled(to, node), operand(to, node->input(0))});
}
void multiply(Lowering& to, const Node* node) {
    to.add(node->output(), "Mul", {operand(to, node->input(0)), operand(to, node->input(1))});
}
void divide(Lowering& to, const Node* node) {
    if (node->inputs().size() > 2 && !to.isNone(node->input(2))) throw NotMapped{"division with rounding"};
    to.add(node->output(), "Div", {operand(to, node->input(0)), operand(to, node->input(1))});
}
void power(Lowering& to, const Node* node) {
    to.add(node->output(), "Pow", {operand(to, node->input(0)), operand(to, node->input(1))});
}

void softmax(Lowering& to, const Node* node) {
    to.add(node->output(), "Softmax", {to.tensor(node->input(0))}, {{"axis", to.integer(node->input(1))}});
}
void logSoftmax(Lowering& to, const Node* node) {
    to.add(node->output(), "LogSoftmax", {to.tensor(node->input(0))}, {{"axis", to.integer(node->input(1))}});
}

void leakyRelu(Lowering& to, const Node* node) {
    to.add(node->output(), "LeakyRelu", {to.tensor(node->input(0))}, {{"alpha", float(to.number(node->input(1)))}});
}
void elu(Lowering& to, const Node* node) {
    if (to.number(node->input(2)) != 1 || to.number(node->input(3)) != 1) throw NotMapped{"a scaled elu"};
    to.add(node->output(), "Elu", {to.tensor(node->input(0))}, {{"alpha", float(to.number(node->input(1)))}});
}
void prelu(Lowering& to, const Node* node) {
    const auto slope = to.addInner("Reshape", {to.tensor(node->input(1)), to.ints({-1, 1, 1})});
    to.add(node->output(), "PRelu", {to.tensor(node->input(0)), slope});
}
void silu(Lowering& to, const Node* node) {
    const auto x = to.tensor(node->input(0));
    to.add(node->output(), "Mul", {x, to.addInner("Sigmoid", {x})});
}
void mish(Lowering& to, const Node* node) {
    const auto x = to.tensor(node->input(0));
    to.add(node->output(), "Mul", {x, to.addInner("Tanh", {to.addInner("Softplus", {x})})});
}
void hardSigmoid(Lowering& to, const Node* node) {
    to.add(node->output(), "HardSigmoid", {to.tensor(node->input(0))}, {{"alpha", 1.0f / 6}, {"beta", 0.5f}});
}

/// Optional bounds of a clip.
void clamp(Lowering& to, const Node* node) {
    const auto bound = [&](std::size_t k) {
        return to.isNone(node->input(k)) ? std::string() : to.floats(float(to.number(node->input(k))));
    };
    to.add(node->output(), "Clip", {to.tensor(node->input(0)), bound(1), bound(2)});
}
void relu6(Lowering& to, const Node* node) {
    to.add(node->output(), "Clip", {to.tensor(node->input(0)), to.floats(0), to.floats(6)});
}

/// x/2 (1 + erf(x/sqrt 2)), or its tanh form sqrt(2/pi) (x + 0.044715 x^3): Hendrycks and Gimpel, arXiv 1606.08415.
void gelu(Lowering& to, const Node* node) {
    const auto x = to.tensor(node->input(0));
    const bool tanhForm = torch::jit::toIValue(node->input(1))->toStringRef() == "tanh";
    std::string bend;
    if (tanhForm) {
        const auto cube = to.addInner("Mul", {to.addInner("Pow", {x, to.floats(3)}), to.floats(0.044715f)});
        const float factor = float(std::sqrt(2.0 / std::numbers::pi));
        bend = to.addInner("Tanh", {to.addInner("Mul", {to.addInner("Add", {x, cube}), to.floats(factor)})});
    } else {
        bend = to.addInner("Erf", {to.addInner("Mul", {x, to.floats(float(1 / std::numbers::sqrt2))})});
    }
    const auto half = to.addInner("Mul", {x, to.floats(0.5f)});
    to.add(node->output(), "Mul", {half, to.addInner("Add", {bend, to.floats(1)})});
}

constexpr std::array kPointwiseOperators{
    Operator{"aten::relu", same<"Relu">},
    Operator{"aten::sigmoid", same<"Sigmoid">},
    Operator{"aten::tanh", same<"Tanh">},
    Operator{"aten::exp", same<"Exp">},
    Operator{"aten::log", same<"Log">},
    Operator{"aten::sqrt", same<"Sqrt">},
    Operator{"aten::abs", same<"Abs">},
    Operator{"aten::neg", same<"Neg">},
    Operator{"aten::erf", same<"Erf">},
    Operator{"aten::hardswish", same<"HardSwish">},
    Operator{"aten::dropout", dropout},
    Operator{"aten::feature_dropout", dropout},
    Operator{"aten::contiguous", through},
    Operator{"aten::clone", through},
    Operator{"aten::detach", through},
    Operator{"aten::alias", through},
    Operator{"aten::to", through},
    Operator{"aten::add", add},
    Operator{"aten::sub", subtract},
    Operator{"aten::rsub", reverseSubtract},
    Operator{"aten::mul", multiply},
    Operator{"aten::div", divide},
    Operator{"aten::pow", power},
    Operator{"aten::softmax", softmax},
    Operator{"aten::log_softmax", logSoftmax},
    Operator{"aten::leaky_relu", leakyRelu},
    Operator{"aten::elu", elu},
    Operator{"aten::prelu", prelu},
    Operator{"aten::silu", silu},
    Operator{"aten::mish", mish},
    Operator{"aten::hardsigmoid", hardSigmoid},
    Operator{"aten::clamp", clamp},
    Operator{"aten::hardtanh", clamp},
    Operator{"aten::relu6", relu6},
    Operator{"aten::gelu", gelu},
};

}  // namespace

std::span<const Operator> pointwiseOperators() {
    return kPointwiseOperators;
}

}  // namespace lathe::engine::exporting
