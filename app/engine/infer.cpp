// Tensors in and out: the warm model behind the local server and the parity check.
#include <fmt/format.h>
#include <torch/torch.h>
#include <cstring>

#include "app/engine/base64.h"
#include "app/engine/handlers.h"

namespace lathe::app {
namespace {

using namespace engine;

Json tensorJson(const torch::Tensor& tensor) {
    const auto values = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
    return {{"shape", values.sizes().vec()}, {"data", toBase64({static_cast<const char*>(values.data_ptr()), values.nbytes()})}};
}

Result<torch::Tensor> tensorFrom(const Json& json) {
    const auto shape = json.at("shape").get<std::vector<std::int64_t>>();
    LATHE_TRY(const std::string bytes, fromBase64(json.at("data").get_ref<const std::string&>()));
    std::int64_t count = 1;
    for (const std::int64_t side : shape)
        if (side < 0 || __builtin_mul_overflow(count, side, &count))
            return fail(ErrorCode::InvalidArgument, "the shape is impossible", "input.shape");
    if (bytes.size() != std::size_t(count) * sizeof(float))
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} bytes of data, the shape needs {}", bytes.size(), std::size_t(count) * sizeof(float)),
                    "input.data");
    auto tensor = torch::empty(shape, torch::kFloat32);
    if (count > 0) std::memcpy(tensor.data_ptr(), bytes.data(), bytes.size());
    return tensor;
}

}  // namespace

Result<Json> loadHeld(const Call& call) {
    LATHE_TRY(const std::string folder, textParam(call.params, "model"));
    LATHE_TRY(const std::string handle, call.models.hold(folder));
    LATHE_TRY(const ModelPtr model, call.models.held(handle));
    const auto& p = model->preprocessing;
    Json shape = {-1, model->labels.size()};
    if (model->spec.task != "classify")
        shape = model->model->forward(torch::zeros({1, p.channels, p.height, p.width})).sizes().vec();
    shape[0] = -1;
    return Json{{"handle", handle},
                {"inputs", {{{"name", "input"}, {"datatype", "FP32"}, {"shape", {-1, p.channels, p.height, p.width}}}}},
                {"outputs", {{{"name", "logits"}, {"datatype", "FP32"}, {"shape", shape}}}},
                {"classes", model->labels}};
}

Result<Json> infer(const Call& call) {
    LATHE_TRY(const std::string handle, textParam(call.params, "handle"));
    LATHE_TRY(const ModelPtr model, call.models.held(handle));
    LATHE_TRY(const torch::Tensor input, tensorFrom(call.params.at("input")));
    const auto& p = model->preprocessing;
    if (input.dim() != 4 || input.size(1) != p.channels || input.size(2) != p.height || input.size(3) != p.width)
        return fail(ErrorCode::InvalidArgument, fmt::format("the input must be N x {} x {} x {}", p.channels, p.height, p.width),
                    "input.shape");
    return Json{{"output", tensorJson(model->model->forward(input.contiguous(torch::MemoryFormat::ChannelsLast)))}};
}

Result<Json> unload(const Call& call) {
    LATHE_TRY(const std::string handle, textParam(call.params, "handle"));
    LATHE_CHECK(call.models.release(handle));
    return Json::object();
}

Result<Json> preprocess(const Call& call) {
    LATHE_TRY(const std::string folder, textParam(call.params, "model"));
    LATHE_TRY(const std::string image, textParam(call.params, "image"));
    LATHE_TRY(const ModelPtr model, call.models.get(folder));
    LATHE_TRY(const auto read, load::preprocessFile(image, model->preprocessing));
    return tensorJson(read.input.unsqueeze(0));
}

}  // namespace lathe::app
