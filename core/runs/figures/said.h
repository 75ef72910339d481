// What was said of the samples, one by one, and figures of some of them. For core/runs alone.
#pragma once
#include <array>
#include <utility>

#include "core/runs/figures/curves.h"
#include "core/runs/figures/judge.h"

namespace lathe::runs::figures {

/// A prediction of a classifier, or an object that a detector found; those that count neither way are left out.
struct Said {
    std::size_t sample = 0;
    int category = -1;
    Confidence confidence;
};
[[nodiscard]] std::vector<Said> everythingSaid(const Kept& kept);

/// 0 small, 1 medium, 2 large.
[[nodiscard]] int sizeOf(std::int64_t pixels, const std::array<std::int64_t, 2>& ends);

/// The whole's figures of the samples at `places`, with intervals over resamples of these.
[[nodiscard]] Result<std::vector<std::pair<std::string, Estimate>>> figuresOf(const Judge& judge,
                                                                              const std::vector<std::size_t>& places,
                                                                              const Resampling& resampling);

}  // namespace lathe::runs::figures
