#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>

#include "core/runs/run_spec.h"
#include "core/serve/golden.h"
#include "core/serve/triton_target.h"

namespace lathe::serve {

namespace {

constexpr std::array kBackends{
    TritonBackend{"onnxruntime", "model.onnx", "onnxruntime_onnx", false, ""},
    TritonBackend{"pytorch", "model.pt", "pytorch_libtorch", true, ""},
    TritonBackend{"python", "model.onnx", "", false, "serving/triton_model.py"},
};
/// Larger than any batch that a client sends at once; Triton wants a bound.
constexpr int kMaxBatch = 64;

struct Shape {
    int channels = 0, height = 0, width = 0;
    std::vector<std::int64_t> output;  ///< of one picture
};

Result<Shape> shapeOf(const std::filesystem::path& package) {
    LATHE_TRY(const auto json, base::readJson(package / "preprocessing.json"));
    LATHE_TRY(const auto preprocessing, runs::preprocessingFromJson(json));
    LATHE_TRY(const auto golden, readGolden(package / "golden.safetensors"));
    return Shape{preprocessing.channels,
                 preprocessing.height,
                 preprocessing.width,
                 {golden.output.shape.begin() + 1, golden.output.shape.end()}};
}

struct Names {
    const char *input, *output;
};

Names names(const TritonBackend& backend) {
    return backend.positional ? Names{"INPUT__0", "OUTPUT__0"} : Names{"input", "logits"};
}

}  // namespace

const TritonBackend* findBackend(std::string_view name) {
    const auto found = std::find_if(kBackends.begin(), kBackends.end(), [&](const auto& backend) { return backend.name == name; });
    return found == kBackends.end() ? nullptr : &*found;
}

Result<std::string> tritonConfig(const std::string& model, int version, const std::filesystem::path& package,
                                 const TritonBackend& backend) {
    LATHE_TRY(const auto s, shapeOf(package));
    const auto [input, output] = names(backend);
    std::string text = fmt::format("name: \"{}\"\nbackend: \"{}\"\n", model, backend.name);
    if (!backend.platform.empty()) text += fmt::format("platform: \"{}\"\n", backend.platform);
    text += fmt::format("max_batch_size: {}\n", kMaxBatch);
    text += fmt::format("input [ {{ name: \"{}\" data_type: TYPE_FP32 dims: [ {}, {}, {} ] }} ]\n", input, s.channels, s.height,
                        s.width);
    text += fmt::format("output [ {{ name: \"{}\" data_type: TYPE_FP32 dims: [ {} ] }} ]\n", output, fmt::join(s.output, ", "));
    text += fmt::format("version_policy: {{ specific: {{ versions: [ {} ] }} }}\n", version);
    return text + "dynamic_batching { }\n";
}

Result<std::string> tritonConfigJson(const std::string& model, int version, const std::filesystem::path& package,
                                     const TritonBackend& backend) {
    LATHE_TRY(const auto s, shapeOf(package));
    const auto [input, output] = names(backend);
    const Json config{
        {"name", model},
        {"backend", backend.name},
        {"platform", backend.platform},
        {"max_batch_size", kMaxBatch},
        {"input", Json::array({Json{{"name", input}, {"data_type", "TYPE_FP32"}, {"dims", {s.channels, s.height, s.width}}}})},
        {"output", Json::array({Json{{"name", output}, {"data_type", "TYPE_FP32"}, {"dims", s.output}}})},
        {"version_policy", {{"specific", {{"versions", Json::array({version})}}}}}};
    return config.dump();
}

}  // namespace lathe::serve
