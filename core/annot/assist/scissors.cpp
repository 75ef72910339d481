#include "core/annot/assist/scissors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/annot/assist/pixels.h"

namespace lathe::annot::assist {

namespace {

constexpr double kPixels = 240'000;  // of the region after reduction
constexpr int kDearest = 90, kOffEdge = 24, kStopEvery = 1 << 15;
const std::array<cv::Point, 8> kSteps{cv::Point{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 1}, {-1, 1}, {-1, -1}, {1, -1}};
constexpr std::uint8_t kNoWay = 255;

/// Strength of the strongest channel's gradient, and Canny's thin edges.
struct Edges {
    cv::Mat strength, thin;
};

Edges edgesOf(const cv::Mat& picture) {
    cv::Mat smooth, dx, dy;
    cv::GaussianBlur(picture, smooth, {5, 5}, 1);
    cv::Mat strength(picture.size(), CV_16S, cv::Scalar(0)), atDx = strength.clone(), atDy = strength.clone();
    std::vector<cv::Mat> channels;
    cv::split(smooth, channels);
    for (const cv::Mat& channel : channels) {
        cv::spatialGradient(channel, dx, dy);
        const cv::Mat sum = cv::abs(dx) + cv::abs(dy), more = sum > strength;
        sum.copyTo(strength, more);
        dx.copyTo(atDx, more);
        dy.copyTo(atDy, more);
    }
    return {strength, [&] {
                cv::Mat thin;
                const double mean = cv::mean(strength)[0];
                cv::Canny(atDx, atDy, thin, mean, 2 * mean);
                return thin;
            }()};
}

// The gradient that only 2 % of the region exceed counts as a full edge.
double fullEdge(const cv::Mat& strength) {
    std::array<int, 2048> histogram{};
    for (int y = 0; y < strength.rows; ++y)
        for (const auto* v = strength.ptr<short>(y); v != strength.ptr<short>(y) + strength.cols; ++v)
            ++histogram[std::size_t(std::clamp<int>(*v, 0, 2047))];
    int left = int(strength.total() / 50), level = 2047;
    while (level > 24 && (left -= histogram[std::size_t(level)]) > 0) --level;
    return level;
}

cv::Mat costOf(const cv::Mat& picture) {
    const Edges edges = edgesOf(picture);
    const double full = fullEdge(edges.strength);
    std::array<uchar, 2048> table{};
    for (int g = 0; g < 2048; ++g) {
        const double weak = 1 - std::min(1.0, g / full);
        table[std::size_t(g)] = uchar(2 + std::lround((kDearest - kOffEdge) * weak * weak));
    }
    cv::Mat cost(picture.size(), CV_8U);
    for (int y = 0; y < cost.rows; ++y) {
        const auto* strength = edges.strength.ptr<short>(y);
        const uchar* thin = edges.thin.ptr(y);
        for (int x = 0; x < cost.cols; ++x)
            cost.at<uchar>(y, x) = uchar(table[std::size_t(std::clamp<int>(strength[x], 0, 2047))] + (thin[x] ? 0 : kOffEdge));
    }
    return cost;
}

/// Dijkstra with a ring of buckets: a step costs less than 256.
class Search {
public:
    explicit Search(const cv::Mat& cost)
        : m_cost(cost),
          m_way(cost.size(), CV_8U, cv::Scalar(kNoWay)),
          m_distance(cost.total(), UINT32_MAX),
          m_done(cost.total(), 0) {}

