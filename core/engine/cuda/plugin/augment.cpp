// The pixels' kernels on torch's current stream.
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAStream.h>

#include "core/engine/cuda/plugin/kernels.h"
#include "core/engine/cuda/plugin/parts.h"

namespace lathe::engine::cuda {
namespace {

/// Queued, and its launch looked at: an error of the kernel itself shows at a later call, as with torch's own.
template <class Launch>
const char* queued(Launch launch) {
    return guarded([&] {
        launch(c10::cuda::getCurrentCUDAStream().stream());
        C10_CUDA_KERNEL_LAUNCH_CHECK();
    });
}

}  // namespace

PixelKernels pixelKernels() {
    PixelKernels k;
    k.move = [](const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape) {
        return queued([&](cudaStream_t stream) { launchMove(before, after, each, shape, stream); });
    };
    k.moveMasks = [](const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape,
                     std::uint8_t outside) {
        return queued([&](cudaStream_t stream) { launchMoveMasks(before, after, each, shape, outside, stream); });
    };
    k.sums = [](const std::uint8_t* pictures, const PixelChange* each, std::uint64_t* sums, BatchShape shape) {
        return queued([&](cudaStream_t stream) { launchSums(pictures, each, sums, shape, stream); });
    };
    k.change = [](std::uint8_t* pictures, const PixelChange* each, const std::uint64_t* sums, BatchShape shape) {
        return queued([&](cudaStream_t stream) { launchChange(pictures, each, sums, shape, stream); });
    };
    k.blur = [](std::uint8_t* pictures, std::uint8_t* scratch, const PixelChange* each, const double* weights, BatchShape shape) {
        return queued([&](cudaStream_t stream) { launchBlur(pictures, scratch, each, weights, shape, stream); });
    };
    return k;
}

}  // namespace lathe::engine::cuda
