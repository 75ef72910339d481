#include "core/base/progress.h"

namespace lathe::base {

Progress Progress::part(double from, double to) const {
    if (!m_sink) return {};
    return Progress([sink = m_sink, from, to](const ProgressState& state) {
        const double share = state.total > 0 ? double(state.done) / double(state.total) : 0.0;
        sink({std::int64_t((from + (to - from) * share) * 1000), 1000, state.text});
    });
}

}  // namespace lathe::base
