#include "core/engine/train/augment_batch.h"

#include <torch/torch.h>
#include <algorithm>
#include <cstring>

#include "core/engine/nn/normalise.h"

namespace lathe::engine::train {
namespace {

using cuda::Change;
using cuda::PixelChange;

void started(const char* wrong) {
    TORCH_CHECK(!wrong, "the augmentation's kernels can't be started: ", wrong);
}

/// Plain values on the device of `like`; the tensor holds them.
template <class Value>
torch::Tensor valuesOn(const std::vector<Value>& values, const torch::Tensor& like) {
    auto bytes = torch::empty({std::int64_t(values.size() * sizeof(Value))}, torch::kUInt8);
    if (!values.empty()) std::memcpy(bytes.data_ptr(), values.data(), values.size() * sizeof(Value));
    return nn::sent(bytes, like.device());
}

template <class Value>
const Value* valuesOf(const torch::Tensor& bytes) {
    return reinterpret_cast<const Value*>(bytes.data_ptr<std::uint8_t>());
}

/// All changes: round r of picture n at r * count + n; of blurs the weights of all plans lie one after another.
struct Rounds {
    std::vector<PixelChange> changes;
    std::vector<double> weights;
    std::size_t count = 0;
};

Rounds roundsOf(const std::vector<PicturePlan>& plans) {
    Rounds rounds;
    for (const PicturePlan& plan : plans) rounds.count = std::max(rounds.count, plan.changes.size());
    rounds.changes.resize(rounds.count * plans.size());
    for (std::size_t n = 0; n < plans.size(); ++n) {
        const int first = int(rounds.weights.size());
        for (std::size_t r = 0; r < plans[n].changes.size(); ++r) {
            PixelChange change = plans[n].changes[r];
            change.weights += first;
            rounds.changes[r * plans.size() + n] = change;
        }
        rounds.weights.insert(rounds.weights.end(), plans[n].weights.begin(), plans[n].weights.end());
    }
    return rounds;
}

void moveAll(const cuda::PixelKernels& kernels, const std::vector<PicturePlan>& plans, const cuda::BatchShape& shape,
             torch::Tensor& pictures, torch::Tensor& masks, std::uint8_t outside) {
    std::vector<cuda::Resampling> each;
    for (const PicturePlan& plan : plans) each.push_back(plan.resampling);
    const auto still = [](const cuda::Resampling& how) { return how.move == cuda::Move::None; };
    if (std::all_of(each.begin(), each.end(), still)) return;
    const auto there = valuesOn(each, pictures);
    const auto* how = valuesOf<cuda::Resampling>(there);
    auto moved = torch::empty_like(pictures);
    started(kernels.move(pictures.data_ptr<std::uint8_t>(), moved.data_ptr<std::uint8_t>(), how, shape));
    pictures = moved;
    if (!masks.defined()) return;
    auto movedMasks = torch::empty_like(masks);
    started(kernels.moveMasks(masks.data_ptr<std::uint8_t>(), movedMasks.data_ptr<std::uint8_t>(), how, shape, outside));
    masks = movedMasks;
}

}  // namespace

void carryOutBatch(const cuda::PixelKernels& kernels, const std::vector<PicturePlan>& plans, torch::Tensor& pictures,
                   torch::Tensor& masks, std::uint8_t outside) {
    TORCH_CHECK(std::size_t(pictures.size(0)) == plans.size() && pictures.is_contiguous(), "a plan for each picture");
    if (plans.empty()) return;
    const cuda::BatchShape shape{int(pictures.size(0)), int(pictures.size(1)), int(pictures.size(2)), int(pictures.size(3))};
    moveAll(kernels, plans, shape, pictures, masks, outside);
    const Rounds rounds = roundsOf(plans);
    if (rounds.count == 0) return;
    const auto changes = valuesOn(rounds.changes, pictures), weights = valuesOn(rounds.weights, pictures);
    const auto sums = torch::empty({shape.count, 3}, pictures.options().dtype(torch::kInt64));
    torch::Tensor scratch;
    auto* picture = pictures.data_ptr<std::uint8_t>();
    auto* sum = reinterpret_cast<std::uint64_t*>(sums.data_ptr<std::int64_t>());
    for (std::size_t r = 0; r < rounds.count; ++r) {
        const auto first = rounds.changes.begin() + std::ptrdiff_t(r * plans.size()), last = first + std::ptrdiff_t(plans.size());
        const auto has = [&](Change kind) { return std::any_of(first, last, [&](const auto& one) { return one.kind == kind; }); };
        const auto* each = valuesOf<PixelChange>(changes) + r * plans.size();
        if (has(Change::Contrast)) started(kernels.sums(picture, each, sum, shape));
        started(kernels.change(picture, each, sum, shape));
        if (!has(Change::Blur)) continue;
        if (!scratch.defined()) scratch = torch::empty_like(pictures);
        started(kernels.blur(picture, scratch.data_ptr<std::uint8_t>(), each, valuesOf<double>(weights), shape));
    }
}

}  // namespace lathe::engine::train
