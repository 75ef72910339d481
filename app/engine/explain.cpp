#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "app/engine/handlers.h"
#include "core/base/files.h"
#include "core/base/time.h"
#include "core/engine/explain/explainer.h"
#include "core/engine/train/fit.h"
#include "core/image/decode.h"

namespace lathe::app {
namespace {

namespace fs = std::filesystem;
using namespace engine;

/// From the network's input back to the image: letterbox bars are cut off, then scaled up (cubic, never below the map's own range).
cv::Mat onImage(const torch::Tensor& map, const runs::Preprocessing& p, const cv::Size& image) {
    const auto values = map.to(torch::kCPU, torch::kFloat32).contiguous();
    const cv::Mat small(int(values.size(0)), int(values.size(1)), CV_32F, values.data_ptr<float>());
    cv::Mat inner = small;
    const train::Fit fit = train::fitOf(image.width, image.height, p);
    if (fit.width > 0 && fit.x + fit.width <= small.cols) inner = small(cv::Rect(fit.x, fit.y, fit.width, fit.height));
    cv::Mat out;
    cv::resize(inner, out, image, 0, 0, cv::INTER_LINEAR);
    return out;
}

/// NumPy's format 1.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
Result<> writeNpy(const fs::path& file, const cv::Mat& map) {
    std::string header = fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", map.rows, map.cols);
    header.resize((header.size() + 1 + 10 + 63) / 64 * 64 - 10 - 1, ' ');
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += char(header.size() & 255);
    bytes += char(header.size() >> 8);
    bytes += header;
    for (int y = 0; y < map.rows; ++y)
        bytes.append(reinterpret_cast<const char*>(map.ptr(y)), std::size_t(map.cols) * sizeof(float));
    return base::writeFileAtomically(file, bytes);
}

/// The map in magma over the picture, the more opaque the higher its value.
cv::Mat overlay(const cv::Mat& picture, const cv::Mat& map) {
    double low = 0, high = 0;
    cv::minMaxLoc(map, &low, &high);
    const double scale = high > low ? 1.0 / (high - low) : 0;
    cv::Mat bytes, colours, out(picture.size(), CV_8UC3);
    map.convertTo(bytes, CV_8U, 255 * scale, -255 * low * scale);
    cv::applyColorMap(bytes, colours, cv::COLORMAP_MAGMA);
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x) {
            const double alpha = 0.75 * bytes.at<std::uint8_t>(y, x) / 255.0;
            const auto& below = picture.at<cv::Vec3b>(y, x);
            const auto& above = colours.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                out.at<cv::Vec3b>(y, x)[c] = cv::saturate_cast<std::uint8_t>(below[c] * (1 - alpha) + above[c] * alpha);
        }
    return out;
}

/// A class by its name or its index; -1 (the predicted one) when not given.
Result<int> classIndex(const Json& params, const std::vector<std::string>& labels) {
    if (!params.contains("class") || params["class"].is_null()) return -1;
    const Json& wanted = params["class"];
    if (wanted.is_number_integer() && wanted.get<int>() >= -1 && wanted.get<int>() < int(labels.size())) return wanted.get<int>();
    if (wanted.is_string()) {
        const auto found = std::find(labels.begin(), labels.end(), wanted.get<std::string>());
        if (found != labels.end()) return int(found - labels.begin());
        if (wanted.get<std::string>().empty()) return -1;
    }
    return fail(ErrorCode::InvalidArgument, fmt::format("the model has no class {}", wanted.dump()), "class");
}

}  // namespace

Result<Json> explain(const Call& call) {
    LATHE_TRY(const std::string folder, textParam(call.params, "model"));
    LATHE_TRY(const std::string image, textParam(call.params, "image"));
    LATHE_TRY(const fs::path out, textParam(call.params, "out"));
    const std::string method = call.params.value("method", "gradcam");
    LATHE_TRY(const ModelPtr model, call.models.get(folder));
    if (model->spec.task != "classify")
        return fail(ErrorCode::Unsupported,
                    fmt::format("this version explains classifiers; the model's task is {}: look at its predictions instead",
                                model->spec.task),
                    folder);
    LATHE_TRY(const int wanted, classIndex(call.params, model->labels));
    const base::Stopwatch clock;
    LATHE_TRY(const cv::Mat picture, image::decode(image));
    LATHE_TRY(const auto read, load::preprocessFile(image, model->preprocessing));
    LATHE_TRY(const auto explanation,
              engine::explain::explain(*model->model, method, {read.input.unsqueeze(0), wanted, call.params.value("layer", "")}));
    LATHE_CHECK(base::makeFolders(out));
    const cv::Mat map = onImage(explanation.map.detach(), model->preprocessing, picture.size());
    LATHE_CHECK(writeNpy(out / "map.npy", map));
    LATHE_CHECK(image::writeImage(out / "overlay.png", overlay(picture, map)));
    const auto probabilities = rowOf(explanation.probabilities.detach().reshape({1, -1}), 0);
    Json result = {{"method", method},
                   {"class", model->labels[std::size_t(explanation.classIndex)]},
                   {"index", explanation.classIndex},
                   {"score", explanation.score},
                   {"image", image},
                   {"files", {(out / "map.npy").string(), (out / "overlay.png").string(), (out / "explanation.json").string()}},
                   {"scores", topScores(probabilities, model->labels, int(model->labels.size()))},
                   {"checks", explanation.checks},
                   {"seconds", clock.seconds()}};
    LATHE_CHECK(base::writeJson(out / "explanation.json", result));
    return result;
}

}  // namespace lathe::app
