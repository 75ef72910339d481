// A model that an engine process keeps warm: load, infer, unload of the engine's protocol.
#pragma once
#include <memory>
#include <mutex>

#include "core/rpc/client.h"
#include "core/serve/target.h"

namespace lathe::serve {

/// Any thread. An engine that died is started again and the model loaded again, once per call.
class EngineModel {
public:
    [[nodiscard]] static Result<std::shared_ptr<EngineModel>> load(rpc::Engine& engine, const std::filesystem::path& folder,
                                                                   std::stop_token stop = {});
    ~EngineModel();
    EngineModel(const EngineModel&) = delete;
    EngineModel& operator=(const EngineModel&) = delete;
    [[nodiscard]] const Json& inputs() const { return m_inputs; }  ///< [{name, datatype, shape}]
    [[nodiscard]] const Json& outputs() const { return m_outputs; }
    [[nodiscard]] Result<Tensor> infer(const Tensor& input, std::stop_token stop = {});

private:
    EngineModel(rpc::Engine& engine, std::filesystem::path folder) : m_engine(engine), m_folder(std::move(folder)) {}
    /// Loads again unless another thread has done so since `stale` was the handle.
    [[nodiscard]] Result<Json> reload(const Json& stale, std::stop_token stop);
    [[nodiscard]] Json handle();

    rpc::Engine& m_engine;
    std::filesystem::path m_folder;
    std::mutex m_mutex;
    Json m_handle, m_inputs, m_outputs;
};

}  // namespace lathe::serve
