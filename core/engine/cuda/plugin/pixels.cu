// The augmentations' kernels: a thread a pixel of a picture of the batch, what is done there is in pixels.h.
#include "core/engine/cuda/plugin/kernels.h"

namespace lathe::engine::cuda {
namespace {

constexpr int kThreads = 256;

/// A picture each in y, its pixels in x.
dim3 gridOf(const BatchShape& shape) {
    return dim3(unsigned((shape.height * shape.width + kThreads - 1) / kThreads), unsigned(shape.count));
}

struct At {
    std::int64_t picture;
    int pixel, x, y;
    bool inside;
};
__device__ At here(const BatchShape& shape) {
    const int pixel = int(blockIdx.x) * kThreads + int(threadIdx.x);
    return {std::int64_t(blockIdx.y), pixel, pixel % shape.width, pixel / shape.width, pixel < shape.height * shape.width};
}
__device__ std::int64_t bytesOf(const BatchShape& shape) {
    return std::int64_t(shape.height) * shape.width * shape.channels;
}

__global__ void moveKernel(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape) {
    const At at = here(shape);
    if (!at.inside) return;
    const std::int64_t first = at.picture * bytesOf(shape);
    std::uint8_t* out = after + first + std::int64_t(at.pixel) * shape.channels;
    const Resampling& how = each[at.picture];
    if (how.move == Move::None)
        for (int k = 0; k < shape.channels; ++k) out[k] = before[first + std::int64_t(at.pixel) * shape.channels + k];
    else
        movePixel(before + first, out, at.x, at.y, shape, how);
}

__global__ void moveMasksKernel(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape,
                                std::uint8_t outside) {
    const At at = here(shape);
    if (!at.inside) return;
    const std::int64_t first = at.picture * shape.height * shape.width;
    const Resampling& how = each[at.picture];
    after[first + at.pixel] = how.move == Move::None
                                  ? before[first + at.pixel]
                                  : maskPixel(before + first, at.x, at.y, shape.height, shape.width, how.inverse, outside);
}

__global__ void sumsKernel(const std::uint8_t* pictures, const PixelChange* each, std::uint64_t* sums, BatchShape shape) {
    const At at = here(shape);
    if (each[at.picture].kind != Change::Contrast) return;  // the same for the whole block
    __shared__ unsigned blockSums[3];
    if (threadIdx.x < 3) blockSums[threadIdx.x] = 0;
    __syncthreads();
    const int summed = shape.channels < 3 ? shape.channels : 3;
    const std::uint8_t* p = pictures + at.picture * bytesOf(shape) + std::int64_t(at.pixel) * shape.channels;
    if (at.inside)
        for (int k = 0; k < summed; ++k) atomicAdd(&blockSums[k], unsigned(p[k]));
    __syncthreads();
    if (threadIdx.x < 3)
        atomicAdd(reinterpret_cast<unsigned long long*>(sums + at.picture * 3 + threadIdx.x),
                  static_cast<unsigned long long>(blockSums[threadIdx.x]));
}

__global__ void changeKernel(std::uint8_t* pictures, const PixelChange* each, const std::uint64_t* sums, BatchShape shape) {
    const At at = here(shape);
    if (!at.inside) return;
    std::uint8_t* p = pictures + at.picture * bytesOf(shape) + std::int64_t(at.pixel) * shape.channels;
    changePixel(each[at.picture], p, at.x, at.y, shape, sums + at.picture * 3);
}

/// `along` x or y, from one place to another.
__global__ void blurKernel(const std::uint8_t* from, std::uint8_t* to, const PixelChange* each, const double* weights,
                           BatchShape shape, bool alongX) {
    const At at = here(shape);
    const PixelChange& change = each[at.picture];
    if (!at.inside || change.kind != Change::Blur) return;
    const std::int64_t first = at.picture * bytesOf(shape), row = std::int64_t(shape.width) * shape.channels;
    for (int k = 0; k < shape.channels; ++k) {
        const std::uint8_t* line = from + first + k + (alongX ? at.y * row : std::int64_t(at.x) * shape.channels);
        to[first + std::int64_t(at.pixel) * shape.channels + k] =
            blurred(line, alongX ? shape.channels : row, alongX ? shape.width : shape.height, alongX ? at.x : at.y,
                    weights + change.weights, change.radius);
    }
}

}  // namespace

void launchMove(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape, cudaStream_t stream) {
    moveKernel<<<gridOf(shape), kThreads, 0, stream>>>(before, after, each, shape);
}
void launchMoveMasks(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape,
                     std::uint8_t outside, cudaStream_t stream) {
    moveMasksKernel<<<gridOf(shape), kThreads, 0, stream>>>(before, after, each, shape, outside);
}
void launchSums(const std::uint8_t* pictures, const PixelChange* each, std::uint64_t* sums, BatchShape shape, cudaStream_t stream) {
    cudaMemsetAsync(sums, 0, std::size_t(shape.count) * 3 * sizeof(std::uint64_t), stream);
    sumsKernel<<<gridOf(shape), kThreads, 0, stream>>>(pictures, each, sums, shape);
}
void launchChange(std::uint8_t* pictures, const PixelChange* each, const std::uint64_t* sums, BatchShape shape,
                  cudaStream_t stream) {
    changeKernel<<<gridOf(shape), kThreads, 0, stream>>>(pictures, each, sums, shape);
}
void launchBlur(std::uint8_t* pictures, std::uint8_t* scratch, const PixelChange* each, const double* weights, BatchShape shape,
                cudaStream_t stream) {
    blurKernel<<<gridOf(shape), kThreads, 0, stream>>>(pictures, scratch, each, weights, shape, true);
    blurKernel<<<gridOf(shape), kThreads, 0, stream>>>(scratch, pictures, each, weights, shape, false);
}

}  // namespace lathe::engine::cuda
