#include "core/image/measure.h"

#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/image/decode.h"

namespace lathe::image {
namespace {

double varianceOfLaplacian(const cv::Mat& grey) {
    cv::Mat edges;
    cv::Laplacian(grey, edges, CV_16S);
    cv::Scalar mean, deviation;
    cv::meanStdDev(edges, mean, deviation);
    return deviation[0] * deviation[0];
}

double entropyOf(const cv::Mat& grey) {
    std::array<double, 256> counts{};
    for (int y = 0; y < grey.rows; ++y)
        for (int x = 0; x < grey.cols; ++x) ++counts[grey.at<std::uint8_t>(y, x)];
    double bits = 0;
    for (const double count : counts)
        if (count > 0) bits -= count / double(grey.total()) * std::log2(count / double(grey.total()));
    return bits;
}

double colourfulnessOf(const cv::Mat& bgr) {
    if (bgr.channels() != 3) return 0;
    // rg = R - G, yb = (R + G) / 2 - B
    const cv::Matx23d opponents(0, -1, 1, -1, 0.5, 0.5);
    cv::Mat wide, differences;
    bgr.convertTo(wide, CV_32FC3);
    cv::transform(wide, differences, opponents);
    cv::Scalar mean, deviation;
    cv::meanStdDev(differences, mean, deviation);
    return std::hypot(deviation[0], deviation[1]) + 0.3 * std::hypot(mean[0], mean[1]);
}

}  // namespace

Measures measure(const cv::Mat& picture) {
    if (picture.empty()) return {};
    cv::Mat grey = picture;
    if (picture.channels() == 3) cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    const Brightness light = brightness(picture);
    return {light.mean, light.std, varianceOfLaplacian(grey), entropyOf(grey), colourfulnessOf(picture)};
}

}  // namespace lathe::image
