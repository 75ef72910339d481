// Views, joins and reductions. The batch, dimension 0, stays free: shapes are written so that it is copied or found.
#include <array>
#include <numeric>

#include "core/engine/export/lowering.h"

namespace lathe::engine::exporting {

namespace {

void flatten(Lowering& to, const Node* node) {
    const auto shape = to.shape(node->input(0));
    const auto rank = std::int64_t(shape.size());
    const auto start = to.dimension(node->input(1), rank), end = to.dimension(node->input(2), rank);
    if (start == 0) throw NotMapped{"a view that folds the batch away"};
    Ints target(std::size_t(start), 0);
    target.push_back(-1);
    target.insert(target.end(), shape.begin() + end + 1, shape.end());
    to.add(node->output(), "Reshape", {to.tensor(node->input(0)), to.ints(target)});
}

/// The traced batch size stands first when the model wrote x.size(0); 0 copies it, so that other batches work.
void reshape(Lowering& to, const Node* node) {
    const auto from = to.shape(node->input(0));
    auto target = to.list(node->input(1));
    if (target.empty() || from.empty()) throw NotMapped{"a view of a scalar"};
    const auto into = to.shape(node->output());
    if (into[0] == from[0]) {
        target[0] = 0;
        if (std::count(target.begin(), target.end(), -1) > 1) target = into, target[0] = 0;
    } else if (std::count(target.begin(), target.end(), -1) == 0) {
        if (into[0] % from[0] != 0) throw NotMapped{"a view that mixes the batch with other dimensions"};
        target[0] = -1;
    }
    to.add(node->output(), "Reshape", {to.tensor(node->input(0)), to.ints(target)});
}

void transposeAxes(Lowering& to, const Node* node, const Ints& order) {
    to.add(node->output(), "Transpose", {to.tensor(node->input(0))}, {{"perm", order}});
}

void permute(Lowering& to, const Node* node) {
    auto order = to.list(node->input(1));
    for (auto& axis : order) axis += axis < 0 ? std::int64_t(order.size()) : 0;
    transposeAxes(to, node, order);
}

void transpose(Lowering& to, const Node* node) {
    const auto rank = to.rank(node->input(0));
    Ints order(static_cast<std::size_t>(rank));
    std::iota(order.begin(), order.end(), 0);
    std::swap(order[std::size_t(to.dimension(node->input(1), rank))], order[std::size_t(to.dimension(node->input(2), rank))]);
    transposeAxes(to, node, order);
}

void t(Lowering& to, const Node* node) {
    if (to.rank(node->input(0)) < 2) {
        to.bind(node->output(), to.tensor(node->input(0)));
        return;
    }
    const auto uses = node->output()->uses();
    const auto gemm = c10::Symbol::fromQualString("aten::addmm");
    if (std::all_of(uses.begin(), uses.end(), [&](const auto& use) { return use.user->kind() == gemm && use.offset == 2; })) return;
    transposeAxes(to, node, {1, 0});
}

void unsqueeze(Lowering& to, const Node* node) {
    const auto axis = to.dimension(node->input(1), to.rank(node->input(0)) + 1);
    to.add(node->output(), "Unsqueeze", {to.tensor(node->input(0)), to.ints({axis})});
}

void squeeze(Lowering& to, const Node* node) {
    if (node->inputs().size() < 2) throw NotMapped{"squeeze without a dimension"};
    const auto shape = to.shape(node->input(0));
    Ints axes;
    for (auto axis : to.list(node->input(1))) {
        axis += axis < 0 ? std::int64_t(shape.size()) : 0;
        if (axis == 0) throw NotMapped{"squeezing the batch"};
        if (shape[std::size_t(axis)] == 1) axes.push_back(axis);
    }
    if (axes.empty()) return to.bind(node->output(), to.tensor(node->input(0)));
    to.add(node->output(), "Squeeze", {to.tensor(node->input(0)), to.ints(axes)});
}

void cat(Lowering& to, const Node* node) {
    std::vector<std::string> parts;
    for (const auto* part : node->input(0)->node()->inputs()) parts.push_back(to.tensor(part));
    to.add(node->output(), "Concat", std::move(parts), {{"axis", to.integer(node->input(1))}});
}

void stack(Lowering& to, const Node* node) {
    const auto axis = to.dimension(node->input(1), to.rank(node->output()));
    std::vector<std::string> parts;
    for (const auto* part : node->input(0)->node()->inputs()) {
        parts.push_back(to.addInner("Unsqueeze", {to.tensor(part), to.ints({axis})}));
    }
    to.add(node->output(), "Concat", std::move(parts), {{"axis", axis}});
}

void slice(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    const auto start = to.isNone(in[2]) ? 0 : to.integer(in[2]);
    const auto end = to.isNone(in[3]) ? std::numeric_limits<std::int64_t>::max() : to.integer(in[3]);
    to.add(node->output(), "Slice",
           {to.tensor(in[0]), to.ints({start}), to.ints({end}), to.ints({to.integer(in[1])}), to.ints({to.integer(in[4])})});
}

void select(Lowering& to, const Node* node) {
    to.add(node->output(), "Gather", {to.tensor(node->input(0)), to.ints({to.integer(node->input(2))}, true)},
           {{"axis", to.integer(node->input(1))}});
}

void expandAs(Lowering& to, const Node* node) {
    to.add(node->output(), "Expand", {to.tensor(node->input(0)), to.addInner("Shape", {to.tensor(node->input(1))})});
}

Ints allAxes(std::int64_t rank) {
    Ints axes(static_cast<std::size_t>(rank));
    std::iota(axes.begin(), axes.end(), 0);
    return axes;
}

struct Reduction {
    Ints axes;
    std::int64_t keep = 0;
};

/// mean(x, dtype) and mean(x, dims, keepdim, dtype); sum has the same two forms.
Reduction reduction(Lowering& to, const Node* node) {
    const auto in = node->inputs();
    if (in.size() < 4 || to.isNone(in[1])) return {allAxes(to.rank(in[0])), in.size() < 4 ? 0 : std::int64_t(to.flag(in[2]))};
    return {to.list(in[1]), std::int64_t(to.flag(in[2]))};
}

void mean(Lowering& to, const Node* node) {
    const auto r = reduction(to, node);
    to.add(node->output(), "ReduceMean", {to.tensor(node->input(0))}, {{"axes", r.axes}, {"keepdims", r.keep}});
}

void sum(Lowering& to, const Node* node) {
    const auto r = reduction(to, node);
    to.add(node->output(), "ReduceSum", {to.tensor(node->input(0)), to.ints(r.axes)}, {{"keepdims", r.keep}});
}

constexpr std::array kShapeOperators{
    Operator{"aten::flatten", flatten},
    Operator{"aten::reshape", reshape},
    Operator{"aten::view", reshape},
    Operator{"aten::permute", permute},
    Operator{"aten::t", t},
    Operator{"aten::transpose", transpose},
    Operator{"aten::unsqueeze", unsqueeze},
    Operator{"aten::squeeze", squeeze},
    Operator{"aten::cat", cat},
    Operator{"aten::stack", stack},
    Operator{"aten::slice", slice},
    Operator{"aten::select", select},
    Operator{"aten::expand_as", expandAs},
    Operator{"aten::mean", mean},
    Operator{"aten::sum", sum},
};

}  // namespace

std::span<const Operator> shapeOperators() {
    return kShapeOperators;
}

}  // namespace lathe::engine::exporting
