#include "core/store/class_colour.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lathe::store {
namespace {

using Rgb = std::array<double, 3>;

/// OKLCH to linear sRGB; may lie outside [0,1].
Rgb linear(double lightness, double chroma, double degrees) {
    const double hue = degrees * std::numbers::pi / 180;
    const double a = chroma * std::cos(hue), b = chroma * std::sin(hue);
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool inside(const Rgb& rgb) {
    return std::all_of(rgb.begin(), rgb.end(), [](double v) { return v >= -1e-4 && v <= 1 + 1e-4; });
}

int byteOf(double v) {
    v = std::clamp(v, 0.0, 1.0);
    const double gamma = v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    return int(std::lround(gamma * 255));
}

}  // namespace

std::string classColour(std::int64_t index) {
    const double hue = 200 - 137.5 * double(index);
    double chroma = 0.145;
    while (chroma > 0 && !inside(linear(0.78, chroma, hue))) chroma -= 0.001;
    const Rgb rgb = linear(0.78, chroma, hue);
    return fmt::format("#{:02x}{:02x}{:02x}", byteOf(rgb[0]), byteOf(rgb[1]), byteOf(rgb[2]));
}

}  // namespace lathe::store
