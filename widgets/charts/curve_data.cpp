#include "widgets/charts/curve_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe::widgets::charts {

double on(runs::MetricSeries::Axis axis, const runs::MetricPoint& point) {
    switch (axis) {
        case runs::MetricSeries::Axis::Step: return double(point.step);
        case runs::MetricSeries::Axis::Epoch: return point.epoch;
        case runs::MetricSeries::Axis::Time: return point.time;
    }
    return 0;
}

double Smoother::next(double value) {
    if (!std::isfinite(value) || m_weight <= 0) return value;
    m_last = m_weight * m_last + (1 - m_weight) * value;
    m_bias *= m_weight;
    return m_last / (1 - m_bias);
}

void CurveData::append(const std::vector<runs::MetricPoint>& points) {
    m_raw.append(points);
    if (m_weight <= 0) return;
    auto smoothed = points;
    for (auto& point : smoothed) point.value = m_smoother.next(point.value);
    m_smooth.append(smoothed);
}

void CurveData::clear() {
    m_raw = {};
    m_smooth = {};
    m_smoother = Smoother(m_weight);
}

void CurveData::setSmoothing(double weight) {
    weight = std::clamp(weight, 0.0, 0.999);
    if (weight == m_weight) return;
    m_weight = weight;
    m_smoother = Smoother(weight);
    m_smooth = {};
    if (weight <= 0) return;
    auto smoothed = m_raw.points();
    for (auto& point : smoothed) point.value = m_smoother.next(point.value);
    m_smooth.append(smoothed);
}

double CurveData::first(Axis axis) const {
    return empty() ? 0 : on(axis, m_raw.points().front());
}
double CurveData::last(Axis axis) const {
    return empty() ? 0 : on(axis, m_raw.points().back());
}
double CurveData::lastValue() const {
    return empty() ? std::numeric_limits<double>::quiet_NaN() : m_raw.points().back().value;
}

std::optional<runs::MetricPoint> CurveData::nearest(const runs::MetricSeries& series, Axis axis, double x) {
    const auto& points = series.points();
    if (points.empty()) return std::nullopt;
    auto after = std::lower_bound(points.begin(), points.end(), x,
                                  [axis](const runs::MetricPoint& point, double wanted) { return on(axis, point) < wanted; });
    if (after == points.end()) --after;
    if (after != points.begin() && x - on(axis, *std::prev(after)) < on(axis, *after) - x) --after;
    const double span = on(axis, points.back()) - on(axis, points.front());
    const double step = points.size() > 1 ? span / double(points.size() - 1) : 0.5;
    if (std::abs(on(axis, *after) - x) > std::max(step, 1e-9) * 1.01 + span * 0.005) return std::nullopt;
    return *after;
}

}  // namespace lathe::widgets::charts
