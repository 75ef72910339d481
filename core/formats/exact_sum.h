// Sums that come back bit for bit when the other number is taken off again: for formats that hold a far edge or a centre where
// Lathe holds a size. Private to core/formats.
#pragma once
#include <cmath>
#include <limits>

namespace lathe::formats {

/// A number s next to `difference + taken` with s - taken == difference where there is one; it is there whenever `difference` was
/// read as such a difference.
[[nodiscard]] inline double sumGiving(double difference, double taken) {
    const double sum = difference + taken;
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    double below = sum, above = sum;
    for (int step = 0; step < 3; ++step) {
        if (below - taken == difference) return below;
        if (above - taken == difference) return above;
        below = std::nextafter(below, -kInfinity);
        above = std::nextafter(above, kInfinity);
    }
    return sum;
}

}  // namespace lathe::formats
