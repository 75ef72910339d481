#include "core/runs/figures/curves.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lathe::runs::figures {
namespace {

constexpr std::size_t kThinFrom = 400;  ///< points; fewer are drawn as they are
constexpr int kRecallSteps = 100;

/// Positives and negatives from the best score down to each that occurs.
struct Counted {
    double hits, misses, score;
};

std::vector<Counted> countedFrom(std::vector<Scored>& scored) {
    std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
    std::vector<Counted> counts;
    double hits = 0, misses = 0;
    for (std::size_t i = 0; i < scored.size();) {
        const double score = scored[i].score;
        for (; i < scored.size() && scored[i].score == score; ++i) (scored[i].positive ? hits : misses) += 1;
        counts.push_back({hits, misses, score});
    }
    return counts;
}

/// scikit-learn's rule: a point goes when the steps before and behind it are the same.
bool isStraight(const std::vector<Counted>& c, std::size_t i) {
    if (i == 0 || i + 1 >= c.size()) return false;
    return c[i + 1].hits - c[i].hits == c[i].hits - c[i - 1].hits && c[i + 1].misses - c[i].misses == c[i].misses - c[i - 1].misses;
}

/// Where no positive came at the point nor comes at the next.
bool isIdle(const std::vector<Counted>& c, std::size_t i) {
    if (i == 0 || i + 1 >= c.size()) return false;
    return c[i].hits == c[i - 1].hits && c[i + 1].hits == c[i].hits;
}

/// numpy.interp over the curve; the last of several points at the same x counts.
double heightAt(const std::vector<CurvePoint>& points, double x) {
    const auto after = std::upper_bound(points.begin(), points.end(), x, [](double v, const CurvePoint& p) { return v < p.x; });
    if (after == points.begin()) return points.front().y;
    const CurvePoint& a = *(after - 1);
    if (after == points.end()) return a.y;
    return a.y + (after->y - a.y) * (x - a.x) / (after->x - a.x);
}

double meanArea(const std::vector<Curve>& classes) {
    double sum = 0;
    int defined = 0;
    for (const Curve& one : classes)
        if (one.area >= 0) sum += one.area, ++defined;
    return defined > 0 ? sum / defined : -1;
}

double distanceFrom(const CurvePoint& a, const CurvePoint& b, const CurvePoint& p) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
    if (length == 0) return std::hypot(p.x - a.x, p.y - a.y);
    const double along = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (length * length), 0.0, 1.0);
    return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

}  // namespace

Curve rocCurve(std::vector<Scored> scored) {
    const auto counts = countedFrom(scored);
    Curve curve;
    if (!counts.empty()) curve.positives = std::int64_t(counts.back().hits), curve.negatives = std::int64_t(counts.back().misses);
    if (curve.positives == 0 || curve.negatives == 0) return curve;
    const double all = double(curve.positives), none = double(curve.negatives);
    curve.points.push_back({0, 0, std::numeric_limits<double>::infinity()});
    curve.area = 0;
    Counted before{0, 0, 0};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const Counted& c = counts[i];
        curve.area += (c.misses - before.misses) * (c.hits + before.hits) / 2;
        before = c;
        if (!isStraight(counts, i)) curve.points.push_back({c.misses / none, c.hits / all, c.score});
    }
    curve.area /= all * none;
    return curve;
}

Curve precisionRecallCurve(std::vector<Scored> scored, std::int64_t positives) {
    const auto counts = countedFrom(scored);
    Curve curve;
    if (!counts.empty()) curve.positives = std::int64_t(counts.back().hits), curve.negatives = std::int64_t(counts.back().misses);
    if (positives >= 0) curve.positives = positives;
    if (curve.positives == 0) return curve;
    const auto all = double(curve.positives);
    curve.points.push_back({0, 1, std::numeric_limits<double>::infinity()});
    curve.area = 0;
    double before = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const Counted& c = counts[i];
        const double precision = c.hits / (c.hits + c.misses);
        curve.area += (c.hits - before) / all * precision;
        before = c.hits;
        if (!isIdle(counts, i)) curve.points.push_back({c.hits / all, precision, c.score});
    }
    return curve;
}

