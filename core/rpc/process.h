// A child process with three pipes, in a process group of its own so that Ctrl-C in the terminal reaches us and not it.
// Private to core/rpc.
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lathe::rpc {

class Process {
public:
    [[nodiscard]] static Result<std::unique_ptr<Process>> start(const std::filesystem::path& program,
                                                                const std::vector<std::string>& arguments);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();  ///< kills it if it still lives

    [[nodiscard]] int pid() const { return m_pid; }
    [[nodiscard]] int in() const { return m_in; }    ///< we write
    [[nodiscard]] int out() const { return m_out; }  ///< we read
    [[nodiscard]] int err() const { return m_err; }
    void closeInput();
    /// Waits up to `seconds` for its end; true when it ended (how: ending()).
    [[nodiscard]] bool waitFor(double seconds);
    void kill();
    /// What it started and left behind; only while something of the group is known to live (it holds our pipes).
    void killGroup();
    /// "exit status 127", "signal 9 (Killed)"; empty while it runs.
    [[nodiscard]] std::string ending() const;

private:
    Process() = default;
    int m_pid = -1, m_in = -1, m_out = -1, m_err = -1;
    mutable std::mutex m_mutex;
    bool m_ended = false;
    int m_status = 0;
};

}  // namespace lathe::rpc
