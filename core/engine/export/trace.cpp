#include "core/engine/export/trace.h"

#include <fmt/format.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>

namespace lathe::engine::exporting {

namespace {

namespace jit = torch::jit;
using Unit = std::shared_ptr<jit::CompilationUnit>;

/// `path` uses '_' for '.': the last atom of a type's name must be an identifier when the archive is read again.
jit::Module mirror(const Unit& unit, const torch::nn::Module& source, const std::string& path) {
    jit::Module copy(c10::QualifiedName("__torch__.lathe." + path), unit);
    copy.register_attribute("training", c10::BoolType::get(), false);
    for (const auto& item : source.named_parameters(false)) copy.register_parameter(item.key(), item.value(), false);
    for (const auto& item : source.named_buffers(false)) copy.register_buffer(item.key(), item.value());
    for (const auto& item : source.named_children()) {
        copy.register_module(item.key(), mirror(unit, *item.value(), path + "_" + item.key()));
    }
    return copy;
}

Result<> checkInput(const nn::Model& model, const torch::Tensor& example) {
    if (!example.defined() || example.dim() != 4 || example.scalar_type() != torch::kFloat32) {
        return fail(ErrorCode::InvalidArgument, "The example for a trace must be a float32 tensor N x C x H x W.");
    }
    for (const auto& item : model.named_parameters()) {
        if (!item.value().device().is_cpu()) {
            return fail(ErrorCode::InvalidArgument, "Move the model to the CPU before it is exported.", item.key());
        }
    }
    return {};
}

/// eval() for as long as it lives.
class EvalMode {
public:
    explicit EvalMode(torch::nn::Module& module) : m_module(module), m_training(module.is_training()) { m_module.eval(); }
    ~EvalMode() { m_module.train(m_training); }
    EvalMode(const EvalMode&) = delete;
    EvalMode& operator=(const EvalMode&) = delete;

private:
    torch::nn::Module& m_module;
    bool m_training;
};

Traced traceForward(nn::Model& model, const torch::Tensor& example) {
    const auto unit = std::make_shared<jit::CompilationUnit>();
    Traced traced{mirror(unit, model, "Model"), nullptr, {}};
    const auto forward = [&](jit::Stack inputs) -> jit::Stack { return {model.forward(inputs.at(0).toTensor())}; };
    const auto noNames = [](const torch::Tensor&) { return std::string(); };
    auto [state, outputs] = jit::tracer::trace({example}, forward, noNames, true, false, &traced.module, {"input"});
    traced.graph = state->graph;
    traced.output = outputs.at(0).toTensor().detach();
    jit::EliminateDeadCode(traced.graph);
    const auto type = traced.module.type();
    type->addMethod(unit->create_function(c10::QualifiedName(*type->name(), "forward"), traced.graph));
    return traced;
}

}  // namespace

Result<Traced> trace(nn::Model& model, const torch::Tensor& example) {
    LATHE_CHECK(checkInput(model, example));
    const EvalMode eval(model);
    const torch::NoGradGuard noGradients;
    try {
        return traceForward(model, example);
    } catch (const std::exception& error) {
        if (jit::tracer::isTracing()) jit::tracer::abandon();
        return fail(ErrorCode::EngineFailed, fmt::format("The model could not be traced: {}", error.what()));
    }
}

}  // namespace lathe::engine::exporting
