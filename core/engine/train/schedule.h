// The learning rate of each step: a linear warm-up, then the declared curve (runs::Seam::Schedule; makers in schedule.cpp).
#pragma once
#include "core/base/json.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

class Schedule {
public:
    /// `perEpoch` steps make an epoch. The spec's schedule is in the catalogue.
    Schedule(const runs::RunSpec& spec, std::int64_t perEpoch);
    /// Of the step that comes after `step` done ones; the spec's rate times the curve.
    [[nodiscard]] double rate(std::int64_t step) const;
    /// After each epoch that was validated: "plateau" waits for better ones.
    void observe(bool better);
    [[nodiscard]] Json save() const;  ///< what rate() depends on besides the spec
    void load(const Json& state);
    /// Other settings from the next step on; what "plateau" counted stays unless the schedule is another one.
    void change(const runs::RunSpec& spec);

private:
    runs::RunSpec m_spec;
    double m_warmup, m_total, m_perEpoch;  ///< in steps
    int m_worse = 0, m_reductions = 0;
};

}  // namespace lathe::engine::train
