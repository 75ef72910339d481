// The golden inputs and expected outputs that travel with a package (golden.safetensors: "input" n x C x H x W and "logits"
// n x classes, of other tasks n x whatever a picture gives; float32), read without torch.
#pragma once
#include <functional>

#include "core/serve/push.h"

namespace lathe::serve {

struct Golden {
    Tensor input, output;
    [[nodiscard]] int cases() const { return input.shape.empty() ? 0 : int(input.shape[0]); }
    /// Case `index` as a batch of one.
    [[nodiscard]] Tensor inputOf(int index) const;
    [[nodiscard]] Tensor outputOf(int index) const;
};
/// InvalidData names what is wrong with the file.
[[nodiscard]] Result<Golden> readGolden(const std::filesystem::path& file);

using Infer = std::function<Result<Tensor>(const Tensor& input)>;
/// Sends every case by itself; the largest absolute difference over all. An answer of another shape is an infinite one.
[[nodiscard]] Result<Parity> compareGolden(const Golden& golden, const Infer& infer, double tolerance, std::stop_token stop);

}  // namespace lathe::serve
