// The CUDA driver's own list of cards, through dlopen of libcuda.so.1.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lathe::engine::cuda {

struct DriverCard {
    std::string name;
    std::uint64_t memory = 0;
    int major = 0, minor = 0;
};
struct Driver {
    int version = 0;
    std::vector<DriverCard> cards;
};  ///< version: CUDA's, 13000 for 13.0
/// NotFound: no driver. EngineFailed: there is one, but it does not work. In words.
[[nodiscard]] Result<Driver> askDriver();

}  // namespace lathe::engine::cuda
