#include "app/workbench/verbs/progress_line.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <utility>

namespace lathe::verbs {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

std::string clockText(double seconds) {
    const int s = int(std::clamp(seconds, 0.0, 360000.0));
    return s >= 3600 ? fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60) : fmt::format("{}:{:02}", s / 60, s % 60);
}

class Line {
public:
    void show(const base::ProgressState& state) {
        const std::lock_guard lock(m_mutex);
        const auto now = Clock::now();
        if (state.done < m_done || m_started == Clock::time_point()) m_started = now;
        m_done = state.done;
        if (m_last == Clock::time_point() && !m_terminal) m_last = m_started;  // nothing is said of what takes less than 5 s
        if (now - m_last < (m_terminal ? Clock::duration(100ms) : Clock::duration(5s))) return;
        m_last = now;
        const double seconds = std::chrono::duration<double>(now - m_started).count();
        if (m_terminal)
            bar(state, seconds);
        else
            std::fputs((words(state, seconds) + "\n").c_str(), stderr);
    }
    void clear() {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_drawn, false)) std::fputs("\r\x1b[K", stderr);
    }

private:
    std::mutex m_mutex;
    Clock::time_point m_started{}, m_last{};
    std::int64_t m_done = 0;
    bool m_terminal = ::isatty(2) == 1;
    bool m_drawn = false;

    static std::string words(const base::ProgressState& state, double seconds) {
        if (state.total <= 0) return fmt::format("{} {}", state.done > 0 ? std::to_string(state.done) : "", state.text);
        const double share = double(state.done) / double(state.total);
        const std::string left =
            share > 0.01 && seconds > 2 ? fmt::format(", {} left", clockText(seconds / share - seconds)) : std::string();
        const bool counts = state.total != 1000;  // 1000: parts of a whole (Progress::part), no things that can be counted
        const std::string of = counts ? fmt::format(" ({} of {})", state.done, state.total) : std::string();
        return fmt::format("{:3.0f} %{}{} {}", share * 100, of, left, state.text);
    }

    void bar(const base::ProgressState& state, double seconds) {
        winsize size{};
        const int columns = ::ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
        const double share = state.total > 0 ? std::clamp(double(state.done) / double(state.total), 0.0, 1.0) : 0;
        constexpr int width = 24;
        const int full = int(share * width);
        std::string line = fmt::format("[{:█<{}}{:·<{}}] {}", "", full, "", width - full, words(state, seconds));
        const std::size_t most =
            std::size_t(columns) - 1 + std::size_t(full) * 2 + std::size_t(width - full);  // bytes of the bar's own signs
        if (line.size() > most) line.resize(most);
        std::fputs(("\r\x1b[K" + line).c_str(), stderr);
        m_drawn = true;
    }
};

Line& line() {
    static Line one;
    return one;
}

}  // namespace

Progress progressOnStderr() {
    return Progress([](const base::ProgressState& state) { line().show(state); });
}

void clearProgress() {
    line().clear();
}

}  // namespace lathe::verbs
