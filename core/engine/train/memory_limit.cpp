#include "core/engine/train/memory_limit.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <torch/torch.h>
#include <algorithm>
#include <atomic>
#include <fstream>
#include <limits>
#include <mutex>
#include <string>
#include <unordered_map>

namespace lathe::engine::train {
namespace {

/// In front of the allocator that was there. It is never destroyed: tensors that outlive a limit are given back through it.
class LimitedAllocator final : public c10::Allocator {
public:
    explicit LimitedAllocator(c10::Allocator* behind) : m_behind(behind) {}
    c10::DataPtr allocate(std::size_t size) override {
        if (size > 0 && !take(size))
            TORCH_CHECK_WITH(OutOfMemoryError, false, "out of memory: ", size, " bytes more than the limit leaves");
        c10::DataPtr given;
        try {
            given = m_behind->allocate(size);
        } catch (...) {
            giveBack(size);
            throw;
        }
        void* at = given.release_context();
        const std::scoped_lock lock(m_mutex);
        if (at) m_sizes[at] = size;
        return {at, at, &LimitedAllocator::free, c10::Device(c10::kCPU)};
    }
    [[nodiscard]] c10::DeleterFnPtr raw_deleter() const override { return &LimitedAllocator::free; }
    void copy_data(void* to, const void* from, std::size_t size) const override { default_copy_data(to, from, size); }
    /// Above what is held through it already.
    void setLimit(std::uint64_t limit) { m_base = m_held, m_limit = m_held + limit, m_peak = m_held; }
    [[nodiscard]] std::uint64_t peak() const { return m_peak - m_base; }
    [[nodiscard]] c10::Allocator* behind() const { return m_behind; }
    static LimitedAllocator& only() {
        static auto* allocator = new LimitedAllocator(c10::GetCPUAllocator());
        return *allocator;
    }

private:
    bool take(std::size_t size) {
        const std::scoped_lock lock(m_mutex);
        if (m_held + size > m_limit) return false;
        m_held += size;
        m_peak = std::max<std::uint64_t>(m_peak, m_held);
        return true;
    }
    void giveBack(std::size_t size) {
        const std::scoped_lock lock(m_mutex);
        m_held -= std::min<std::uint64_t>(m_held, size);
    }
    static void free(void* at) {
        if (!at) return;
        LimitedAllocator& self = only();
        std::size_t size = 0;
        {
            const std::scoped_lock lock(self.m_mutex);
            if (const auto found = self.m_sizes.find(at); found != self.m_sizes.end())
                size = found->second, self.m_sizes.erase(found);
        }
        self.giveBack(size);
        self.m_behind->raw_deleter()(at);
    }
    c10::Allocator* m_behind;
    std::mutex m_mutex;
    std::unordered_map<void*, std::size_t> m_sizes;
    std::uint64_t m_limit = std::numeric_limits<std::uint64_t>::max() / 2, m_held = 0;
    std::atomic<std::uint64_t> m_peak = 0, m_base = 0;  ///< most held; held when the limit was set
};

/// A number of a file such as /sys/fs/cgroup/memory.max; 0 where there is none ("max").
std::uint64_t numberIn(const char* file) {
    std::ifstream in(file);
    std::uint64_t value = 0;
    return in >> value ? value : 0;
}

std::uint64_t availableInMachine() {
    std::ifstream in("/proc/meminfo");
    std::string key, unit;
    std::uint64_t kilobytes = 0;
    while (in >> key >> kilobytes && std::getline(in, unit))
        if (key == "MemAvailable:") return kilobytes * 1024;
    return 0;
}

}  // namespace

std::uint64_t freeMemory(torch::Device device) {
    if (!device.is_cpu())
        return c10::getDeviceAllocator(device.type())->getMemoryInfo(device.has_index() ? device.index() : 0).first;
    const std::uint64_t available = availableInMachine();
    const std::uint64_t most = numberIn("/sys/fs/cgroup/memory.max"), used = numberIn("/sys/fs/cgroup/memory.current");
    return most > used && used > 0 ? std::min(available, most - used) : available;
}

bool isOutOfMemory(const std::exception& error) {
    if (dynamic_cast<const c10::OutOfMemoryError*>(&error) || dynamic_cast<const std::bad_alloc*>(&error)) return true;
    const auto* known = dynamic_cast<const c10::Error*>(&error);
    const std::string text = known ? known->msg() : error.what();
    // The last three are oneDNN's when its own buffers can't be had; of a layer that it can't do it speaks of a descriptor.
    if (text.find("descriptor") != std::string::npos) return false;
    constexpr const char* kWords[] = {"can't allocate memory",
                                      "out of memory",
                                      "ALLOC_FAILED",
                                      "could not create a primitive",
                                      "could not create a memory object",
                                      "could not execute a primitive"};
    return std::any_of(std::begin(kWords), std::end(kWords),
                       [&](const char* words) { return text.find(words) != std::string::npos; });
}

void releaseCached(torch::Device device) {
    if (!device.is_cpu()) c10::getDeviceAllocator(device.type())->emptyCache();
}

MemoryLimit::MemoryLimit(std::uint64_t bytes) {
    LimitedAllocator::only().setLimit(bytes);
    c10::SetCPUAllocator(&LimitedAllocator::only(), 100);
}

MemoryLimit::~MemoryLimit() {
    c10::SetCPUAllocator(LimitedAllocator::only().behind(), 100);
}

std::uint64_t MemoryLimit::peak() {
    return LimitedAllocator::only().peak();
}

}  // namespace lathe::engine::train
