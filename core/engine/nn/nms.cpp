#include "core/engine/nn/nms.h"

#include <torch/library.h>
#include <torch/torch.h>
#include <vector>

#include "core/engine/cuda/pixels.h"

namespace lathe::engine::nn {
namespace {

torch::Tensor nmsOnProcessor(const torch::Tensor& boxes, const torch::Tensor& scores, const torch::Tensor& groups, double overlap,
                             std::int64_t most) {
    const auto order = std::get<1>(scores.sort(true, 0, true)).contiguous();
    const auto b = boxes.to(torch::kFloat32).contiguous();
    const auto g = groups.to(torch::kInt64).contiguous();
    const auto* corners = b.data_ptr<float>();
    const auto *group = g.data_ptr<std::int64_t>(), *place = order.data_ptr<std::int64_t>();
    std::vector<std::int64_t> kept;
    for (std::int64_t i = 0; i < order.numel() && std::int64_t(kept.size()) < most; ++i) {
        const std::int64_t box = place[i];
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](std::int64_t other) {
            return group[other] == group[box] && double(cuda::overlapOf(corners + other * 4, corners + box * 4)) > overlap;
        });
        if (!covered) kept.push_back(box);
    }
    return torch::tensor(kept, torch::kInt64);
}

}  // namespace

torch::Tensor nms(const torch::Tensor& boxes, const torch::Tensor& scores, const torch::Tensor& groups, double overlap,
                  std::int64_t most) {
    if (boxes.size(0) == 0) return torch::empty({0}, boxes.options().dtype(torch::kInt64));
    using Nms = torch::Tensor(const torch::Tensor&, const torch::Tensor&, const torch::Tensor&, double, std::int64_t);
    static const auto op = c10::Dispatcher::singleton().findSchemaOrThrow("lathe::nms", "").typed<Nms>();
    return op.call(boxes, scores, groups, overlap, most);
}

}  // namespace lathe::engine::nn

TORCH_LIBRARY(lathe, library) {
    library.def("nms(Tensor boxes, Tensor scores, Tensor groups, float overlap, int most) -> Tensor");
}
TORCH_LIBRARY_IMPL(lathe, CPU, library) {
    library.impl("nms", lathe::engine::nn::nmsOnProcessor);
}
