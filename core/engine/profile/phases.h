// Where a training step's time goes: the gaps between marks, kept per phase, told as medians.
#pragma once
#include <array>
#include <chrono>
#include <vector>

#include "core/base/json.h"

namespace lathe::engine::profile {

enum class Phase { Data, Forward, Backward, Optimizer };

/// One thread. On a card the marks are host times: what was queued, not what ran.
class PhaseClock {
public:
    void start() { m_last = std::chrono::steady_clock::now(); }
    /// The time since the last mark (or start) belongs to `phase`.
    void mark(Phase phase);
    /// {"data_ms", "forward_ms", "backward_ms", "optimizer_ms", "step_ms": medians, "step_p95_ms", "steps"}; forgets what it had.
    [[nodiscard]] Json take();

private:
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
    std::array<std::vector<float>, 4> m_milliseconds;
};

}  // namespace lathe::engine::profile
