#include "core/annot/assist/interpolate.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "core/annot/assist/pixels.h"
#include "core/annot/mask.h"

namespace lathe::annot::assist {

namespace {

using Line = std::vector<Point>;

double mix(double a, double b, double t) {
    return a + (b - a) * t;
}

Point mix(Point a, Point b, double t) {
    return {mix(a.x, b.x, t), mix(a.y, b.y, t)};
}

// The short way round; `turn` is the angle after which the shape looks the same.
double mixAngle(double a, double b, double t, double turn) {
    return a + std::remainder(b - a, turn) * t;
}

/// Where the points lie along the line, 0 to 1; closed lines return to their start.
std::vector<double> places(const Line& line, bool closed) {
    std::vector<double> at{0};
    for (std::size_t i = 1; i < line.size() + (closed ? 1 : 0); ++i) {
        const Point a = line[i - 1], b = line[i % line.size()];
        at.push_back(at.back() + std::hypot(b.x - a.x, b.y - a.y));
    }
    const double whole = at.back() > 0 ? at.back() : 1;
    for (double& place : at) place /= whole;
    return at;
}

Point pointAt(const Line& line, const std::vector<double>& at, double place) {
    const auto next =
        std::clamp<std::ptrdiff_t>(std::upper_bound(at.begin(), at.end(), place) - at.begin(), 1, std::ptrdiff_t(at.size()) - 1);
    const std::size_t i = std::size_t(next) - 1;
    const double span = at[i + 1] - at[i];
    return mix(line[i], line[(i + 1) % line.size()], span > 0 ? std::clamp((place - at[i]) / span, 0.0, 1.0) : 0);
}

Point middle(const Line& line) {
    Point sum;
    for (const Point p : line) sum = {sum.x + p.x, sum.y + p.y};
    return {sum.x / double(line.size()), sum.y / double(line.size())};
}

double signedArea(const Line& ring) {
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[(i + 1) % ring.size()];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum / 2;
}

/// `b` turned as a ring (and turned round, when it runs the other way) so that its points come nearest to those of `a` at the same
/// place along the outline, both seen from their middles.
Line aligned(const Line& a, Line b) {
    if ((signedArea(a) < 0) != (signedArea(b) < 0)) std::reverse(b.begin(), b.end());
    constexpr int kSamples = 32;
    const Point ma = middle(a), mb = middle(b);
    const auto atA = places(a, true);
    std::size_t best = 0;
    double least = INFINITY;
    for (std::size_t turn = 0; turn < b.size(); ++turn) {
        const Line turned = [&] {
            Line out = b;
            std::rotate(out.begin(), out.begin() + std::ptrdiff_t(turn), out.end());
            return out;
        }();
        const auto atB = places(turned, true);
        double sum = 0;
        for (int k = 0; k < kSamples && sum < least; ++k) {
            const Point p = pointAt(a, atA, double(k) / kSamples), q = pointAt(turned, atB, double(k) / kSamples);
            sum += std::pow(p.x - ma.x - q.x + mb.x, 2) + std::pow(p.y - ma.y - q.y + mb.y, 2);
        }
        if (sum < least) least = sum, best = turn;
    }
    std::rotate(b.begin(), b.begin() + std::ptrdiff_t(best), b.end());
    return b;
}

Line blended(const Line& a, const Line& b, double t, bool closed) {
    Line out;
    if (a.size() == b.size()) {
        for (std::size_t i = 0; i < a.size(); ++i) out.push_back(mix(a[i], b[i], t));
        return out;
    }
    const auto atA = places(a, closed), atB = places(b, closed);
    std::vector<double> all(atA);
    all.insert(all.end(), atB.begin(), atB.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end(), [](double x, double y) { return y - x < 1e-9; }), all.end());
    if (closed) all.pop_back();
    for (const double place : all) out.push_back(mix(pointAt(a, atA, place), pointAt(b, atB, place), t));
    return out;
}

Result<Shape> fails(const char* why) {
    return fail(ErrorCode::InvalidData, why);
}

cv::Mat depthOf(const cv::Mat& raster) {
    cv::Mat inside, outside;
    cv::distanceTransform(raster, inside, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    cv::distanceTransform(raster == 0, outside, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    return inside - outside;
}

cv::Point2d centreOf(const cv::Mat& raster) {
    const auto m = cv::moments(raster, true);
    return {m.m10 / m.m00, m.m01 / m.m00};
}

cv::Mat moved(const cv::Mat& depth, cv::Point2d by) {
    cv::Mat out;
    const cv::Matx23d shift(1, 0, by.x, 0, 1, by.y);
    cv::warpAffine(depth, out, shift, depth.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return out;
}

/// Room for both masks and for their way to each other; may reach out of the picture.
cv::Rect roomFor(const cv::Rect& a, const cv::Rect& b) {
    const cv::Rect both = a | b;
    const int by = std::max(both.width - std::min(a.width, b.width), both.height - std::min(a.height, b.height)) + 2;
    return {both.x - by, both.y - by, both.width + 2 * by, both.height + 2 * by};
}

Result<Shape> blendedMask(const Mask& a, const Mask& b, double t) {
    if (a.height != b.height || a.width != b.width) return fails("the two masks belong to pictures of different sizes");
    LATHE_CHECK(checkMask(a));
    LATHE_CHECK(checkMask(b));
    const cv::Rect ra = pixelBounds(a), rb = pixelBounds(b), room = roomFor(ra, rb);
    if (ra.empty() || rb.empty()) return fails("one of the two masks is empty");
    return guarded([&]() -> Result<Shape> {
        const cv::Mat inA = rasterOf(a, room), inB = rasterOf(b, room);
        const cv::Point2d way = centreOf(inB) - centreOf(inA);
        const cv::Mat depth = moved(depthOf(inA), way * t) * (1 - t) + moved(depthOf(inB), way * (t - 1)) * t;
        const cv::Size whole(int(a.width), int(a.height));
        const cv::Rect window = room & cv::Rect({}, whole);
        return Shape(maskOfCrop(depth(window - room.tl()) > 0, window.tl(), whole));
    });
}

struct Between {
    const Shape& other;
    double t;

    Result<Shape> operator()(const ImageLabel& a) const { return Shape(a); }
    Result<Shape> operator()(const Box& a) const {
        const Rect &f = a.rect, &o = std::get<Box>(other).rect;
        return Shape(Box{{mix(f.x, o.x, t), mix(f.y, o.y, t), mix(f.w, o.w, t), mix(f.h, o.h, t)}});
    }
    Result<Shape> operator()(const RotatedBox& a) const {
        const auto& b = std::get<RotatedBox>(other);
        return Shape(RotatedBox{mix(a.centre, b.centre, t), mix(a.w, b.w, t), mix(a.h, b.h, t),
                                mixAngle(a.angle, b.angle, t, 2 * std::numbers::pi)});
    }
    Result<Shape> operator()(const Ellipse& a) const {
        const auto& b = std::get<Ellipse>(other);
        return Shape(Ellipse{mix(a.centre, b.centre, t), mix(a.rx, b.rx, t), mix(a.ry, b.ry, t),
                             mixAngle(a.angle, b.angle, t, std::numbers::pi)});
    }
    Result<Shape> operator()(const Polygon& a) const {
        const auto& b = std::get<Polygon>(other);
        if (a.rings.size() != b.rings.size()) return fails("the two polygons have different numbers of parts");
        Polygon out;
        for (std::size_t i = 0; i < a.rings.size(); ++i) {
            if (a.rings[i].size() < 3 || b.rings[i].size() < 3) return fails("a part of the polygon has fewer than three points");
            out.rings.push_back(blended(a.rings[i], aligned(a.rings[i], b.rings[i]), t, true));
        }
        return Shape(out);
    }
    Result<Shape> operator()(const Polyline& a) const {
        const auto& b = std::get<Polyline>(other);
        if (a.points.size() < 2 || b.points.size() < 2) return fails("a line has fewer than two points");
        return Shape(Polyline{blended(a.points, b.points, t, false)});
    }
    Result<Shape> operator()(const Dot& a) const { return Shape(Dot{mix(a.at, std::get<Dot>(other).at, t)}); }
    Result<Shape> operator()(const Mask& a) const { return blendedMask(a, std::get<Mask>(other), t); }
    Result<Shape> operator()(const Keypoints& a) const {
        const auto& b = std::get<Keypoints>(other);
        if (a.items.size() != b.items.size()) return fails("the two skeletons have different numbers of points");
        Keypoints out = t < 0.5 ? a : b;
        for (std::size_t i = 0; i < a.items.size(); ++i)
            if (a.items[i].visibility && b.items[i].visibility) out.items[i].at = mix(a.items[i].at, b.items[i].at, t);
        out.box = {mix(a.box.x, b.box.x, t), mix(a.box.y, b.box.y, t), mix(a.box.w, b.box.w, t), mix(a.box.h, b.box.h, t)};
        return Shape(out);
    }
};

}  // namespace

Result<Shape> interpolated(const Shape& from, const Shape& to, double t) {
    if (from.index() != to.index()) return fails("the two key shapes are of different kinds");
    if (t <= 0) return from;
    if (t >= 1) return to;
    return std::visit(Between{to, t}, from);
}

}  // namespace lathe::annot::assist
