// A loop on all cores.
#pragma once
#include <cstddef>
#include <functional>

namespace lathe::data {

/// Calls body(0 … count-1) on as many threads as there are cores, each index once, in no order; returns when all are done. `body`
/// must not throw.
void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body);

}  // namespace lathe::data
