#include "core/runs/run_folder.h"

#include <array>
#include <chrono>
#include <thread>

namespace lathe::runs {

std::string_view name(RunState state) {
    static constexpr std::array<std::string_view, 7> names = {"queued",   "running", "paused", "stopped",
                                                              "finished", "failed",  "died"};
    return names[std::size_t(state)];
}

std::optional<RunState> runStateNamed(std::string_view text) {
    for (int i = 0; i <= int(RunState::Died); ++i)
        if (name(RunState(i)) == text) return RunState(i);
    return std::nullopt;
}

bool isFinal(RunState state) {
    return state == RunState::Stopped || state == RunState::Finished || state == RunState::Failed || state == RunState::Died;
}

Result<RunSpec> RunFolder::readSpec() const {
    std::error_code ignored;
    const std::filesystem::path file = std::filesystem::exists(resolved(), ignored) ? resolved() : spec();
    LATHE_TRY(const Json json, base::readJson(file));
    auto read = runSpecFromJson(json);
    if (!read) return fail(ErrorCode::InvalidData, read.error().message, file.string());
    return read;
}

Result<> RunFolder::want(std::string_view state) const {
    return base::writeFileAtomically(control(), state);
}

std::string RunFolder::wanted() const {
    auto text = base::readFile(control(), 64);
    if (!text) return "run";
    while (!text->empty() && (text->back() == '\n' || text->back() == ' ')) text->pop_back();
    return text->empty() ? "run" : *text;
}

bool RunFolder::engineAlive() const {
    return base::FileLock::isHeld(lock());
}

Result<base::FileLock> RunFolder::takeLock() const {
    for (int attempt = 0;; ++attempt) {
        auto taken = base::FileLock::tryLock(lock());
        if (taken || taken.error().code != ErrorCode::Locked || attempt >= 40) return taken;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace lathe::runs
