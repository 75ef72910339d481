#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/image/codecs.h"

namespace lathe::image {
namespace {

constexpr std::size_t kSample = 1 << 20;  // values that percentiles are taken from

// The 0.5 % and 99.5 % points of finite values, so that one hot pixel doesn't make everything black.
std::pair<double, double> range(const cv::Mat& real) {
    const cv::Mat flat = real.reshape(1);
    const std::size_t total = flat.total(), step = std::max<std::size_t>(1, total / kSample);
    std::vector<float> values;
    for (std::size_t k = 0; k < total; k += step) {
        const float value = flat.at<float>(int(k / std::size_t(flat.cols)), int(k % std::size_t(flat.cols)));
        if (std::isfinite(value)) values.push_back(value);
    }
    if (values.empty()) return {0, 1};
    const auto at = [&](double part) {
        const auto place = values.begin() + std::ptrdiff_t(part * double(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return double(*place);
    };
    const double low = at(0.005), high = at(0.995);
    return {low, high > low ? high : low + 1};
}

cv::Mat depth8(const cv::Mat& picture) {
    cv::Mat out;
    if (picture.depth() == CV_8U) return picture;
    if (picture.depth() == CV_16U) {
        picture.convertTo(out, CV_8U, 1 / 257.0);
        return out;
    }
    cv::Mat real;
    picture.convertTo(real, CV_32F);
    cv::patchNaNs(real, 0);
    const auto [low, high] = range(real);
    cv::Mat flat = real.reshape(1);
    cv::max(flat, low, flat);  // far outside, the conversion's rounding to int would overflow and make a bright point black
    cv::min(flat, high, flat);
    real.convertTo(out, CV_8U, 255 / (high - low), -low * 255 / (high - low));
    return out;
}

// The last channel is alpha: laid over white.
cv::Mat overWhite(const cv::Mat& picture) {
    const int colours = picture.channels() - 1;
    cv::Mat out(picture.size(), CV_8UC(colours));
    for (int y = 0; y < picture.rows; ++y) {
        const auto* in = picture.ptr<std::uint8_t>(y);
        auto* to = out.ptr<std::uint8_t>(y);
        for (int x = 0; x < picture.cols; ++x, in += colours + 1)
            for (int c = 0; c < colours; ++c) *to++ = std::uint8_t((in[c] * in[colours] + 255 * (255 - in[colours]) + 127) / 255);
    }
    return out;
}

cv::Mat opaque8(const cv::Mat& picture) {
    cv::Mat out = picture;
    if (out.channels() > 4) cv::extractChannel(out, out, 0);
    out = depth8(out);
    return out.channels() == 2 || out.channels() == 4 ? overWhite(out) : out;
}

}  // namespace

cv::Mat toBgr8(const cv::Mat& picture) {
    cv::Mat out = opaque8(picture);
    if (out.channels() == 1) cv::cvtColor(out, out, cv::COLOR_GRAY2BGR);
    return out;
}

cv::Mat toGrey8(const cv::Mat& picture) {
    cv::Mat out = opaque8(picture);
    if (out.channels() == 3) cv::cvtColor(out, out, cv::COLOR_BGR2GRAY);
    return out;
}

cv::Mat toDeep(const cv::Mat& picture) {
    if (picture.depth() == CV_8U) return opaque8(picture);
    cv::Mat out = picture;
    if (out.channels() == 2 || out.channels() > 4) cv::extractChannel(picture, out, 0);
    if (picture.channels() == 4) cv::cvtColor(picture, out, cv::COLOR_BGRA2BGR);
    if (out.depth() != CV_16U) out.convertTo(out, CV_32F);
    return out;
}

cv::Mat upright(const cv::Mat& picture, int orientation) {
    if (orientation <= 1 || orientation > 8) return picture;
    cv::Mat out;
    const cv::Mat& turned = orientation >= 5 ? (cv::transpose(picture, out), out) : picture;
    switch (orientation) {
        case 2:
        case 6: cv::flip(turned, out, 1); break;
        case 3:
        case 7: cv::flip(turned, out, -1); break;
        case 4:
        case 8: cv::flip(turned, out, 0); break;
        default: break;
    }
    return out;
}

cv::Mat fitted(const cv::Mat& picture, int side) {
    const int longer = std::max(picture.cols, picture.rows);
    if (longer <= side || side <= 0) return picture;
    const double scale = double(side) / longer;
    cv::Mat out;
    cv::resize(picture, out, {std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale))}, 0, 0,
               cv::INTER_AREA);
    return out;
}

Brightness brightness(const cv::Mat& bgr) {
    if (bgr.empty()) return {};
    cv::Scalar mean, deviation;
    cv::meanStdDev(toGrey8(bgr), mean, deviation);
    return {mean[0], deviation[0]};
}

}  // namespace lathe::image
