// All pairs of 64-bit hashes that differ in few bits.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace lathe::data {

struct NearPair {
    std::uint32_t a = 0, b = 0;  ///< places in `hashes`, a < b
    int distance = 0;            ///< bits
    auto operator<=>(const NearPair&) const = default;
};
inline constexpr int kLargestThreshold = 16;

/// Every pair at a Hamming distance <= threshold (0…kLargestThreshold), each once and none missed, in no order. On all cores;
/// `visit` gets them in batches, one call at a time, from any of the threads. Memory: 16 bytes a hash, pairs aren't kept: n equal
/// hashes are n²/2 pairs, so make them one before. A million random hashes at 10: seconds.
///
/// By the pigeonhole principle over four parts of 16 bits: when each part k differs in more than r_k bits with the sum of (r_k + 1)
/// above the threshold, so does the whole; hence it is enough to look at the hashes whose part k lies within r_k bits of it
/// (M. Norouzi, A. Punjani, D. J. Fleet: Fast Exact Search in Hamming Space with Multi-Index Hashing, 2014).
[[nodiscard]] Result<> eachNearPair(std::span<const std::uint64_t> hashes, int threshold, std::stop_token stop,
                                    const Progress& progress, const std::function<void(std::span<const NearPair>)>& visit);

}  // namespace lathe::data
