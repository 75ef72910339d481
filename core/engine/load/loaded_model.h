// A trained model from a run folder (best checkpoint) or a model package, with its preprocessing and labels, ready to predict.
#pragma once
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "core/engine/nn/model.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::load {

struct LoadedModel {
    std::shared_ptr<nn::Model> model;  ///< eval mode, CPU unless moved
    nn::ModelConfig config;
    runs::Preprocessing preprocessing;
    std::vector<std::string> labels;
    runs::RunSpec spec;
};
/// Run folder: resolved.json + checkpoints/best.safetensors (else last). Package: model.json in spec.json + weights.safetensors.
[[nodiscard]] Result<LoadedModel> loadModel(const std::filesystem::path& folder);
/// The one implementation of the declared preprocessing up to normalisation, for all that reads an image's file: H x W x C bytes
/// (RGB or grey) to `out`. "dct_area_linear" takes a JPEG at the reduced size that libjpeg-turbo gives (image::Cover) and of grey
/// its luma; "area_linear" decodes it whole. Gives the image's own size, upright. Any thread; each keeps its buffers.
[[nodiscard]] Result<cv::Size> readInput(const std::filesystem::path& image, const runs::Preprocessing& preprocessing,
                                         std::uint8_t* out);
/// The same for a picture that is decoded already, BGR8 or grey, upright, any size -> C x H x W float32.
[[nodiscard]] torch::Tensor preprocess(const cv::Mat& picture, const runs::Preprocessing& preprocessing);
/// Before normalisation: the resized uint8 picture H x W x C (RGB or grey), what the decoded cache keeps.
[[nodiscard]] cv::Mat resized(const cv::Mat& picture, const runs::Preprocessing& preprocessing);
struct Preprocessed {
    torch::Tensor input;        ///< C x H x W
    int width = 0, height = 0;  ///< px of the image, upright
};
[[nodiscard]] Result<Preprocessed> preprocessFile(const std::filesystem::path& image, const runs::Preprocessing& preprocessing);

}  // namespace lathe::engine::load
