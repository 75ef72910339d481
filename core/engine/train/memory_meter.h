// What torch's allocators give out and take back, counted by who is at work.
#pragma once
#include <c10/core/Allocator.h>
#include <torch/types.h>
#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace lathe::engine::train {

/// Installed as c10::DebugInfoKind::PROFILER_STATE of a thread; called from any thread that works for it.
class MemoryMeter final : public c10::MemoryReportingInfoBase {
public:
    static constexpr int kNobody = -1;
    explicit MemoryMeter(torch::Device device) : m_device(device) {}
    void reportMemoryUsage(void* at, std::int64_t size, std::size_t, std::size_t, c10::Device device) override {
        if (device.type() != m_device.type()) return;
        const std::scoped_lock lock(m_mutex);
        if (size > 0) {
            m_held[at] = {size, owner};
            m_live += size;
            m_peak = std::max(m_peak, m_live);
        } else if (const auto held = m_held.find(at); held != m_held.end()) {
            m_live -= held->second.size;
            m_held.erase(held);
        }
    }
    [[nodiscard]] bool memoryProfilingEnabled() const override { return true; }
    [[nodiscard]] std::int64_t live() const { return m_live; }
    [[nodiscard]] std::int64_t peak() const { return m_peak; }
    template <class Each>
    void eachHeld(Each each) {
        const std::scoped_lock lock(m_mutex);
        for (auto& [at, held] : m_held) each(held.owner, held.size), held.owner = kNobody;
    }
    int owner = kNobody;  ///< the row that is at work

private:
    struct Held {
        std::int64_t size;
        int owner;
    };
    torch::Device m_device;
    std::mutex m_mutex;
    std::unordered_map<void*, Held> m_held;
    std::int64_t m_live = 0, m_peak = 0;
};

}  // namespace lathe::engine::train
