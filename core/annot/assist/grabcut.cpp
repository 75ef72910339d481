#include "core/annot/assist/grabcut.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/annot/assist/pixels.h"

namespace lathe::annot::assist {

namespace {

constexpr double kQuickCut = 12'000, kFullCut = 120'000;
constexpr int kQuickRounds = 2, kFullRounds = 4;
constexpr double kAround = 0.3;               // of the box's longer side: the background that is looked at
constexpr double kSpeck = 0.1, kHole = 0.02;  // of the largest part's area

/// A reduced window of the picture and what is known of its pixels (cv::GC_...).
struct Field {
    cv::Rect window;
    cv::Mat pixels, known;
    cv::Mat sure;  // GC_FGD and GC_BGD given by hand, else 255
    Rect box;

    [[nodiscard]] double factor() const { return double(pixels.cols) / window.width; }
    [[nodiscard]] cv::Point2d at(Point p) const {
        return {(p.x - window.x) * factor() - 0.5, (p.y - window.y) * double(pixels.rows) / window.height - 0.5};
    }
    [[nodiscard]] cv::Rect at(const Rect& r) const {
        const double f = factor();
        const cv::Rect in = pixelsOf({(r.x - window.x) * f, (r.y - window.y) * f, r.w * f, r.h * f}, pixels.size());
        return in;
    }
};

Result<Field> fieldOf(const cv::Mat& picture, const Rect& box, const Rect& seen, Effort effort) {
    const cv::Rect inside = pixelsOf(box, picture.size());
    if (inside.width < 4 || inside.height < 4)
        return fail(ErrorCode::InvalidData, "the box is too small: draw it around the whole object");
    Field field;
    field.box = rectOf(inside);
    field.window = pixelsOf(seen.grown(std::max(8.0, kAround * std::max(seen.w, seen.h))), picture.size());
    const double factor = reduction(field.window.size(), effort == Effort::Quick ? kQuickCut : kFullCut);
    field.pixels = reduced(picture, field.window, factor);
    if (field.pixels.channels() == 1) cv::cvtColor(field.pixels, field.pixels, cv::COLOR_GRAY2BGR);
    field.known = cv::Mat(field.pixels.size(), CV_8U, cv::Scalar(cv::GC_BGD));
    field.sure = cv::Mat(field.pixels.size(), CV_8U, cv::Scalar(255));
    return field;
}

void paintStroke(Field& field, const Stroke& stroke) {
    const int width = std::max(1, int(std::lround(2 * stroke.radius * field.factor())));
    const cv::Scalar value(stroke.foreground ? cv::GC_FGD : cv::GC_BGD);
    for (std::size_t i = 0; i < stroke.points.size(); ++i)
        cv::line(field.sure, field.at(stroke.points[i ? i - 1 : 0]), field.at(stroke.points[i]), value, width);
}

// An object seldom reaches into the corners of its box; strong colours decide otherwise soon.
void startInside(Field& field) {
    const cv::Rect in = field.at(field.box);
    field.known(in).setTo(cv::GC_PR_BGD);
    const cv::Size half(int(std::lround(in.width * 0.55)), int(std::lround(in.height * 0.55)));
    cv::Mat box = field.known(in);
    cv::ellipse(box, {in.width / 2, in.height / 2}, half, 0, 0, 360, cv::Scalar(cv::GC_PR_FGD), -1);
}

// A box as big as the picture leaves no background to learn from: its frame is taken for it.
void keepBackground(Field& field) {
    if (cv::countNonZero((field.known == cv::GC_BGD) | (field.known == cv::GC_PR_BGD)) > 0) return;
    cv::rectangle(field.known, {0, 0, field.known.cols, field.known.rows}, cv::Scalar(cv::GC_PR_BGD), 1);
}

cv::Mat foreground(const cv::Mat& known) {
    return (known & 1) != 0;
}

Result<> cut(Field& field, Effort effort, const std::stop_token& stop) {
    field.sure.copyTo(field.known, field.sure != 255);
    keepBackground(field);
    if (cv::countNonZero(foreground(field.known)) == 0)
        return fail(ErrorCode::InvalidData, "the strokes leave nothing inside the box");
    cv::theRNG().state = 1;  // the mixtures start from k-means with random centres
    cv::Mat back, front;
    const int rounds = effort == Effort::Quick ? kQuickRounds : kFullRounds;
    for (int round = 0; round < rounds; ++round) {
        LATHE_CHECK(checkStop(stop));
        const cv::Mat before = field.known.clone();
        cv::grabCut(field.pixels, field.known, {}, back, front, 1, round ? cv::GC_EVAL : cv::GC_INIT_WITH_MASK);
        if (round && cv::countNonZero(before != field.known) * 1000 < int(before.total())) break;
        if (cv::countNonZero(foreground(field.known)) == 0) break;
    }
    return {};
}

bool touches(const cv::Mat& part, const cv::Mat& sure, int value) {
    return cv::countNonZero(part & (sure == value)) > 0;
}

// Parts much smaller than the largest go unless a stroke asked for them.
cv::Mat withoutSpecks(const cv::Mat& raster, const cv::Mat& sure) {
    cv::Mat labels, stats, centres, out = raster.clone();
    const int count = cv::connectedComponentsWithStats(raster, labels, stats, centres, 4);
    int largest = 0;
    for (int i = 1; i < count; ++i) largest = std::max(largest, stats.at<int>(i, cv::CC_STAT_AREA));
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_AREA) >= kSpeck * largest) continue;
        const cv::Mat part = labels == i;
        if (!touches(part, sure, cv::GC_FGD)) out.setTo(0, part);
    }
    return out;
}

