// Which samples an epoch takes, in which order (runs::Seam::Sampler; makers in sampler.cpp).
#pragma once
#include <cstdint>
#include <vector>

#include "core/engine/train/random.h"
#include "core/runs/catalogue.h"

namespace lathe::engine::train {

/// Positions in `labels`, as many as there are labels; the same for the same random keys. An unknown sampler takes each once.
[[nodiscard]] std::vector<std::int64_t> epochOrder(const runs::Named& sampler, const std::vector<std::int64_t>& labels,
                                                   Random& random);

}  // namespace lathe::engine::train