    Result<cv::Mat> run(cv::Point from, const std::stop_token& stop) {
        push(from, 0);
        for (std::uint32_t at = 0; m_waiting > 0; ++at) {
            auto bucket = std::exchange(m_buckets[at % 256], {});
            m_waiting -= bucket.size();
            for (const std::int32_t i : bucket)
                if (!m_done[std::size_t(i)] && m_distance[std::size_t(i)] == at) settle({i % m_cost.cols, i / m_cost.cols}, at);
            if ((m_settled += int(bucket.size())) < kStopEvery) continue;
            m_settled = 0;
            LATHE_CHECK(checkStop(stop));
        }
        return m_way;
    }

private:
    void push(cv::Point p, std::uint32_t distance) {
        const std::int32_t i = p.y * m_cost.cols + p.x;
        m_distance[std::size_t(i)] = distance;
        m_buckets[distance % 256].push_back(i);
        ++m_waiting;
    }
    [[nodiscard]] std::size_t placeOf(cv::Point p) const { return std::size_t(p.y) * std::size_t(m_cost.cols) + std::size_t(p.x); }
    void settle(cv::Point p, std::uint32_t distance) {
        m_done[placeOf(p)] = 1;
        for (std::size_t k = 0; k < kSteps.size(); ++k) {
            const cv::Point q = p + kSteps[k];
            if (q.x < 0 || q.y < 0 || q.x >= m_cost.cols || q.y >= m_cost.rows) continue;
            const std::uint32_t step = m_cost.at<uchar>(q), far = distance + (k < 4 ? step : step * 181 / 128);
            if (far >= m_distance[placeOf(q)]) continue;
            m_way.at<uchar>(q) = uchar(k);
            push(q, far);
        }
    }
    const cv::Mat& m_cost;
    cv::Mat m_way;  // the step by which a pixel was reached
    std::vector<std::uint32_t> m_distance;
    std::vector<std::uint8_t> m_done;
    std::array<std::vector<std::int32_t>, 256> m_buckets;
    std::size_t m_waiting = 0;
    int m_settled = 0;
};

class Wire : public Scissors {
public:
    Wire(Point anchor, cv::Rect window, cv::Mat way) : m_anchor(anchor), m_window(window), m_way(std::move(way)) {}
    Point anchor() const override { return m_anchor; }
    Rect region() const override { return rectOf(m_window); }

    std::vector<Point> pathTo(Point to) const override {
        std::vector<cv::Point2f> back;
        for (cv::Point p = pixel(to); m_way.at<uchar>(p) != kNoWay; p -= kSteps[m_way.at<uchar>(p)]) back.push_back(place(p));
        std::vector<cv::Point2f> line;
        if (back.size() > 1) cv::approxPolyDP(back, line, 0.5 / scale(), false);
        std::vector<Point> path{m_anchor};
        for (std::size_t i = line.size(); i-- > 1;) path.push_back({line[i].x, line[i].y});
        path.push_back(to);
        return path;
    }

    [[nodiscard]] static cv::Point pixel(Point at, const cv::Rect& window, cv::Size size) {
        const double kx = double(size.width) / window.width, ky = double(size.height) / window.height;
        const double x = std::clamp((at.x - window.x) * kx, 0.0, size.width - 1.0),
                     y = std::clamp((at.y - window.y) * ky, 0.0, size.height - 1.0);
        return {int(x), int(y)};
    }

private:
    [[nodiscard]] double scale() const { return double(m_way.cols) / m_window.width; }
    [[nodiscard]] cv::Point pixel(Point at) const { return pixel(at, m_window, m_way.size()); }
    [[nodiscard]] cv::Point2f place(cv::Point p) const {
        return {float(m_window.x + (p.x + 0.5) * m_window.width / m_way.cols),
                float(m_window.y + (p.y + 0.5) * m_window.height / m_way.rows)};
    }
    Point m_anchor;
    cv::Rect m_window;
    cv::Mat m_way;
};

}  // namespace

Result<std::shared_ptr<const Scissors>> Scissors::make(const cv::Mat& picture, Point anchor, const Rect& around,
                                                       std::stop_token stop) {
    LATHE_CHECK(checkPicture(picture));
    const cv::Rect window = pixelsOf(around, picture.size());
    if (window.empty() || !rectOf(window).grown(1e-6).contains(anchor))
        return fail(ErrorCode::InvalidData, "the point lies outside the picture");
    return guarded([&]() -> Result<std::shared_ptr<const Scissors>> {
        const cv::Mat cost = costOf(reduced(picture, window, reduction(window.size(), kPixels)));
        LATHE_CHECK(checkStop(stop));
        LATHE_TRY(cv::Mat way, Search(cost).run(Wire::pixel(anchor, window, cost.size()), stop));
        return std::make_shared<Wire>(anchor, window, std::move(way));
    });
}

}  // namespace lathe::annot::assist
