// Which samples train, which choose the best epoch, which are kept for the last word.
#pragma once
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/train/data.h"

namespace lathe::engine::train {

/// An image without a split trains. No val images: a seeded tenth of train becomes val (its items' split is changed). An error in
/// words when there is nothing to train on or only one class to tell apart.
[[nodiscard]] Result<Splits> makeSplits(std::vector<Item>& items, std::uint64_t seed, const std::vector<std::string>& classes,
                                        const std::string& task = "classify");

}  // namespace lathe::engine::train
