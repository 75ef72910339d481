#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "core/rpc/client.h"

extern char** environ;

namespace lathe::rpc {

namespace fs = std::filesystem;

namespace {

bool isProgram(const fs::path& file) {
    std::error_code ignored;
    return fs::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0;
}

}  // namespace

std::vector<std::string> engineEnvironment() {
    std::vector<std::string> all;
    bool chosen = false;
    for (char** one = environ; one && *one; ++one) {
        all.emplace_back(*one);
        chosen = chosen || all.back().starts_with("GOMP_SPINCOUNT=") || all.back().starts_with("OMP_WAIT_POLICY=");
    }
    if (!chosen) all.push_back(std::string("GOMP_SPINCOUNT=") + kSpinCount);
    return all;
}

Result<fs::path> findEngine() {
    static constexpr const char* name = "lathe-engine";
    if (const char* named = std::getenv("LATHE_ENGINE"); named && *named) {
        if (isProgram(named)) return fs::path(named);
        return fail(ErrorCode::NotFound, "LATHE_ENGINE names no program that can be run", named);
    }
    std::error_code ignored;
    const fs::path beside = fs::read_symlink("/proc/self/exe", ignored).parent_path() / name;
    if (isProgram(beside)) return beside;
    const char* path = std::getenv("PATH");
    for (std::string_view rest = path ? path : ""; !rest.empty();) {
        const std::size_t colon = rest.find(':');
        const fs::path candidate = fs::path(rest.substr(0, colon)) / name;
        if (isProgram(candidate)) return candidate;
        rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    }
    return fail(ErrorCode::NotFound,
                fmt::format("lathe-engine isn't installed: looked at {} and on PATH; install it there or set LATHE_ENGINE",
                            beside.string()));
}

Result<std::shared_ptr<Client>> Engine::client() {
    const std::lock_guard lock(m_mutex);
    if (m_client && m_client->alive()) return m_client;
    m_client.reset();
    m_state = State::Starting;
    const auto start = [&]() -> Result<std::shared_ptr<Client>> {
        LATHE_TRY(const fs::path program, findEngine());
        return Client::start(program);
    };
    auto started = start();
    m_state = started ? State::Ready : State::Dead;
    if (started) m_client = *started;
    return started;
}

Result<Json> Engine::call(const std::string& method, const Json& params, std::stop_token stop, const Progress& progress) {
    LATHE_TRY(const std::shared_ptr<Client> engine, client());
    ++m_calls;
    m_state = State::Busy;
    auto answer = engine->call(method, params, std::move(stop), progress);
    if (--m_calls == 0) m_state = engine->alive() ? State::Ready : State::Dead;
    return answer;
}

Result<Json> Engine::handshake() {
    LATHE_TRY(const std::shared_ptr<Client> engine, client());
    return engine->handshake();
}

Engine::State Engine::state() const {
    const State state = m_state;
    if (state != State::Ready) return state;
    const std::unique_lock lock(m_mutex, std::try_to_lock);  // held: it is being started
    if (!lock) return State::Starting;
    return m_client && m_client->alive() ? State::Ready : State::Dead;
}

}  // namespace lathe::rpc
