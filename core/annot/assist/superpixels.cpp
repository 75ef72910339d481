#include "core/annot/assist/superpixels.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/ximgproc/slic.hpp>

#include "core/annot/assist/pixels.h"

namespace lathe::annot::assist {

namespace {

constexpr double kQuickPatches = 30'000, kFullPatches = 400'000;
constexpr int kSuperpixelsQuickRounds = 3, kSuperpixelsFullRounds = 8, kLeastSide = 5;
constexpr float kCompactness = 15;

class Patches : public Superpixels {
public:
    Patches(cv::Rect window, cv::Size picture, cv::Mat labels, int count)
        : m_window(window), m_picture(picture), m_labels(std::move(labels)), m_count(count) {}
    Rect window() const override { return rectOf(m_window); }
    int count() const override { return m_count; }

    int at(Point p) const override {
        return window().contains(p) ? m_labels.at<int>(int((p.y - m_window.y) * factorY()), int((p.x - m_window.x) * factorX()))
                                    : -1;
    }

    std::vector<int> along(Point from, Point to, double radius) const override {
        cv::Mat brush(m_labels.size(), CV_8U, cv::Scalar(0));
        const int width = std::max(1, int(std::lround(2 * radius * factorX())));
        cv::line(brush, pixel(from), pixel(to), cv::Scalar(255), width);
        return distinct(brush);
    }

    std::vector<int> within(const Mask& mask) const override {
        const cv::Mat inside = reduced(rasterOf(mask, m_window), {{}, m_window.size()}, factorX());
        std::vector<int> in(std::size_t(m_count), 0), all(std::size_t(m_count), 0), out;
        for (int y = 0; y < m_labels.rows; ++y)
            for (int x = 0; x < m_labels.cols; ++x) {
                const auto label = std::size_t(m_labels.at<int>(y, x));
                ++all[label];
                in[label] += inside.at<uchar>(std::min(y, inside.rows - 1), std::min(x, inside.cols - 1)) > 127;
            }
        for (int i = 0; i < m_count; ++i)
            if (2 * in[std::size_t(i)] > all[std::size_t(i)]) out.push_back(i);
        return out;
    }

    Mask maskOf(const std::vector<int>& labels) const override {
        std::vector<uchar> chosen(std::size_t(m_count), 0);
        for (const int label : labels)
            if (label >= 0 && label < m_count) chosen[std::size_t(label)] = 255;
        cv::Mat raster(m_labels.size(), CV_8U);
        for (int y = 0; y < m_labels.rows; ++y)
            for (int x = 0; x < m_labels.cols; ++x) raster.at<uchar>(y, x) = chosen[std::size_t(m_labels.at<int>(y, x))];
        return maskOfCrop(enlarged(raster, m_window.size()), m_window.tl(), m_picture);
    }

    cv::Mat borders() const override {
        cv::Mat out(m_labels.size(), CV_8U, cv::Scalar(0));
        for (int y = 0; y + 1 < m_labels.rows; ++y)
            for (int x = 0; x + 1 < m_labels.cols; ++x) {
                const int label = m_labels.at<int>(y, x);
                if (label != m_labels.at<int>(y, x + 1) || label != m_labels.at<int>(y + 1, x)) out.at<uchar>(y, x) = 255;
            }
        return out;
    }

private:
    [[nodiscard]] double factorX() const { return double(m_labels.cols) / m_window.width; }
    [[nodiscard]] double factorY() const { return double(m_labels.rows) / m_window.height; }
    [[nodiscard]] cv::Point pixel(Point p) const {
        return {int(std::floor((p.x - m_window.x) * factorX())), int(std::floor((p.y - m_window.y) * factorY()))};
    }
    [[nodiscard]] std::vector<int> distinct(const cv::Mat& where) const {
        std::vector<int> out;
        std::vector<cv::Point> touched;
        cv::findNonZero(where, touched);
        for (const cv::Point p : touched) out.push_back(m_labels.at<int>(p));
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }
    cv::Rect m_window;
    cv::Size m_picture;
    cv::Mat m_labels;
    int m_count;
};

cv::Mat labOf(const cv::Mat& picture) {
    if (picture.channels() == 1) return picture.clone();
    cv::Mat lab;
    cv::cvtColor(picture, lab, cv::COLOR_BGR2Lab);
    return lab;
}

}  // namespace

Result<std::shared_ptr<const Superpixels>> Superpixels::make(const cv::Mat& picture, const Rect& window, int side, Effort effort,
                                                             std::stop_token stop) {
    LATHE_CHECK(checkPicture(picture));
    const cv::Rect in = pixelsOf(window, picture.size());
    if (in.width < 8 || in.height < 8) return fail(ErrorCode::InvalidData, "too little of the picture is in sight for superpixels");
    return guarded([&]() -> Result<std::shared_ptr<const Superpixels>> {
        const bool quick = effort == Effort::Quick;
        const double factor = reduction(in.size(), quick ? kQuickPatches : kFullPatches);
        const cv::Mat lab = labOf(reduced(picture, in, factor));
        const int step =
            std::clamp(int(std::lround(side * factor)), kLeastSide, std::max(kLeastSide, std::min(lab.cols, lab.rows) / 2));
        const auto slic = cv::ximgproc::createSuperpixelSLIC(lab, cv::ximgproc::SLIC, step, kCompactness);
        for (int round = 0; round < (quick ? kSuperpixelsQuickRounds : kSuperpixelsFullRounds); ++round) {
            LATHE_CHECK(checkStop(stop));
            slic->iterate(1);
        }
        slic->enforceLabelConnectivity(25);
        cv::Mat labels;
        slic->getLabels(labels);
        return std::make_shared<Patches>(in, picture.size(), labels.clone(), slic->getNumberOfSuperpixels());
    });
}

}  // namespace lathe::annot::assist
