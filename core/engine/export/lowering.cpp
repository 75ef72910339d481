#include "core/engine/export/lowering.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lathe::engine::exporting {

namespace {

std::string bytesOf(const torch::Tensor& tensor) {
    return {static_cast<const char*>(tensor.const_data_ptr()), tensor.nbytes()};
}

std::string moduleOf(const std::string& parameter) {
    const auto dot = parameter.rfind('.');
    return dot == std::string::npos ? parameter : parameter.substr(0, dot);
}

}  // namespace

c10::IValue Lowering::attribute(const Value* value, std::string& path) const {
    const auto* node = value->node();
    if (node->kind() == torch::jit::prim::Param) return m_module._ivalue();
    if (node->kind() != torch::jit::prim::GetAttr) return {};
    const auto parent = attribute(node->input(), path);
    if (!parent.isObject()) return {};
    const auto name = node->s(torch::jit::attr::name);
    path += (path.empty() ? "" : ".") + name;
    return parent.toObject()->getAttr(name);
}

std::optional<Lowering::Known> Lowering::known(const Value* value) const {
    std::string path;
    auto found = attribute(value, path);
    if (!found.isTensor()) found = torch::jit::toIValue(value).value_or(c10::IValue());
    if (!found.isTensor()) return std::nullopt;
    return Known{path, found.toTensor()};
}

std::string Lowering::unique(const std::string& wanted) {
    const int count = m_used[wanted]++;
    return count == 0 ? wanted : fmt::format("{}_{}", wanted, count);
}

std::string Lowering::constant(const std::string& name, const torch::Tensor& tensor) {
    auto values = tensor.detach().cpu().contiguous();
    if (values.is_floating_point()) values = values.to(torch::kFloat32);
    auto type = onnxfile::ElementType::Float32;
    if (values.scalar_type() == torch::kBool) {
        type = onnxfile::ElementType::Bool;
    } else if (!values.is_floating_point()) {
        values = values.to(torch::kInt64);
        type = onnxfile::ElementType::Int64;
    }
    auto given = unique(name);
    m_model.initializers.push_back({given, type, values.sizes().vec(), bytesOf(values)});
    return given;
}

std::string Lowering::tensor(const Value* value) {
    if (const auto found = m_names.find(value); found != m_names.end()) return found->second;
    const auto constantValue = known(value);
    if (!constantValue) throw NotMapped{"it reads a value that is not a tensor"};
    auto name = constant(constantValue->name.empty() ? "constant" : constantValue->name, constantValue->tensor);
    bind(value, name);
    return name;
}

std::string Lowering::optionalTensor(const Value* value) {
    return isNone(value) ? std::string() : tensor(value);
}

std::string Lowering::addInner(std::string op, std::vector<std::string> inputs, onnxfile::Attributes attributes) {
    while (!inputs.empty() && inputs.back().empty()) inputs.pop_back();
    auto name = unique(m_owner.empty() ? op : m_owner + "/" + op);
    auto output = name + ":0";
    m_model.nodes.push_back({name, std::move(op), std::move(inputs), {output}, std::move(attributes)});
    return output;
}

std::string Lowering::add(const Value* value, std::string op, std::vector<std::string> inputs, onnxfile::Attributes attributes) {
    auto output = addInner(std::move(op), std::move(inputs), std::move(attributes));
    bind(value, output);
    return output;
}

std::string Lowering::floats(float value) {
    return constant("number", torch::tensor(value));
}

std::string Lowering::ints(const Ints& values, bool scalar) {
    const auto tensor = torch::tensor(at::ArrayRef<std::int64_t>(values), torch::kInt64);
    return constant("integers", scalar ? tensor.reshape({}) : tensor);
}

c10::IValue Lowering::constantOf(const Value* value) const {
    const auto found = torch::jit::toIValue(value);
    if (!found) throw NotMapped{"an argument is computed while the model runs"};
    return *found;
}

std::int64_t Lowering::integer(const Value* value) const {
    return constantOf(value).toInt();
}

double Lowering::number(const Value* value) const {
    const auto found = constantOf(value);
    if (found.isTensor()) return found.toTensor().item<double>();
    return found.toScalar().toDouble();
}

