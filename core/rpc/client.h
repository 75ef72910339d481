// The workbench's end: spawns lathe-engine, sends requests, routes replies and progress. The engine may die; we may not.
#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/progress.h"
#include "core/base/result.h"

namespace lathe::rpc {

/// LATHE_ENGINE, else beside this program, else on PATH. NotFound says where it was looked for.
[[nodiscard]] Result<std::filesystem::path> findEngine();

/// How often a waiting thread of libgomp looks before it sleeps.
inline constexpr const char* kSpinCount = "1000";
/// This process's environment with what the engine's libraries read when they are loaded.
[[nodiscard]] std::vector<std::string> engineEnvironment();

/// A running engine. Any thread; calls may overlap.
class Client {
public:
    /// Spawns ENGINE serve and does the handshake. Errors with words: missing library (the loader's line), other protocol version,
    /// no answer in `timeoutSeconds`. stderr goes to `log` (or is kept for the error text).
    [[nodiscard]] static Result<std::shared_ptr<Client>> start(const std::filesystem::path& engine, double timeoutSeconds = 20,
                                                               const std::filesystem::path& log = {});
    ~Client();  ///< asks for shutdown, waits 2 s, kills

    [[nodiscard]] const Json& handshake() const;
    [[nodiscard]] bool alive() const;
    [[nodiscard]] int pid() const;
    /// Blocks until the reply. A stop request sends $/cancel and returns Cancelled. EngineDied when the process ends meanwhile,
    /// with its last words.
    [[nodiscard]] Result<Json> call(const std::string& method, const Json& params, std::stop_token stop = {},
                                    const Progress& progress = {});

    struct Impl;

private:
    explicit Client(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// One engine per process, started at the first call and again after a death. Any thread.
class Engine {
public:
    [[nodiscard]] Result<Json> call(const std::string& method, const Json& params, std::stop_token stop = {},
                                    const Progress& progress = {});
    [[nodiscard]] Result<Json> handshake();
    enum class State { NotStarted, Starting, Ready, Busy, Dead };
    [[nodiscard]] State state() const;

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<Client> m_client;
    std::atomic<State> m_state{State::NotStarted};
    std::atomic<int> m_calls{0};
    [[nodiscard]] Result<std::shared_ptr<Client>> client();
};

}  // namespace lathe::rpc
