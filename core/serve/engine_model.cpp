#include "core/serve/engine_model.h"

#include <fmt/format.h>
#include <cstring>

#include "core/serve/base64.h"
#include "core/serve/wire.h"

namespace lathe::serve {

namespace {

Result<Tensor> tensorOf(const Json& reply) {
    Tensor tensor;
    std::string text;
    try {
        const auto& output = reply.at("output");
        tensor.shape = output.at("shape").get<std::vector<std::int64_t>>();
        text = output.at("data").get<std::string>();
    } catch (const Json::exception& error) {
        return fail(ErrorCode::EngineFailed, fmt::format("The engine's answer can't be read: {}", error.what()));
    }
    LATHE_TRY(const auto bytes, fromBase64(text));
    LATHE_TRY(const auto count, valueCount(tensor.shape));
    if (bytes.size() != count * sizeof(float)) return fail(ErrorCode::EngineFailed, "The engine's answer has the wrong length.");
    tensor.data.resize(count);
    std::memcpy(tensor.data.data(), bytes.data(), bytes.size());
    return tensor;
}

}  // namespace

Result<std::shared_ptr<EngineModel>> EngineModel::load(rpc::Engine& engine, const std::filesystem::path& folder,
                                                       std::stop_token stop) {
    std::shared_ptr<EngineModel> model(new EngineModel(engine, folder));
    LATHE_TRY([[maybe_unused]] const auto handle, model->reload(Json(), stop));
    return model;
}

EngineModel::~EngineModel() {
    if (m_handle.is_null()) return;
    // A dead engine has forgotten the model already.
    [[maybe_unused]] const auto unloaded = m_engine.call("unload", {{"handle", m_handle}});
}

Json EngineModel::handle() {
    const std::lock_guard lock(m_mutex);
    return m_handle;
}

Result<Json> EngineModel::reload(const Json& stale, std::stop_token stop) {
    const std::lock_guard lock(m_mutex);
    if (m_handle != stale) return m_handle;
    LATHE_TRY(const auto reply, m_engine.call("load", {{"model", m_folder.string()}}, stop));
    if (!reply.contains("handle"))
        return fail(ErrorCode::EngineFailed, "The engine gave no handle for the model.", m_folder.string());
    m_handle = reply["handle"];
    m_inputs = reply.value("inputs", Json::array());
    m_outputs = reply.value("outputs", Json::array());
    return m_handle;
}

Result<Tensor> EngineModel::infer(const Tensor& input, std::stop_token stop) {
    const Json tensor{{"shape", input.shape}, {"data", toBase64(rawBytes(input))}};
    const auto held = handle();
    auto reply = m_engine.call("infer", {{"handle", held}, {"input", tensor}}, stop);
    const bool forgotten = !reply && (reply.error().code == ErrorCode::EngineDied || reply.error().code == ErrorCode::NotFound);
    if (forgotten) {
        LATHE_TRY(const auto fresh, reload(held, stop));
        reply = m_engine.call("infer", {{"handle", fresh}, {"input", tensor}}, stop);
    }
    if (!reply) return fail(std::move(reply).error());
    return tensorOf(*reply);
}

}  // namespace lathe::serve
