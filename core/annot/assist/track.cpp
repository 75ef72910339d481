#include "core/annot/assist/track.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "core/annot/assist/pixels.h"

namespace lathe::annot::assist {

namespace {

constexpr double kAroundLine = 12, kReach = 1.5, kTrackPixels = 250'000;
constexpr double kCoarseSide = 16, kMostScale = 1.5, kForthAndBack = 1.5;
constexpr int kFeatures = 120, kLeastFeatures = 6;

using Points = std::vector<cv::Point2f>;

/// Both pictures in one reduced window; `from` is the shape's place in it.
struct Pair {
    cv::Rect window;
    double factor = 1;
    cv::Mat before, after, inside;
    cv::Rect from;
};

struct Motion {
    cv::Point2d shift;  ///< of the shape's middle, window pixels
    double scale = 1;
    double trust = 0;  ///< share of the features that agree
};

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto half = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), half, values.end());
    return *half;
}

Result<Pair> pairOf(const cv::Mat& picture, const cv::Mat& next, const Shape& shape) {
    if (std::holds_alternative<ImageLabel>(shape))
        return fail(ErrorCode::InvalidData, "a class of the whole image can't be followed");
    const Rect box = bounds(shape);
    const bool line = area(shape) <= 0;
    const Rect own = line ? box.grown(kAroundLine) : box;
    const cv::Size size(std::min(picture.cols, next.cols), std::min(picture.rows, next.rows));
    Pair pair;
    pair.window = pixelsOf(own.grown(kReach * std::max(own.w, own.h) / 2 + 16), size);
    const cv::Rect in = pixelsOf(own, size);
    if (in.width < 4 || in.height < 4) return fail(ErrorCode::InvalidData, "the shape is too small, or not inside both pictures");
    pair.factor = reduction(pair.window.size(), kTrackPixels);
    pair.before = greyOf(reduced(picture, pair.window, pair.factor));
    pair.after = greyOf(reduced(next, pair.window, pair.factor));
    pair.inside = reduced(rasterOf(shape, pair.window, kAroundLine), {{}, pair.window.size()}, pair.factor) > 127;
    const Rect r = rectOf(in);
    pair.from =
        pixelsOf({(r.x - pair.window.x) * pair.factor, (r.y - pair.window.y) * pair.factor, r.w * pair.factor, r.h * pair.factor},
                 pair.before.size());
    return pair;
}

// Where the patch correlates best, on a size where that is quick.
cv::Point2d coarseShift(const Pair& pair) {
    const double by = std::min(1.0, kCoarseSide / std::min(pair.from.width, pair.from.height));
    cv::Mat patch, field, correlation;
    cv::resize(pair.before(pair.from), patch, {}, by, by, cv::INTER_AREA);
    cv::resize(pair.after, field, {}, by, by, cv::INTER_AREA);
    cv::matchTemplate(field, patch, correlation, cv::TM_CCOEFF_NORMED);
    double best = 0;
    cv::Point at;
    cv::minMaxLoc(correlation, nullptr, &best, nullptr, &at);
    return best < 0.3 ? cv::Point2d() : cv::Point2d(at.x / by - pair.from.x, at.y / by - pair.from.y);
}

/// Features inside the shape and where they went; only those that come back to within kForthAndBack.
std::pair<Points, Points> flow(const Pair& pair, cv::Point2d guess, int& asked) {
    Points from, to, back;
    cv::goodFeaturesToTrack(pair.before, from, kFeatures, 0.01, 3, pair.inside);
    asked = int(from.size());
    if (from.empty()) return {};
    for (const auto& p : from) to.push_back(p + cv::Point2f(guess));
    back = from;
    std::vector<uchar> forth, home;
    cv::Mat errors;
    const cv::TermCriteria until(cv::TermCriteria::COUNT | cv::TermCriteria::EPS, 20, 0.03);
    cv::calcOpticalFlowPyrLK(pair.before, pair.after, from, to, forth, errors, {15, 15}, 3, until, cv::OPTFLOW_USE_INITIAL_FLOW);
    cv::calcOpticalFlowPyrLK(pair.after, pair.before, to, back, home, errors, {15, 15}, 3, until, cv::OPTFLOW_USE_INITIAL_FLOW);
    Points a, b;
    for (std::size_t i = 0; i < from.size(); ++i)
        if (forth[i] && home[i] && cv::norm(back[i] - from[i]) <= kForthAndBack) a.push_back(from[i]), b.push_back(to[i]);
    return {a, b};
}