cv::Mat withoutHoles(const cv::Mat& raster, const cv::Mat& sure) {
    cv::Mat labels, stats, centres, out = raster.clone();
    const int count = cv::connectedComponentsWithStats(raster == 0, labels, stats, centres, 4);
    const double small = kHole * cv::countNonZero(raster);
    for (int i = 1; i < count; ++i) {
        const cv::Rect r(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP), stats.at<int>(i, cv::CC_STAT_WIDTH),
                         stats.at<int>(i, cv::CC_STAT_HEIGHT));
        const bool atBorder = r.x == 0 || r.y == 0 || r.br().x == raster.cols || r.br().y == raster.rows;
        if (atBorder || stats.at<int>(i, cv::CC_STAT_AREA) > small) continue;
        const cv::Mat hole = labels == i;
        if (!touches(hole, sure, cv::GC_BGD)) out.setTo(255, hole);
    }
    return out;
}

Result<Mask> maskOf(const Field& field, cv::Size picture) {
    cv::Mat raster = foreground(field.known), opened;
    cv::morphologyEx(raster, opened, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {3, 3}));
    if (cv::countNonZero(opened) > 0) raster = opened | (field.sure == cv::GC_FGD);
    raster = withoutHoles(withoutSpecks(raster, field.sure), field.sure);
    if (cv::countNonZero(raster) == 0)
        return fail(ErrorCode::InvalidData, "nothing stands out inside the box: paint over the object to say what it is");
    const cv::Mat whole = enlarged(raster, field.window.size());
    return maskOfCrop(whole, field.window.tl(), picture);
}

Rect boundsOf(const std::vector<Point>& points) {
    Rect r{points.front().x, points.front().y, 0, 0};
    for (const Point p : points) r = r.united({p.x, p.y, 0, 0});
    return r;
}

Rect seenBy(const Rect& box, const std::vector<Stroke>& strokes) {
    Rect all = box;
    for (const Stroke& s : strokes)
        if (s.foreground && !s.points.empty()) all = all.united(boundsOf(s.points).grown(s.radius));
    return all;
}

// Round their middle, so that the ring doesn't cross itself.
std::vector<cv::Point> hullOf(const Field& field, const std::vector<Point>& points) {
    std::vector<cv::Point> at, hull;
    for (const Point p : points) at.emplace_back(field.at(p));
    cv::convexHull(at, hull);
    return hull;
}

}  // namespace

Result<Mask> grabCut(const cv::Mat& picture, const Rect& box, const std::vector<Stroke>& strokes, Effort effort,
                     std::stop_token stop) {
    LATHE_CHECK(checkPicture(picture));
    return guarded([&]() -> Result<Mask> {
        LATHE_TRY(Field field, fieldOf(picture, box, seenBy(box, strokes), effort));
        startInside(field);
        for (const Stroke& stroke : strokes) paintStroke(field, stroke);
        LATHE_CHECK(cut(field, effort, stop));
        return maskOf(field, picture.size());
    });
}

Result<Mask> fromExtremes(const cv::Mat& picture, const std::vector<Point>& points, Effort effort, std::stop_token stop) {
    LATHE_CHECK(checkPicture(picture));
    if (points.size() < 4)
        return fail(ErrorCode::InvalidData, "four points are needed: the object's left, top, right and bottom end");
    return guarded([&]() -> Result<Mask> {
        const Rect box = boundsOf(points);
        LATHE_TRY(Field field, fieldOf(picture, box, box, effort));
        field.known(field.at(field.box)).setTo(cv::GC_PR_BGD);
        cv::fillConvexPoly(field.known, hullOf(field, points), cv::Scalar(cv::GC_PR_FGD));
        const double radius = std::max(1.0, 0.02 * std::min(box.w, box.h));
        for (const Point p : points) paintStroke(field, {{p}, radius, true});
        LATHE_CHECK(cut(field, effort, stop));
        return maskOf(field, picture.size());
    });
}

}  // namespace lathe::annot::assist
