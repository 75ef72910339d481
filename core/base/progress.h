// What a job tells while it works. A job is a function of values, a std::stop_token and a Progress, returning a Result.
#pragma once
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace lathe::base {

struct ProgressState {
    std::int64_t done = 0;
    std::int64_t total = 0;  ///< 0: not known
    std::string text;        ///< what is being done now, English
};

/// A sink for progress; copies share it. Called from the job's own threads; the sink must be thread-safe and quick
/// (coalescing is its business). A default-made Progress swallows everything.
class Progress {
public:
    using Sink = std::function<void(const ProgressState&)>;
    Progress() = default;
    explicit Progress(Sink sink) : m_sink(std::move(sink)) {}
    void report(std::int64_t done, std::int64_t total, std::string text = {}) const {
        if (m_sink) m_sink({done, total, std::move(text)});
    }
    /// This progress as part [from, to) of a whole: done/total of the part are scaled to 0…1000 of the whole.
    [[nodiscard]] Progress part(double from, double to) const;

private:
    Sink m_sink;
};

}  // namespace lathe::base

namespace lathe {
using base::Progress;
}
