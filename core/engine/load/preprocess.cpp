#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/engine/load/loaded_model.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/fit.h"
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

/// The whole picture where train::fitOf() has it, with grey 114 around it.
cv::Mat letterboxed(const cv::Mat& picture, const runs::Preprocessing& p) {
    const train::Fit fit = train::fitOf(picture.cols, picture.rows, p);
    cv::Mat out(p.height, p.width, picture.type(), cv::Scalar::all(114));
    scaled(picture, fit.width, fit.height).copyTo(out(cv::Rect(fit.x, fit.y, fit.width, fit.height)));
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
    if (p.resize == "letterbox") return letterboxed(coloured, p);
    return scaled(coloured, p.width, p.height);
}

torch::Tensor preprocess(const cv::Mat& picture, const runs::Preprocessing& p) {
    cv::Mat small = resized(picture, p);
    if (!small.isContinuous()) small = small.clone();
    const auto pixels = torch::from_blob(small.data, {1, small.rows, small.cols, small.channels()}, torch::kUInt8);
    return nn::normalised(pixels, p.mean, p.std).squeeze(0).contiguous();
}

Result<Preprocessed> preprocessFile(const std::filesystem::path& file, const runs::Preprocessing& p) {
    image::DecodeOptions options;
    options.colour = p.channels == 1 ? image::Colour::Grey8 : image::Colour::Bgr8;
    LATHE_TRY(const cv::Mat picture, image::decode(file, options));
    if (p.resize == "none" && (picture.cols != p.width || picture.rows != p.height))
        return fail(
            ErrorCode::InvalidData,
            fmt::format("is {}x{}, the model takes {}x{} and resizing is off", picture.cols, picture.rows, p.width, p.height),
            file.string());
    try {
        return Preprocessed{preprocess(picture, p), picture.cols, picture.rows};
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, error.what(), file.string());
    }
}

}  // namespace lathe::engine::load
