#include "core/engine/eval/interval.h"

#include <algorithm>

namespace lathe::engine::eval {

std::array<double, 2> middle95(std::vector<double> values) {
    std::erase(values, -1);
    if (values.empty()) return {-1, -1};
    std::sort(values.begin(), values.end());
    const auto at = [&](double q) {
        const double place = q * double(values.size() - 1);
        const auto low = std::size_t(place);
        const double next = values[std::min(low + 1, values.size() - 1)];
        return values[low] + (place - double(low)) * (next - values[low]);
    };
    return {at(0.025), at(0.975)};
}

}  // namespace lathe::engine::eval
