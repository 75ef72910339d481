// What the .cu files launch, for the plugin's C++ files: no torch here, so that nvcc is quick. `stream` is a cudaStream_t.
#pragma once
#include <cuda_runtime_api.h>

#include "core/engine/cuda/pixels.h"

namespace lathe::engine::cuda {

void launchMove(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape, cudaStream_t stream);
void launchMoveMasks(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape,
                     std::uint8_t outside, cudaStream_t stream);
void launchSums(const std::uint8_t* pictures, const PixelChange* each, std::uint64_t* sums, BatchShape shape, cudaStream_t stream);
void launchChange(std::uint8_t* pictures, const PixelChange* each, const std::uint64_t* sums, BatchShape shape,
                  cudaStream_t stream);
void launchBlur(std::uint8_t* pictures, std::uint8_t* scratch, const PixelChange* each, const double* weights, BatchShape shape,
                cudaStream_t stream);

/// Of `count` boxes (4 floats each), best first: bit k of mask[i * words + w] says that box i covers box 64 w + k of its group, one
/// that comes later; words = (count + 63) / 64.
void launchNmsMask(const float* boxes, const std::int64_t* groups, std::int64_t count, double overlap, std::uint64_t* mask,
                   cudaStream_t stream);
/// Goes through the mask: kept[i] is 1 for the boxes that stay, at most `most` of them. One block.
void launchNmsKeep(const std::uint64_t* mask, std::int64_t count, std::int64_t most, bool* kept, cudaStream_t stream);

}  // namespace lathe::engine::cuda
