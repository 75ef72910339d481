#include <fmt/format.h>

#include "core/engine/export/exporter.h"
#include "core/engine/nn/safetensors.h"

namespace lathe::engine::exporting {

namespace {

/// One by one, as the cases are sent to a server.
torch::Tensor logitsOf(nn::Model& model, const torch::Tensor& inputs) {
    const torch::NoGradGuard noGradients;
    const bool training = model.is_training();
    model.eval();
    std::vector<torch::Tensor> rows;
    for (std::int64_t k = 0; k < inputs.size(0); ++k) rows.push_back(model.forward(inputs.slice(0, k, k + 1)));
    model.train(training);
    return torch::cat(rows);
}

}  // namespace

Result<> writeGolden(nn::Model& model, const torch::Tensor& inputs, const std::filesystem::path& file) {
    if (!inputs.defined() || inputs.dim() != 4 || inputs.size(0) == 0) {
        return fail(ErrorCode::InvalidArgument, "Golden cases need at least one preprocessed picture.", file.string());
    }
    try {
        const auto outputs = logitsOf(model, inputs);
        return nn::writeSafetensors(file, {{"input", inputs.cpu().contiguous()}, {"output", outputs.cpu().contiguous()}},
                                    {{"format", "lathe-golden"}});
    } catch (const std::exception& error) {
        return fail(ErrorCode::EngineFailed, fmt::format("The golden cases could not be made: {}", error.what()), file.string());
    }
}

}  // namespace lathe::engine::exporting
