#include <algorithm>
#include <cmath>
#include <limits>

#include "core/runs/runs.h"

namespace lathe::runs {

namespace {

constexpr std::size_t kFan = 16;  ///< points (or buckets of the level below) in a bucket

double coordinate(const MetricPoint& p, MetricSeries::Axis axis) {
    return axis == MetricSeries::Axis::Step ? double(p.step) : axis == MetricSeries::Axis::Epoch ? p.epoch : p.time;
}

}  // namespace

void MetricSeries::append(const std::vector<MetricPoint>& points) {
    m_points.insert(m_points.end(), points.begin(), points.end());
    std::size_t below = m_points.size();
    for (std::size_t k = 0; below >= kFan; ++k) {
        const std::size_t buckets = below / kFan;  // whole buckets alone: a growing one is read from below
        if (m_levels.size() <= k) m_levels.emplace_back();
        for (std::size_t b = m_levels[k].min.size(); b < buckets; ++b) m_levels[k].put(b, sumUp(k, b));
        below = buckets;
    }
}

MetricSeries::Sum MetricSeries::sumUp(std::size_t level, std::size_t bucket) const {
    Sum sum;
    for (std::size_t i = bucket * kFan; i < (bucket + 1) * kFan; ++i) sum.add(level == 0 ? ofPoint(i) : m_levels[level - 1].get(i));
    return sum;
}

void MetricSeries::Sum::add(const Sum& other) {
    min = std::min(min, other.min);
    max = std::max(max, other.max);
    total += other.total;
    count += other.count;
}

MetricSeries::Sum MetricSeries::ofPoint(std::size_t i) const {
    const double v = m_points[i].value;
    return std::isfinite(v) ? Sum{v, v, v, 1} : Sum();
}

void MetricSeries::Level::put(std::size_t bucket, const Sum& sum) {
    if (min.size() <= bucket) {
        min.resize(bucket + 1);
        max.resize(bucket + 1);
        total.resize(bucket + 1);
        count.resize(bucket + 1);
    }
    min[bucket] = sum.min;
    max[bucket] = sum.max;
    total[bucket] = sum.total;
    count[bucket] = std::uint32_t(sum.count);
}

MetricSeries::Sum MetricSeries::Level::get(std::size_t bucket) const {
    return {min[bucket], max[bucket], total[bucket], count[bucket]};
}

/// Sum over the points [from, to): whole buckets from the highest level that fits, single points at the two ends.
MetricSeries::Sum MetricSeries::over(std::size_t from, std::size_t to) const {
    Sum sum;
    while (from < to) {
        std::size_t size = 1, level = 0;
        while (level < m_levels.size() && from % (size * kFan) == 0 && from + size * kFan <= to &&
               from / (size * kFan) < m_levels[level].min.size()) {
            size *= kFan;
            ++level;
        }
        sum.add(level == 0 ? ofPoint(from) : m_levels[level - 1].get(from / size));
        from += size;
    }
    return sum;
}

std::vector<MetricSeries::Bucket> MetricSeries::resampled(Axis axis, double from, double to, std::size_t buckets) const {
    std::vector<Bucket> result;
    if (buckets == 0 || !(from <= to)) return result;
    const auto below = [axis](const MetricPoint& p, double x) { return coordinate(p, axis) < x; };
    const auto above = [axis](double x, const MetricPoint& p) { return x < coordinate(p, axis); };
    std::size_t at = std::size_t(std::lower_bound(m_points.begin(), m_points.end(), from, below) - m_points.begin());
    const std::size_t end = std::size_t(std::upper_bound(m_points.begin(), m_points.end(), to, above) - m_points.begin());
    if (end - std::min(at, end) <= buckets) {
        for (; at < end; ++at)
            if (const double v = m_points[at].value; std::isfinite(v)) result.push_back({coordinate(m_points[at], axis), v, v, v});
        return result;
    }
    for (std::size_t b = 0; b < buckets && at < end; ++b) {
        const double edge = from + (to - from) * double(b + 1) / double(buckets);
        const auto limit = m_points.begin() + std::ptrdiff_t(end);
        const std::size_t next =
            b + 1 == buckets
                ? end
                : std::size_t(std::lower_bound(m_points.begin() + std::ptrdiff_t(at), limit, edge, below) - m_points.begin());
        const Sum sum = over(at, next);
        if (sum.count > 0)
            result.push_back({(coordinate(m_points[at], axis) + coordinate(m_points[next - 1], axis)) / 2, sum.min, sum.max,
                              sum.total / double(sum.count)});
        at = next;
    }
    return result;
}

}  // namespace lathe::runs
