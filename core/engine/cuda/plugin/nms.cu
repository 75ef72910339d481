// Non-maximum suppression by bitmasks: each pair of boxes is looked at once, in tiles of 64 x 64, then one block walks the rows.
#include "core/engine/cuda/plugin/kernels.h"

namespace lathe::engine::cuda {
namespace {

constexpr int kTile = 64;
constexpr int kKeepThreads = 256;

__global__ void maskKernel(const float* boxes, const std::int64_t* groups, std::int64_t count, double overlap,
                           std::uint64_t* mask) {
    const std::int64_t row = std::int64_t(blockIdx.y) * kTile + threadIdx.x, firstColumn = std::int64_t(blockIdx.x) * kTile;
    if (blockIdx.y > blockIdx.x) return;  // the mask was zeroed: earlier boxes aren't covered by later ones
    __shared__ float tile[kTile * 4];
    __shared__ std::int64_t tileGroups[kTile];
    const std::int64_t column = firstColumn + threadIdx.x;
    if (column < count) {
        for (int k = 0; k < 4; ++k) tile[threadIdx.x * 4 + k] = boxes[column * 4 + k];
        tileGroups[threadIdx.x] = groups[column];
    }
    __syncthreads();
    if (row >= count) return;
    const int columns = int(count - firstColumn < kTile ? count - firstColumn : kTile);
    std::uint64_t bits = 0;
    for (int k = 0; k < columns; ++k)
        if (firstColumn + k > row && tileGroups[k] == groups[row] && double(overlapOf(boxes + row * 4, tile + k * 4)) > overlap)
            bits |= std::uint64_t(1) << k;
    mask[row * ((count + kTile - 1) / kTile) + blockIdx.x] = bits;
}

/// `gone` of all words lies in shared memory: 64 boxes a word.
__global__ void keepKernel(const std::uint64_t* mask, std::int64_t count, std::int64_t most, bool* kept) {
    extern __shared__ std::uint64_t gone[];
    __shared__ std::int64_t stay;
    const std::int64_t words = (count + kTile - 1) / kTile;
    for (std::int64_t w = threadIdx.x; w < words; w += kKeepThreads) gone[w] = 0;
    if (threadIdx.x == 0) stay = 0;
    __syncthreads();
    for (std::int64_t i = 0; i < count; ++i) {
        const bool keeps = stay < most && !(gone[i / kTile] >> (i % kTile) & 1);
        __syncthreads();  // all have read before anybody writes
        if (threadIdx.x == 0) kept[i] = keeps, stay += keeps;
        if (keeps)
            for (std::int64_t w = i / kTile + threadIdx.x; w < words; w += kKeepThreads) gone[w] |= mask[i * words + w];
        __syncthreads();
    }
}

}  // namespace

void launchNmsMask(const float* boxes, const std::int64_t* groups, std::int64_t count, double overlap, std::uint64_t* mask,
                   cudaStream_t stream) {
    const auto tiles = unsigned((count + kTile - 1) / kTile);
    maskKernel<<<dim3(tiles, tiles), kTile, 0, stream>>>(boxes, groups, count, overlap, mask);
}
void launchNmsKeep(const std::uint64_t* mask, std::int64_t count, std::int64_t most, bool* kept, cudaStream_t stream) {
    const auto words = std::size_t((count + kTile - 1) / kTile);
    keepKernel<<<1, kKeepThreads, words * sizeof(std::uint64_t), stream>>>(mask, count, most, kept);
}

}  // namespace lathe::engine::cuda
