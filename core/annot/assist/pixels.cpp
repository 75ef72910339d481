#include "core/annot/assist/pixels.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace lathe::annot::assist {

namespace {

constexpr int kShift = 4;  // fixed point of drawn coordinates: 1/16 pixel

// Centre of pixel (0,0) is (0,0) for OpenCV and (0.5,0.5) for shapes.
cv::Point fixed(Point p, const cv::Rect& window) {
    const double limit = 1 << 20;
    const double x = std::clamp(p.x - window.x - 0.5, -limit, limit), y = std::clamp(p.y - window.y - 0.5, -limit, limit);
    return {int(std::lround(x * (1 << kShift))), int(std::lround(y * (1 << kShift)))};
}

std::vector<cv::Point> fixed(const std::vector<Point>& points, const cv::Rect& window) {
    std::vector<cv::Point> out;
    for (const Point p : points) out.push_back(fixed(p, window));
    return out;
}

void fill(cv::Mat& raster, const std::vector<std::vector<Point>>& rings, const cv::Rect& window) {
    std::vector<std::vector<cv::Point>> drawn;
    for (const auto& ring : rings)
        if (ring.size() >= 3) drawn.push_back(fixed(ring, window));
    if (!drawn.empty()) cv::fillPoly(raster, drawn, cv::Scalar(255), cv::LINE_8, kShift);
}

void draw(cv::Mat& raster, const std::vector<Point>& points, const cv::Rect& window, double radius) {
    const int width = std::max(1, int(std::lround(2 * radius)));
    const auto line = fixed(points, window);
    if (line.size() == 1)
        cv::circle(raster, line[0], int(std::lround(radius * (1 << kShift))), cv::Scalar(255), -1, cv::LINE_8, kShift);
    for (std::size_t i = 1; i < line.size(); ++i)
        cv::line(raster, line[i - 1], line[i], cv::Scalar(255), width, cv::LINE_8, kShift);
}

std::vector<Point> cornersOf(const Rect& r) {
    return {{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}};
}

struct Rasterise {
    cv::Mat& raster;
    const cv::Rect& window;
    double radius;
    void operator()(const ImageLabel&) const {}
    void operator()(const Mask&) const {}
    void operator()(const Box& b) const { fill(raster, {cornersOf(b.rect)}, window); }
    void operator()(const Polygon& p) const { fill(raster, p.rings, window); }
    void operator()(const RotatedBox& b) const {
        const auto c = corners(b);
        fill(raster, {std::vector<Point>(c.begin(), c.end())}, window);
    }
    void operator()(const Ellipse& e) const { fill(raster, {ringOf(e)}, window); }
    void operator()(const Polyline& l) const { draw(raster, l.points, window, radius); }
    void operator()(const Dot& d) const { draw(raster, {d.at}, window, radius); }
    void operator()(const Keypoints& k) const {
        for (const auto& item : k.items)
            if (item.visibility) draw(raster, {item.at}, window, radius);
    }
};

}  // namespace

Result<> checkPicture(const cv::Mat& picture) {
    if (picture.empty()) return fail(ErrorCode::InvalidData, "there is no picture to look at");
    if (picture.type() != CV_8UC1 && picture.type() != CV_8UC3)
        return fail(ErrorCode::InvalidArgument, "assistance works on 8-bit pictures, grey or in colour");
    return {};
}

Result<> checkStop(const std::stop_token& stop) {
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "cancelled");
    return {};
}

cv::Rect pixelsOf(const Rect& rect, cv::Size picture) {
    const double x0 = std::clamp(std::floor(rect.x), 0.0, double(picture.width)),
                 y0 = std::clamp(std::floor(rect.y), 0.0, double(picture.height));
    const double x1 = std::clamp(std::ceil(rect.x + rect.w), x0, double(picture.width)),
                 y1 = std::clamp(std::ceil(rect.y + rect.h), y0, double(picture.height));
    return {int(x0), int(y0), int(x1 - x0), int(y1 - y0)};
}

double overlap(const Rect& a, const Rect& b) {
    const double w = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x), h = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
    if (w <= 0 || h <= 0) return 0;
    return w * h / (a.w * a.h + b.w * b.h - w * h);
}

