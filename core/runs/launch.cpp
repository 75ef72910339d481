#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <thread>

#include "core/base/time.h"
#include "core/rpc/client.h"
#include "core/runs/run_state.h"
#include "core/runs/runs.h"

namespace lathe::runs {

namespace {

/// A session of its own, default signals, nothing to read, both outputs into `log`.
class Detached {
public:
    explicit Detached(const std::filesystem::path& log) {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_addopen(&m_actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&m_actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        posix_spawn_file_actions_adddup2(&m_actions, 1, 2);
        posix_spawnattr_init(&m_attributes);
        sigset_t set;
        sigemptyset(&set);
        posix_spawnattr_setsigmask(&m_attributes, &set);
        for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP}) sigaddset(&set, signal);
        posix_spawnattr_setsigdefault(&m_attributes, &set);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Detached() {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    int start(const std::filesystem::path& program, std::vector<std::string> words, int& pid) {
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        auto environment = rpc::engineEnvironment();
        std::vector<char*> envp;
        for (std::string& one : environment) envp.push_back(one.data());
        envp.push_back(nullptr);
        return posix_spawn(&pid, program.c_str(), &m_actions, &m_attributes, argv.data(), envp.data());
    }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

/// Takes the child's status when it ends, so that a long-lived window collects no zombies.
void reapLater(int pid) {
    std::thread([pid] { ::waitpid(pid, nullptr, 0); }).detach();
}

}  // namespace

Result<int> launch(const RunRow& run, bool resume) {
    const RunFolder folder(run.folder);
    if (liveness(folder).alive) return fail(ErrorCode::Locked, "an engine is at work on this run already", run.id.value);
    LATHE_TRY(const std::filesystem::path engine, rpc::findEngine());
    LATHE_CHECK(folder.want("run"));
    std::vector<std::string> words{engine.string(), "run", folder.path().string()};
    if (resume) words.emplace_back("--resume");
    int pid = 0;
    const double launched = base::now();  // before the start: what the engine says is later
    const int error = Detached(folder.log()).start(engine, std::move(words), pid);
    if (error != 0) return fail(ErrorCode::EngineDied, fmt::format("can't be started: {}", std::strerror(error)), engine.string());
    reapLater(pid);
    LATHE_CHECK(writeEngineProcess(folder, pid, launched));
    return pid;
}

}  // namespace lathe::runs
