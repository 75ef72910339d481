#include "core/engine/train/splits.h"

#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "core/engine/train/random.h"

namespace lathe::engine::train {
namespace {

void takeValidation(Splits& splits, std::vector<Item>& items, std::uint64_t seed) {
    if (splits.train.size() < 4) {
        splits.messages.emplace_back(
            "no image is in the split val and there are too few to set some aside: the last epoch counts as best");
        return;
    }
    auto order = splits.train;
    Random random{seed, 0x76616c};
    random.shuffle(order);
    const std::size_t count = std::max<std::size_t>(1, order.size() / 10);
    splits.val.assign(order.begin(), order.begin() + std::ptrdiff_t(count));
    splits.train.assign(order.begin() + std::ptrdiff_t(count), order.end());
    std::sort(splits.val.begin(), splits.val.end());
    std::sort(splits.train.begin(), splits.train.end());
    for (const std::int64_t sample : splits.val) items[std::size_t(sample)].split = "val";
    splits.messages.push_back(
        fmt::format("no image is in the split val: {} of the train images (a tenth, by the seed) are used for it", count));
}

}  // namespace

Result<Splits> makeSplits(std::vector<Item>& items, std::uint64_t seed, const std::vector<std::string>& classes,
                          const std::string& task) {
    Splits splits;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Item& item = items[i];
        auto& list = item.split == "val" ? splits.val : item.split == "test" ? splits.test : splits.train;
        if (&list == &splits.train) item.split = "train";
        list.push_back(std::int64_t(i));
    }
    if (items.empty())
        return fail(ErrorCode::InvalidData,
                    fmt::format("none of the images has {}: label some (or import labels), then train again",
                                task == "detect"    ? "a box"
                                : task == "segment" ? "an outline or a mask"
                                                    : "a class"));
    if (splits.train.empty())
        return fail(ErrorCode::InvalidData, "no labelled image is in the split train: assign splits, then train again");
    std::set<int> seen;
    for (const std::int64_t sample : splits.train) seen.insert(items[std::size_t(sample)].label);
    if (seen.size() < 2 && task == "classify") {
        const auto only = std::size_t(*seen.begin());
        return fail(ErrorCode::InvalidData, fmt::format("all train images are of one class ({}): a classifier needs two or more",
                                                        only < classes.size() ? classes[only] : "?"));
    }
    if (splits.val.empty()) takeValidation(splits, items, seed);
    if (splits.test.empty()) splits.messages.emplace_back("no image is in the split test: the report's figures are those of val");
    return splits;
}

}  // namespace lathe::engine::train
