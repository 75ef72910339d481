// nn::nms for tensors on a card.
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <torch/library.h>
#include <torch/torch.h>

#include "core/engine/cuda/plugin/kernels.h"

namespace lathe::engine::cuda {
namespace {

constexpr std::int64_t kMostBoxes = std::int64_t(64) * 6000;  ///< what the shared memory of a block has room for

/// As the processor's in core/engine/nn/nms.cpp.
torch::Tensor nmsOnCard(const torch::Tensor& boxes, const torch::Tensor& scores, const torch::Tensor& groups, double overlap,
                        std::int64_t most) {
    const c10::cuda::CUDAGuard guard(boxes.device());
    const auto stream = c10::cuda::getCurrentCUDAStream();
    const std::int64_t count = boxes.size(0);
    TORCH_CHECK(count <= kMostBoxes, "non-maximum suppression of ", count, " boxes: ", kMostBoxes, " is the most");
    const auto order = std::get<1>(scores.sort(true, 0, true));
    const auto b = boxes.index_select(0, order).to(torch::kFloat32).contiguous();
    const auto g = groups.index_select(0, order).to(torch::kInt64).contiguous();
    const auto mask = torch::zeros({count, (count + 63) / 64}, boxes.options().dtype(torch::kInt64));
    const auto kept = torch::empty({count}, boxes.options().dtype(torch::kBool));
    auto* bits = reinterpret_cast<std::uint64_t*>(mask.data_ptr<std::int64_t>());
    launchNmsMask(b.data_ptr<float>(), g.data_ptr<std::int64_t>(), count, overlap, bits, stream.stream());
    launchNmsKeep(bits, count, most, kept.data_ptr<bool>(), stream.stream());
    C10_CUDA_KERNEL_LAUNCH_CHECK();
    return order.masked_select(kept);
}

}  // namespace
}  // namespace lathe::engine::cuda

TORCH_LIBRARY_IMPL(lathe, CUDA, library) {
    library.impl("nms", lathe::engine::cuda::nmsOnCard);
}
