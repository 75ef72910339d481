#include "core/engine/profile/phases.h"

#include <algorithm>

namespace lathe::engine::profile {
namespace {

double quantile(std::vector<float> values, double q) {
    if (values.empty()) return 0;
    const auto at = std::min(values.size() - 1, std::size_t(q * double(values.size())));
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(at), values.end());
    return values[at];
}

}  // namespace

void PhaseClock::mark(Phase phase) {
    const auto now = std::chrono::steady_clock::now();
    m_milliseconds[std::size_t(phase)].push_back(std::chrono::duration<float, std::milli>(now - m_last).count());
    m_last = now;
}

Json PhaseClock::take() {
    static constexpr const char* kNames[] = {"data_ms", "forward_ms", "backward_ms", "optimizer_ms"};
    Json json = Json::object();
    std::vector<float> steps(m_milliseconds[std::size_t(Phase::Optimizer)].size(), 0.0F);
    for (std::size_t phase = 0; phase < m_milliseconds.size(); ++phase) {
        auto& values = m_milliseconds[phase];
        values.resize(std::max(values.size(), steps.size()));
        for (std::size_t i = 0; i < steps.size(); ++i) steps[i] += values[i];
        json[kNames[phase]] = quantile(values, 0.5);
        values.clear();
    }
    json["step_ms"] = quantile(steps, 0.5);
    json["step_p95_ms"] = quantile(steps, 0.95);
    json["steps"] = steps.size();
    return json;
}

}  // namespace lathe::engine::profile
