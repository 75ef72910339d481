// Which samples train, which choose the best epoch, which are kept for the last word.
#pragma once
#include <string>
#include <vector>

#include "core/engine/train/outcome.h"

namespace lathe::engine::train {

struct Splits {
    std::vector<std::int64_t> train, val, test;  ///< indices into the items, ascending
    std::vector<std::string> messages;           ///< what had to be decided, in words
};
/// An image without a split trains. No val images: a seeded tenth of train becomes val (its items' split is changed). An error in
/// words when there is nothing to train on or only one class.
[[nodiscard]] Result<Splits> makeSplits(std::vector<Item>& items, std::uint64_t seed, const std::vector<std::string>& classes);

}  // namespace lathe::engine::train