double reduction(cv::Size size, double pixels) {
    return std::min(1.0, std::sqrt(pixels / std::max(1.0, double(size.width) * size.height)));
}

cv::Mat reduced(const cv::Mat& picture, const cv::Rect& window, double factor) {
    if (factor >= 1) return picture(window);
    cv::Mat out;
    const cv::Size size(std::max(1, int(std::lround(window.width * factor))),
                        std::max(1, int(std::lround(window.height * factor))));
    cv::resize(picture(window), out, size, 0, 0, cv::INTER_AREA);
    return out;
}

cv::Mat enlarged(const cv::Mat& raster, cv::Size size) {
    if (raster.size() == size) return raster;
    cv::Mat out;
    cv::resize(raster, out, size, 0, 0, cv::INTER_LINEAR);
    return out > 127;
}

cv::Mat greyOf(const cv::Mat& picture) {
    if (picture.channels() == 1) return picture;
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    return grey;
}

// Column by column: a transposed copy is read in order.
Mask maskOfCrop(const cv::Mat& crop, cv::Point at, cv::Size whole) {
    cv::Mat columns;
    cv::transpose(crop, columns);
    Mask mask{std::uint32_t(whole.height), std::uint32_t(whole.width), {0}};
    bool inside = false;
    auto put = [&](bool set, std::uint32_t count) {
        if (count == 0) return;
        if (set != inside) {
            inside = set;
            mask.counts.push_back(0);
        }
        mask.counts.back() += count;
    };
    put(false, std::uint32_t(at.x) * mask.height);
    for (int x = 0; x < columns.rows; ++x) {
        const uchar* column = columns.ptr(x);
        put(false, std::uint32_t(at.y));
        for (int y = 0, end; y < columns.cols; y = end) {
            for (end = y + 1; end < columns.cols && !column[end] == !column[y];) ++end;
            put(column[y] != 0, std::uint32_t(end - y));
        }
        put(false, std::uint32_t(whole.height - at.y - columns.cols));
    }
    put(false, std::uint32_t(whole.width - at.x - columns.rows) * mask.height);
    return mask;
}

cv::Rect pixelBounds(const Mask& mask) {
    int x0 = INT_MAX, y0 = INT_MAX, x1 = -1, y1 = -1;
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < mask.counts.size() && mask.height > 0; at += mask.counts[k++]) {
        if (k % 2 == 0 || mask.counts[k] == 0) continue;
        const std::uint64_t last = at + mask.counts[k] - 1;
        const int from = int(at / mask.height), to = int(last / mask.height);
        x0 = std::min(x0, from);
        x1 = std::max(x1, to);
        y0 = std::min(y0, from == to ? int(at % mask.height) : 0);
        y1 = std::max(y1, from == to ? int(last % mask.height) : int(mask.height) - 1);
    }
    return x1 < 0 ? cv::Rect() : cv::Rect(x0, y0, x1 - x0 + 1, y1 - y0 + 1);
}

cv::Mat rasterOf(const Mask& mask, const cv::Rect& window) {
    cv::Mat columns(window.width, window.height, CV_8U, cv::Scalar(0)), out;
    const std::int64_t height = mask.height;
    std::int64_t at = 0;
    for (std::size_t k = 0; k < mask.counts.size() && height > 0; at += mask.counts[k++]) {
        if (k % 2 == 0) continue;
        for (std::int64_t p = at, end = at + mask.counts[k]; p < end;) {
            const std::int64_t x = p / height, last = std::min(end, (x + 1) * height);
            const std::int64_t column = x - window.x, y0 = std::max<std::int64_t>(p - x * height - window.y, 0),
                               y1 = std::min<std::int64_t>(last - x * height - window.y, window.height);
            if (column >= 0 && column < window.width && y1 > y0) std::fill_n(columns.ptr(int(column)) + y0, y1 - y0, uchar(255));
            p = last;
        }
    }
    cv::transpose(columns, out);
    return out;
}

cv::Mat rasterOf(const Shape& shape, const cv::Rect& window, double radius) {
    if (const auto* mask = std::get_if<Mask>(&shape)) return rasterOf(*mask, window);
    cv::Mat raster(window.size(), CV_8U, cv::Scalar(0));
    std::visit(Rasterise{raster, window, radius}, shape);
    return raster;
}

}  // namespace lathe::annot::assist
