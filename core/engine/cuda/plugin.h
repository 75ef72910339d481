// The C interface of liblathe_cuda.so, opened with dlopen: it brings libtorch_cuda into the process, the kernels of our own and
// CUDA graphs. Pointers are the card's unless they say otherwise; work is queued on torch's current stream. Functions that return a
// text give nullptr when all went well; the text is good until the thread's next call.
#pragma once
#include "core/engine/cuda/pixels.h"

namespace lathe::engine::cuda {

/// Changes of a batch of pictures, all at once (train/augment_batch.h puts them in order).
struct PixelKernels {
    /// each picture by its own way; `after` is another place than `before`.
    const char* (*move)(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape);
    const char* (*moveMasks)(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape,
                             std::uint8_t outside);
    /// Of the first three channels, for pictures whose change is Contrast: 3 a picture.
    const char* (*sums)(const std::uint8_t* pictures, const PixelChange* each, std::uint64_t* sums, BatchShape shape);
    /// All but Blur.
    const char* (*change)(std::uint8_t* pictures, const PixelChange* each, const std::uint64_t* sums, BatchShape shape);
    /// Those whose change is Blur; `scratch` has room for all pictures.
    const char* (*blur)(std::uint8_t* pictures, std::uint8_t* scratch, const PixelChange* each, const double* weights,
                        BatchShape shape);
};

/// A piece of work on tensors; may throw.
using GraphBody = void (*)(void* context);
/// CUDA graphs. All in one process share one side stream and one pool of memory, so they must run one after another.
struct GraphCalls {
    /// Records the work without doing it. `graph` stays untouched when it can't be recorded.
    const char* (*capture)(void** graph, GraphBody body, void* context);
    const char* (*replay)(void* graph);
    void (*drop)(void* graph);
};

struct CardTable {
    unsigned long size = sizeof(CardTable);  ///< another one is another version
    PixelKernels pixels{};
    GraphCalls graphs{};
};

}  // namespace lathe::engine::cuda

extern "C" {
/// 0 when torch can use `count` cards; else 1 and the reason in `message` (at most `size` bytes with the final 0).
using LatheCudaOpen = int (*)(int* count, char* message, unsigned long size);
inline constexpr const char* kLatheCudaOpen = "lathe_cuda_open";
using LatheCudaTable = const lathe::engine::cuda::CardTable* (*)();
inline constexpr const char* kLatheCudaTable = "lathe_cuda_table";
}