Curve macroRoc(const std::vector<Curve>& classes) {
    Curve mean;
    mean.area = meanArea(classes);
    if (mean.area < 0) return mean;
    std::vector<double> xs{0};
    double defined = 0;
    for (const Curve& one : classes) {
        for (const CurvePoint& p : one.points) xs.push_back(p.x);
        defined += one.defined();
        mean.positives += one.defined() ? one.positives : 0, mean.negatives += one.defined() ? one.negatives : 0;
    }
    std::sort(xs.begin(), xs.end());
    xs.erase(std::unique(xs.begin(), xs.end()), xs.end());
    mean.points.push_back({0, 0, 0});
    for (const double x : xs) {
        double sum = 0;
        for (const Curve& one : classes)
            if (one.defined()) sum += heightAt(one.points, x);
        mean.points.push_back({x, sum / defined, 0});
    }
    return mean;
}

Curve macroPrecisionRecall(const std::vector<Curve>& classes) {
    Curve mean;
    mean.area = meanArea(classes);
    if (mean.area < 0) return mean;
    double defined = 0;
    for (const Curve& one : classes)
        if (one.defined()) ++defined, mean.positives += one.positives, mean.negatives += one.negatives;
    for (int step = 0; step <= kRecallSteps; ++step) {
        const double recall = double(step) / kRecallSteps;
        double sum = 0;
        for (const Curve& one : classes) {
            if (!one.defined()) continue;
            const auto at = std::lower_bound(one.points.begin() + 1, one.points.end(), recall,
                                             [](const CurvePoint& p, double r) { return p.x < r; });
            if (at != one.points.end()) sum += at->y;
        }
        mean.points.push_back({recall, sum / defined, 0});
    }
    return mean;
}

void thin(Curve& curve, double tolerance) {
    auto& points = curve.points;
    if (points.size() < kThinFrom) return;
    std::vector<bool> stays(points.size(), false);
    stays.front() = stays.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, points.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double most = tolerance;
        std::size_t at = 0;
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double d = distanceFrom(points[first], points[last], points[i]); d > most) most = d, at = i;
        if (at == 0) continue;
        stays[at] = true;
        open.emplace_back(first, at), open.emplace_back(at, last);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (stays[i]) points[kept++] = points[i];
    points.resize(kept);
}

int reliabilityBinOf(double confidence, int bins) {
    return std::clamp(int(std::ceil(confidence * bins)) - 1, 0, bins - 1);
}

std::vector<ReliabilityBin> reliability(const std::vector<Confidence>& said, int bins) {
    std::vector<ReliabilityBin> out(static_cast<std::size_t>(bins));
    for (int k = 0; k < bins; ++k) out[std::size_t(k)].from = double(k) / bins, out[std::size_t(k)].to = double(k + 1) / bins;
    for (const Confidence& one : said) {
        ReliabilityBin& bin = out[std::size_t(reliabilityBinOf(one.confidence, bins))];
        bin.confidence += one.confidence;
        bin.accuracy += one.right ? 1 : 0;
        ++bin.samples;
    }
    for (ReliabilityBin& bin : out)
        if (bin.samples > 0) bin.confidence /= double(bin.samples), bin.accuracy /= double(bin.samples);
    return out;
}

double calibrationError(const std::vector<ReliabilityBin>& bins) {
    double sum = 0;
    std::int64_t samples = 0;
    for (const ReliabilityBin& bin : bins)
        sum += std::abs(bin.confidence - bin.accuracy) * double(bin.samples), samples += bin.samples;
    return samples > 0 ? sum / double(samples) : -1;
}

int scoreBinOf(double confidence, int bins) {
    return std::clamp(int(std::floor(confidence * bins)), 0, bins - 1);
}

std::vector<ScoreBin> scoreHistogram(const std::vector<Confidence>& said, int bins) {
    std::vector<ScoreBin> out(static_cast<std::size_t>(bins));
    for (int k = 0; k < bins; ++k) out[std::size_t(k)] = {double(k) / bins, double(k + 1) / bins, 0, 0};
    for (const Confidence& one : said) {
        ScoreBin& bin = out[std::size_t(scoreBinOf(one.confidence, bins))];
        ++(one.right ? bin.right : bin.wrong);
    }
    return out;
}

}  // namespace lathe::runs::figures
