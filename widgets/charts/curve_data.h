// One metric of one run as charts draw it: the raw series and its smoothed twin, both with a min/max pyramid. Shared by every
// chart and spark that shows it. GUI thread.
#pragma once
#include <memory>
#include <optional>

#include "core/runs/runs.h"

namespace lathe::widgets::charts {

/// Debiased exponential moving average, as in experiment trackers: last = w*last + (1-w)*y, out = last / (1 - w^k). A constant
/// series stays as it is; values that are not finite pass through and don't advance k.
class Smoother {
public:
    explicit Smoother(double weight = 0) : m_weight(weight) {}
    [[nodiscard]] double next(double value);

private:
    double m_weight, m_last = 0, m_bias = 1;
};

class CurveData {
public:
    using Axis = runs::MetricSeries::Axis;
    void append(const std::vector<runs::MetricPoint>& points);
    void clear();
    /// Weight 0…0.999. Smooths the full series first; what is drawn is reduced afterwards, so a curve looks the same at any length.
    void setSmoothing(double weight);
    [[nodiscard]] double smoothing() const { return m_weight; }
    [[nodiscard]] const runs::MetricSeries& raw() const { return m_raw; }
    [[nodiscard]] const runs::MetricSeries& smooth() const { return m_weight > 0 ? m_smooth : m_raw; }
    [[nodiscard]] bool empty() const { return m_raw.size() == 0; }
    [[nodiscard]] double first(Axis axis) const;  ///< 0 when empty
    [[nodiscard]] double last(Axis axis) const;
    [[nodiscard]] double lastValue() const;  ///< NaN when empty
    /// The point of `series` next to x; nullopt outside of the data by more than one of its steps.
    [[nodiscard]] static std::optional<runs::MetricPoint> nearest(const runs::MetricSeries& series, Axis axis, double x);

private:
    runs::MetricSeries m_raw, m_smooth;
    Smoother m_smoother;
    double m_weight = 0;
};

[[nodiscard]] double on(runs::MetricSeries::Axis axis, const runs::MetricPoint& point);

}  // namespace lathe::widgets::charts
