#include <fmt/format.h>

#include "core/base/files.h"
#include "core/engine/export/exporter.h"
#include "core/engine/export/lowering.h"
#include "core/engine/export/trace.h"

namespace lathe::engine::exporting {

namespace {

Ints withFreeBatch(const torch::Tensor& tensor) {
    auto dims = tensor.sizes().vec();
    if (!dims.empty()) dims[0] = -1;
    return dims;
}

Result<std::string> onnxBytes(const Traced& traced, const torch::Tensor& example) {
    onnxfile::Model model;
    model.name = "lathe";
    model.inputs = {{"input", withFreeBatch(example)}};
    model.outputs = {{"logits", withFreeBatch(traced.output)}};
    LATHE_CHECK(lowerGraph(traced.module, *traced.graph, model));
    return onnxfile::serialize(model);
}

}  // namespace

Result<> writeOnnx(nn::Model& model, const torch::Tensor& example, const std::filesystem::path& file) {
    LATHE_TRY(const auto traced, trace(model, example));
    try {
        LATHE_TRY(const auto bytes, onnxBytes(traced, example));
        return base::writeFileAtomically(file, bytes);
    } catch (const std::exception& error) {
        return fail(ErrorCode::Unsupported, fmt::format("ONNX export failed: {}", error.what()), file.string());
    }
}

}  // namespace lathe::engine::exporting
