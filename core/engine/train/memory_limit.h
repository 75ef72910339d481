// How much memory there is, and what it looks like when there is none left.
#pragma once
#include <torch/types.h>
#include <cstdint>
#include <exception>

namespace lathe::engine::train {

/// Bytes that could still be had: of a card what its driver says, of the machine what Linux calls available, or less where a
/// control group allows less. 0: not known.
[[nodiscard]] std::uint64_t freeMemory(torch::Device device);
/// An allocation that failed, on a card or on the processor, and not another fault.
[[nodiscard]] bool isOutOfMemory(const std::exception& error);
/// Gives what torch's allocator keeps of a card for later back to the card.
void releaseCached(torch::Device device);

/// While it lives, torch's tensors on the processor that are made from now on get `bytes` together at the most; a request beyond it
/// throws c10::OutOfMemoryError, as one on a card does. One at a time in a process.
class MemoryLimit {
public:
    explicit MemoryLimit(std::uint64_t bytes);
    ~MemoryLimit();
    MemoryLimit(const MemoryLimit&) = delete;
    MemoryLimit& operator=(const MemoryLimit&) = delete;
    [[nodiscard]] static std::uint64_t peak();  ///< bytes given out at once beyond what was held when the last one was made
};

}  // namespace lathe::engine::train
