// Target "triton": a model repository folder as Triton Inference Server reads it (NAME/config.pbtxt, NAME/VERSION/model.onnx or
// model.pt), and, with the option http=URL, load, unload and inference over HTTP. Option backend: onnxruntime (default), pytorch,
// or python for a server that has none of the two: the model goes with a script that runs it by ONNX Runtime.
#pragma once
#include "core/serve/oip_client.h"

namespace lathe::serve {

[[nodiscard]] Result<std::unique_ptr<Target>> makeTritonTarget(const TargetRow& row);

struct TritonBackend {
    std::string_view name, file, platform;
    bool positional;          ///< tensors are called INPUT__0 and OUTPUT__0
    std::string_view script;  ///< the embedded file that goes beside the model as model.py; empty: none
};
[[nodiscard]] const TritonBackend* findBackend(std::string_view name);

/// Text of config.pbtxt for a package: batch left free, one version served.
[[nodiscard]] Result<std::string> tritonConfig(const std::string& model, int version, const std::filesystem::path& package,
                                               const TritonBackend& backend);
/// The same as the JSON that a load request's "config" takes.
[[nodiscard]] Result<std::string> tritonConfigJson(const std::string& model, int version, const std::filesystem::path& package,
                                                   const TritonBackend& backend);

class TritonTarget : public Target {
public:
    TritonTarget(std::filesystem::path root, const TritonBackend& backend, std::unique_ptr<OipClient> client)
        : m_root(std::move(root)), m_backend(backend), m_client(std::move(client)) {}
    Result<std::string> test() override;
    Result<> upload(const std::string& model, int version, const std::filesystem::path& package, std::stop_token stop,
                    const Progress& progress) override;
    Result<> activate(const std::string& model, int version) override;
    Result<> deactivate(const std::string& model, int version) override;
    Result<Tensor> infer(const std::string& model, int version, const Tensor& input) override;
    Result<std::vector<std::string>> serving() override;

private:
    [[nodiscard]] std::filesystem::path folderOf(const std::string& model, int version) const;
    std::filesystem::path m_root;
    const TritonBackend& m_backend;
    std::unique_ptr<OipClient> m_client;  ///< null without an http address
};

}  // namespace lathe::serve
