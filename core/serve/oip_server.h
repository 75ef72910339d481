// A local server of the Open Inference Protocol v2 REST with binary tensors and Triton's repository load/unload, over cpp-httplib;
// the numbers come from an engine process.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "core/rpc/client.h"

namespace lathe::serve {

class OipServer {
public:
    explicit OipServer(std::shared_ptr<rpc::Engine> engine);
    ~OipServer();
    /// Serves the package under its name and version.
    [[nodiscard]] Result<> addModel(const std::filesystem::path& package);
    /// A repository folder (NAME/VERSION/…) whose models can be loaded and unloaded by the protocol.
    void setRepository(const std::filesystem::path& folder);
    /// Binds 127.0.0.1:port (0: any); returns the URL. Then listens on threads of its own.
    [[nodiscard]] Result<std::string> start(int port);
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace lathe::serve
