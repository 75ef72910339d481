#include <fmt/format.h>
#include <torch/torch.h>
#include <opencv2/imgproc.hpp>

#include "core/engine/load/area.h"
#include "core/engine/load/loaded_model.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/fit.h"
#include "core/image/decode.h"

namespace lathe::engine::load {
namespace {

const char* const kReduced = "dct_area_linear";

/// To all of `to`: by area where it shrinks, else linear.
void scaleInto(const cv::Mat& picture, cv::Mat to, const runs::Preprocessing& p) {
    if (picture.size() == to.size()) return picture.copyTo(to);
    if (p.interpolation == kReduced && shrinkByArea(picture, to)) return;
    const bool shrinks = to.cols < picture.cols || to.rows < picture.rows;
    cv::resize(picture, to, to.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
}

/// A picture in the input's channels; `whole` is the image's own size. "letterbox": where train::fitOf() has it, grey 114 around
/// it.
void fitInto(const cv::Mat& picture, cv::Size whole, const runs::Preprocessing& p, cv::Mat out) {
    if (p.resize != "letterbox") return scaleInto(picture, out, p);
    const train::Fit fit = train::fitOf(whole.width, whole.height, p);
    if (fit.width < p.width || fit.height < p.height) out.setTo(cv::Scalar::all(114));
    scaleInto(picture, out(cv::Rect(fit.x, fit.y, fit.width, fit.height)), p);
}

/// The input's channels already, and no more pixels of a JPEG than it needs.
image::DecodeOptions decodingOf(const runs::Preprocessing& p) {
    image::DecodeOptions options;
    options.colour = p.channels == 1 ? image::Colour::Grey8 : image::Colour::Rgb8;
    if (p.interpolation != kReduced || p.resize == "none") return options;
    if (p.channels == 1) options.colour = image::Colour::Luma8;
    options.cover = {p.width, p.height, p.resize == "letterbox"};
    return options;
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
    cv::Mat out(p.height, p.width, CV_8UC(p.channels));
    fitInto(inChannels(picture, p.channels), picture.size(), p, out);
    return out;
}

Result<cv::Size> readInput(const std::filesystem::path& file, const runs::Preprocessing& p, std::uint8_t* out) {
    thread_local image::Decoder decoder;
    LATHE_TRY(const auto picture, decoder.decode(file, decodingOf(p)));
    if (p.resize == "none" && (picture.width != p.width || picture.height != p.height))
        return fail(ErrorCode::InvalidData,
                    fmt::format("is {}x{}, {}x{} is wanted and resizing is off", picture.width, picture.height, p.width, p.height),
                    file.string());
    try {
        fitInto(picture.pixels, {picture.width, picture.height}, p, cv::Mat(p.height, p.width, CV_8UC(p.channels), out));
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, error.what(), file.string());
    }
    return cv::Size(picture.width, picture.height);
}

torch::Tensor preprocess(const cv::Mat& picture, const runs::Preprocessing& p) {
    cv::Mat small = resized(picture, p);
    const auto pixels = torch::from_blob(small.data, {1, small.rows, small.cols, small.channels()}, torch::kUInt8);
    return nn::normalised(pixels, p.mean, p.std).squeeze(0).contiguous();
}

Result<Preprocessed> preprocessFile(const std::filesystem::path& file, const runs::Preprocessing& p) {
    const auto pixels = torch::empty({1, p.height, p.width, p.channels}, torch::kUInt8);
    LATHE_TRY(const cv::Size whole, readInput(file, p, pixels.data_ptr<std::uint8_t>()));
    return Preprocessed{nn::normalised(pixels, p.mean, p.std).squeeze(0).contiguous(), whole.width, whole.height};
}

}  // namespace lathe::engine::load
