// The colour of the i-th class when nobody has chosen one.
#pragma once
#include <cstdint>
#include <string>

namespace lathe::store {

/// OKLCH L 0.78, C 0.145 (reduced into sRGB), hue 200 - 137.5 i, as "#rrggbb". Formulas: Ottosson, "A perceptual color space for
/// image processing" (2020).
[[nodiscard]] std::string classColour(std::int64_t index);

}  // namespace lathe::store
