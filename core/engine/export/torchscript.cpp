#include <fmt/format.h>

#include "core/base/files.h"
#include "core/engine/export/exporter.h"
#include "core/engine/export/trace.h"

namespace lathe::engine::exporting {

namespace {

constexpr double kTolerance = 1e-5;

/// The archive must give the model's own numbers for a batch size that it was not traced with.
Result<> checkArchive(nn::Model& model, const std::string& bytes, const torch::Tensor& example) {
    std::istringstream stream(bytes);
    auto loaded = torch::jit::load(stream);
    loaded.eval();
    const auto probe = torch::cat({example, example.flip(3)});
    const auto wanted = model.forward(probe);
    const auto got = loaded.forward({probe}).toTensor();
    if (got.sizes() != wanted.sizes()) {
        return fail(ErrorCode::Unsupported, "The model's forward fixes its batch size; use flatten(1) and -1 instead of sizes.");
    }
    const double difference = (got - wanted).abs().max().item<double>();
    if (difference <= kTolerance) return {};
    return fail(ErrorCode::Unsupported, fmt::format("The TorchScript module differs from the model by {:g}.", difference));
}

Result<std::string> archive(nn::Model& model, const Traced& traced, const torch::Tensor& example) {
    const torch::NoGradGuard noGradients;
    const bool training = model.is_training();
    model.eval();
    std::ostringstream stream;
    traced.module.save(stream);
    auto bytes = std::move(stream).str();
    auto checked = checkArchive(model, bytes, example);
    model.train(training);
    if (!checked) return fail(std::move(checked).error());
    return bytes;
}

}  // namespace

Result<> writeTorchScript(nn::Model& model, const torch::Tensor& example, const std::filesystem::path& file) {
    LATHE_TRY(const auto traced, trace(model, example));
    try {
        LATHE_TRY(const auto bytes, archive(model, traced, example));
        return base::writeFileAtomically(file, bytes);
    } catch (const std::exception& error) {
        return fail(ErrorCode::Unsupported, fmt::format("TorchScript export failed: {}", error.what()), file.string());
    }
}

}  // namespace lathe::engine::exporting