double medianScale(const Points& a, const Points& b) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t k = i + 1; k < a.size(); ++k)
            if (const double before = cv::norm(a[i] - a[k]); before > 4) ratios.push_back(cv::norm(b[i] - b[k]) / before);
    return ratios.empty() ? 1 : std::clamp(median(std::move(ratios)), 1 / kMostScale, kMostScale);
}

Motion motionOf(const Pair& pair, cv::Point2d guess) {
    int asked = 0;
    const auto [a, b] = flow(pair, guess, asked);
    if (int(a.size()) < kLeastFeatures) return {guess, 1, 0.5};
    Motion m;
    m.scale = medianScale(a, b);
    const cv::Point2d middle(pair.from.x + pair.from.width / 2.0, pair.from.y + pair.from.height / 2.0);
    std::vector<double> dx, dy;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const cv::Point2d would = middle + m.scale * (cv::Point2d(a[i]) - middle), moved = cv::Point2d(b[i]) - would;
        dx.push_back(moved.x);
        dy.push_back(moved.y);
    }
    m.shift = {median(dx), median(dy)};
    const double near = 1 + 0.05 * std::max(pair.from.width, pair.from.height);
    int agree = 0;
    for (std::size_t i = 0; i < dx.size(); ++i) agree += std::hypot(dx[i] - m.shift.x, dy[i] - m.shift.y) <= near;
    m.trust = double(agree) / std::max(asked, 1);
    return m;
}

cv::Rect2d placeOf(const Pair& pair, const Motion& m) {
    const double w = pair.from.width * m.scale, h = pair.from.height * m.scale;
    return {pair.from.x + m.shift.x - (w - pair.from.width) / 2, pair.from.y + m.shift.y - (h - pair.from.height) / 2, w, h};
}

// Correlation of what was there with what is there now.
double likeness(const Pair& pair, const Motion& m) {
    const cv::Rect2d place = placeOf(pair, m);
    const cv::Rect whole = cv::Rect(place) & cv::Rect({}, pair.after.size());
    if (whole.area() * 2 < place.area() || whole.width < 4 || whole.height < 4) return 0;
    cv::Mat now, correlation;
    const cv::Matx23d map(m.scale, 0, place.x, 0, m.scale, place.y);
    cv::warpAffine(pair.after, now, map, pair.from.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    cv::matchTemplate(now, pair.before(pair.from), correlation, cv::TM_CCOEFF_NORMED);
    return std::clamp(double(correlation.at<float>(0, 0)), 0.0, 1.0);
}

Shape movedMask(const Mask& mask, const Rect& to) {
    const cv::Size whole(int(mask.width), int(mask.height));
    const cv::Rect from = pixelBounds(mask), place = pixelsOf(to, whole);
    cv::Mat raster(place.size(), CV_8U, cv::Scalar(0));
    const cv::Matx23d map(from.width / to.w, 0, (place.x - to.x) * from.width / to.w, 0, from.height / to.h,
                          (place.y - to.y) * from.height / to.h);
    cv::warpAffine(rasterOf(mask, from), raster, map, place.size(), cv::INTER_NEAREST | cv::WARP_INVERSE_MAP);
    return maskOfCrop(raster, place.tl(), whole);
}

Shape movedShape(const Shape& shape, const Pair& pair, const Motion& m, cv::Size picture) {
    const Rect from = bounds(shape);
    const double w = from.w * m.scale, h = from.h * m.scale;
    const Rect to{from.x + m.shift.x / pair.factor - (w - from.w) / 2, from.y + m.shift.y / pair.factor - (h - from.h) / 2, w, h};
    if (const auto* mask = std::get_if<Mask>(&shape)) return movedMask(*mask, to);
    const bool thin = from.w <= 0 || from.h <= 0;
    const Shape there = thin ? translated(shape, to.x - from.x, to.y - from.y) : scaled(shape, from, to);
    return keptInside(there, picture.width, picture.height);
}

}  // namespace

Result<Tracked> tracked(const cv::Mat& picture, const cv::Mat& next, const Shape& shape, std::stop_token stop) {
    LATHE_CHECK(checkPicture(picture));
    LATHE_CHECK(checkPicture(next));
    return guarded([&]() -> Result<Tracked> {
        LATHE_TRY(const Pair pair, pairOf(picture, next, shape));
        LATHE_CHECK(checkStop(stop));
        const cv::Point2d guess = coarseShift(pair);
        LATHE_CHECK(checkStop(stop));
        const Motion motion = motionOf(pair, guess);
        const double confidence = std::clamp(likeness(pair, motion), 0.0, 1.0) * std::sqrt(motion.trust);
        return Tracked{movedShape(shape, pair, motion, next.size()), confidence};
    });
}

}  // namespace lathe::annot::assist
