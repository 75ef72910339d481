// Which pictures are alike: from fingerprints to groups and leaks. For core/data alone.
#pragma once
#include "core/data/duplicates.h"
#include "core/data/looks.h"

namespace lathe::data {

struct Grouped {
    std::vector<std::vector<std::uint32_t>> groups;  ///< places in `looks`, ascending; by their first
    std::vector<Leak> leaks;                         ///< in no order
    std::int64_t leaksFound = 0;
};
[[nodiscard]] Result<Grouped> groupAlike(const std::vector<Look>& looks, int threshold, std::stop_token stop,
                                         const Progress& progress);

}  // namespace lathe::data
