#include "core/data/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace lathe::data {

void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) {
    const std::size_t threads = std::min<std::size_t>(count, std::max(1u, std::thread::hardware_concurrency()));
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t k; (k = next++) < count;) body(k);
    };
    std::vector<std::jthread> others;
    for (std::size_t k = 1; k < threads; ++k) others.emplace_back(work);
    work();
}

}  // namespace lathe::data
