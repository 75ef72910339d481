#include "core/rpc/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include "core/base/files.h"
#include "core/rpc/client.h"

namespace lathe::rpc {

namespace {

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    [[nodiscard]] bool open() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
    int take(int end) { return std::exchange(ends[std::size_t(end)], -1); }
    ~Pipe() {
        for (const int fd : ends)
            if (fd >= 0) ::close(fd);
    }
};

/// posix_spawn's two option objects, with default signals and a group of its own for the child.
class Spawning {
public:
    Spawning(int in, int out, int err) {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_adddup2(&m_actions, in, 0);
        posix_spawn_file_actions_adddup2(&m_actions, out, 1);
        posix_spawn_file_actions_adddup2(&m_actions, err, 2);
        posix_spawnattr_init(&m_attributes);
        sigset_t set;
        sigemptyset(&set);
        posix_spawnattr_setsigmask(&m_attributes, &set);
        sigaddset(&set, SIGPIPE);
        sigaddset(&set, SIGINT);
        posix_spawnattr_setsigdefault(&m_attributes, &set);
        posix_spawnattr_setpgroup(&m_attributes, 0);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Spawning() {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    int run(const char* program, char** argv, int& pid) {
        auto environment = engineEnvironment();
        std::vector<char*> envp;
        for (std::string& one : environment) envp.push_back(one.data());
        envp.push_back(nullptr);
        return posix_spawn(&pid, program, &m_actions, &m_attributes, argv, envp.data());
    }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

}  // namespace

Result<std::unique_ptr<Process>> Process::start(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    Pipe in, out, err;
    if (!in.open() || !out.open() || !err.open()) return fail(base::errnoError(errno, "pipes for it can't be made", program));
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::unique_ptr<Process> process(new Process);
    Spawning spawning(in.ends[0], out.ends[1], err.ends[1]);
    const int error = spawning.run(program.c_str(), argv.data(), process->m_pid);
    if (error != 0) {
        process->m_pid = -1;
        return fail(ErrorCode::EngineDied, fmt::format("can't be started: {}", std::strerror(error)), program.string());
    }
    process->m_in = in.take(1);
    process->m_out = out.take(0);
    process->m_err = err.take(0);
    return process;
}

Process::~Process() {
    kill();
    for (const int fd : {m_in, m_out, m_err})
        if (fd >= 0) ::close(fd);
}

void Process::closeInput() {
    if (m_in >= 0) ::close(std::exchange(m_in, -1));
}

bool Process::waitFor(double seconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (true) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_pid < 0) return true;
            if (!m_ended && ::waitpid(m_pid, &m_status, WNOHANG) != 0) m_ended = true;
            if (m_ended) return true;
        }
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

void Process::kill() {
    {
        const std::lock_guard lock(m_mutex);
        if (m_pid < 0 || m_ended) return;
        ::kill(m_pid, SIGKILL);
    }
    (void)waitFor(5);
}

void Process::killGroup() {
    ::kill(-m_pid, SIGKILL);
}

std::string Process::ending() const {
    const std::lock_guard lock(m_mutex);
    if (!m_ended) return {};
    if (WIFSIGNALED(m_status)) return fmt::format("signal {} ({})", WTERMSIG(m_status), strsignal(WTERMSIG(m_status)));
    return fmt::format("exit status {}", WEXITSTATUS(m_status));
}

}  // namespace lathe::rpc
