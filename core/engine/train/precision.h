// Whether bf16 pays on this processor: tried, not believed.
#pragma once
#include <string>

#include "core/base/result.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

/// This processor multiplies bf16 (AVX-512 BF16 or AMX).
[[nodiscard]] bool processorHasBf16();

struct PrecisionTimes {
    double fp32Seconds = 0, bf16Seconds = 0;  ///< of the quickest step
    double fp32Loss = 0, bf16Loss = 0;        ///< of the first one
};
struct PrecisionChoice {
    std::string precision = "fp32", message;  ///< message: what was measured, for the log
};
/// bf16 only where its steps take less than kBf16Pays of the time and its loss is that of fp32 to 2 %.
constexpr double kBf16Pays = 0.9;
[[nodiscard]] PrecisionChoice chosenPrecision(const PrecisionTimes& times);
/// A few steps of the spec's network in each, on up to 16 pictures of noise; seconds. Changes torch's random state: before a run is
/// seeded.
[[nodiscard]] Result<PrecisionTimes> measurePrecision(const runs::RunSpec& resolved, int classes);

}  // namespace lathe::engine::train
