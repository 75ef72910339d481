#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/engine/load/loaded_model.h"
#include "core/engine/nn/normalise.h"
#include "core/image/decode.h"

namespace lathe::engine::load {
namespace {

cv::Mat scaled(const cv::Mat& picture, int width, int height) {
    if (picture.cols == width && picture.rows == height) return picture;
    const bool shrinks = width < picture.cols || height < picture.rows;
    cv::Mat out;
    cv::resize(picture, out, {width, height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    return out;
}

/// Fits the whole picture in, centred, with grey 114 around it.
cv::Mat letterboxed(const cv::Mat& picture, int width, int height) {
    const double scale = std::min(double(width) / picture.cols, double(height) / picture.rows);
    const int w = std::clamp(int(std::lround(picture.cols * scale)), 1, width);
    const int h = std::clamp(int(std::lround(picture.rows * scale)), 1, height);
    cv::Mat out(height, width, picture.type(), cv::Scalar::all(114));
    scaled(picture, w, h).copyTo(out(cv::Rect((width - w) / 2, (height - h) / 2, w, h)));
    return out;
}

cv::Mat inChannels(const cv::Mat& picture, int channels) {
    cv::Mat out;
    const int from = picture.channels();
    if (channels == 1) {
        if (from == 1) return picture;
        cv::cvtColor(picture, out, from == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
    } else {
        cv::cvtColor(picture, out, from == 1 ? cv::COLOR_GRAY2RGB : from == 4 ? cv::COLOR_BGRA2RGB : cv::COLOR_BGR2RGB);
    }
    return out;
}

}  // namespace

cv::Mat resized(const cv::Mat& picture, const runs::Preprocessing& p) {
    const cv::Mat coloured = inChannels(picture, p.channels);
    if (p.resize == "letterbox") return letterboxed(coloured, p.width, p.height);
    return scaled(coloured, p.width, p.height);
}

torch::Tensor preprocess(const cv::Mat& picture, const runs::Preprocessing& p) {
    cv::Mat small = resized(picture, p);
    if (!small.isContinuous()) small = small.clone();
    const auto pixels = torch::from_blob(small.data, {1, small.rows, small.cols, small.channels()}, torch::kUInt8);
    return nn::normalised(pixels, p.mean, p.std).squeeze(0).contiguous();
}

Result<torch::Tensor> preprocessFile(const std::filesystem::path& file, const runs::Preprocessing& p) {
    image::DecodeOptions options;
    options.colour = p.channels == 1 ? image::Colour::Grey8 : image::Colour::Bgr8;
    LATHE_TRY(const cv::Mat picture, image::decode(file, options));
    if (p.resize == "none" && (picture.cols != p.width || picture.rows != p.height))
        return fail(
            ErrorCode::InvalidData,
            fmt::format("is {}x{}, the model takes {}x{} and resizing is off", picture.cols, picture.rows, p.width, p.height),
            file.string());
    try {
        return preprocess(picture, p);
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, error.what(), file.string());
    }
}

}  // namespace lathe::engine::load