bool Lowering::flag(const Value* value) const {
    return constantOf(value).toBool();
}

bool Lowering::isNone(const Value* value) const {
    return value->type()->kind() == c10::TypeKind::NoneType || value->mustBeNone();
}

Ints Lowering::list(const Value* value) const {
    if (isNone(value)) return {};
    if (const auto found = torch::jit::toIValue(value)) {
        return found->isInt() ? Ints{found->toInt()} : found->toIntVector();
    }
    if (value->node()->kind() != torch::jit::prim::ListConstruct) throw NotMapped{"a list is computed while the model runs"};
    Ints numbers;
    for (const auto* item : value->node()->inputs()) numbers.push_back(integer(item));
    return numbers;
}

Ints Lowering::pair(const Value* value) const {
    auto numbers = list(value);
    if (numbers.size() == 1) numbers.push_back(numbers[0]);
    return numbers;
}

Ints Lowering::shape(const Value* value) const {
    if (const auto constantValue = known(value)) return constantValue->tensor.sizes().vec();
    const auto type = value->type()->cast<c10::TensorType>();
    const auto sizes = type ? type->sizes().concrete_sizes() : std::nullopt;
    if (!sizes) throw NotMapped{"the trace doesn't know the shape of its input"};
    return *sizes;
}

std::int64_t Lowering::dimension(const Value* dim, std::int64_t rank) const {
    const auto given = integer(dim);
    return given < 0 ? given + rank : given;
}

void Lowering::enter(const Node* node) {
    for (const auto* input : node->inputs()) {
        std::string path;
        if (!attribute(input, path).isTensor()) continue;
        m_owner = m_layer = moduleOf(path);
        return;
    }
    m_layer = m_owner.empty() ? "the input" : "after " + m_owner;
}

namespace {

const Operator* findOperator(std::string_view kind) {
    if (kind.ends_with('_')) kind.remove_suffix(1);
    for (const auto table : {layerOperators(), poolOperators(), pointwiseOperators(), shapeOperators()}) {
        for (const auto& entry : table) {
            if (entry.name == kind) return &entry;
        }
    }
    return nullptr;
}

using Unmapped = std::map<std::string, std::vector<std::string>>;

void lowerNode(Lowering& to, const Node* node, Unmapped& unmapped) {
    const std::string kind = node->kind().toQualString();
    to.enter(node);
    const auto* entry = findOperator(kind);
    if (!entry) {
        unmapped[kind].push_back(to.layer());
        return;
    }
    try {
        entry->lower(to, node);
    } catch (const NotMapped& reason) {
        unmapped[fmt::format("{} ({})", kind, reason.reason)].push_back(to.layer());
    }
    for (const auto* output : node->outputs()) {
        if (unmapped.empty()) continue;
        to.bind(output, "unmapped");
    }
}

Result<> report(const Unmapped& unmapped) {
    if (unmapped.empty()) return {};
    std::vector<std::string> lines;
    for (const auto& [what, layers] : unmapped) lines.push_back(fmt::format("{} at {}", what, fmt::join(layers, ", ")));
    return fail(ErrorCode::Unsupported, fmt::format("ONNX export has no mapping for {}.", fmt::join(lines, "; ")));
}

bool isStructure(const Node* node) {
    const auto kind = node->kind();
    return kind == torch::jit::prim::Constant || kind == torch::jit::prim::GetAttr || kind == torch::jit::prim::ListConstruct;
}

}  // namespace

Result<> lowerGraph(const torch::jit::Module& module, const torch::jit::Graph& graph, onnxfile::Model& model) {
    Lowering to(module, model);
    Unmapped unmapped;
    to.bind(graph.inputs().at(1), model.inputs.at(0).name);
    for (const auto* node : graph.nodes()) {
        if (!isStructure(node)) lowerNode(to, node, unmapped);
    }
    LATHE_CHECK(report(unmapped));
    model.nodes.push_back({"output", "Identity", {to.tensor(graph.outputs().at(0))}, {model.outputs.at(0).name}, {}});
    return {};
}

}  // namespace lathe::engine::exporting
