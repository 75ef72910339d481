// liblathe_cuda.so: links libtorch_cuda and c10_cuda so that the engine itself need not.
#include "core/engine/cuda/plugin.h"

#include <c10/cuda/CUDAFunctions.h>
#include <torch/torch.h>
#include <cstdio>

#include "core/engine/cuda/plugin/parts.h"

extern "C" __attribute__((visibility("default"))) int lathe_cuda_open(int* count, char* message, unsigned long size) {
    try {
        *count = int(std::uint8_t(c10::cuda::device_count_ensure_non_zero()));
        // The first tensor makes the context; a card that is there but can't run our kernels shows here.
        torch::zeros({1}, torch::Device(torch::kCUDA, 0)).add_(1).cpu();
        return 0;
    } catch (const c10::Error& error) {
        std::snprintf(message, size, "%s", error.what_without_backtrace());
    } catch (const std::exception& error) {
        std::snprintf(message, size, "%s", error.what());
    }
    return 1;
}

extern "C" __attribute__((visibility("default"))) const lathe::engine::cuda::CardTable* lathe_cuda_table() {
    using namespace lathe::engine::cuda;
    static const CardTable table{sizeof(CardTable), pixelKernels(), graphCalls()};
    return &table;
}
