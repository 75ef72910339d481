// Memory of a training process.
#pragma once
#include <malloc.h>

namespace lathe::engine::train {

/// glibc hands buffers of many megabytes back to the kernel at every free, so that each step of a large picture would touch all its
/// pages anew: a quarter of the time of a U-Net's step here. From now on this process keeps what it had. No effect elsewhere.
inline void keepLargeBuffers() {
#ifdef __GLIBC__
    constexpr int kLarge = 1 << 30, kAhead = 64 << 20;
    if (mallopt(M_MMAP_THRESHOLD, kLarge) == 0) mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, kLarge);
    mallopt(M_TOP_PAD, kAhead);
#endif
}

}  // namespace lathe::engine::train
