// What the network will see: training pictures as the declared augmentations make them, with what is asked of them.
#include <fmt/format.h>
#include <torch/torch.h>
#include <opencv2/imgproc.hpp>

#include "app/engine/handlers.h"
#include "app/engine/run.h"
#include "core/base/files.h"
#include "core/engine/train/batch_mix.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/task.h"
#include "core/image/decode.h"

namespace lathe::app {
namespace {

using namespace engine;

/// RGB or grey H x W x C in [0, 1] float -> BGR8 or grey.
cv::Mat pictureOf(const torch::Tensor& chw) {
    const auto bytes = (chw.clamp(0, 1) * 255).round().to(torch::kUInt8).permute({1, 2, 0}).contiguous();
    const int channels = int(bytes.size(2));
    const cv::Mat view(int(bytes.size(0)), int(bytes.size(1)), CV_8UC(channels), bytes.data_ptr<std::uint8_t>());
    cv::Mat out;
    if (channels == 3)
        cv::cvtColor(view, out, cv::COLOR_RGB2BGR);
    else
        out = view.clone();
    return out;
}

/// [{class, box}] of a row of box labels.
Json labelledBoxes(const torch::Tensor& rows, const std::vector<std::string>& classes) {
    Json boxes = Json::array();
    const auto r = rows.accessor<float, 2>();
    for (std::int64_t i = 0; i < rows.size(0) && r[i][0] >= 0; ++i)
        boxes.push_back({{"class", classes[std::size_t(r[i][0])]},
                         {"index", int(r[i][0])},
                         {"box", {r[i][1], r[i][2], r[i][3] - r[i][1], r[i][4] - r[i][2]}}});
    return boxes;
}

}  // namespace

Result<Json> preview(const Call& call) {
    LATHE_TRY(const std::string path, textParam(call.params, "folder"));
    LATHE_TRY(const std::string out, textParam(call.params, "out"));
    const int count = std::clamp(call.params.value("count", 12), 1, 64);
    LATHE_TRY(PreparedRun prepared, prepareRun(runs::RunFolder(path), false));
    const auto& spec = prepared.spec;
    const auto& data = prepared.data;
    LATHE_TRY(const auto model, nn::makeModel({spec.model.name, spec.preprocessing.channels, std::max(2, int(data.classes.size())),
                                               spec.preprocessing.width, spec.preprocessing.height, spec.model.options}));
    LATHE_TRY(const auto task, train::makeTask(spec, data, *model, torch::kCPU));
    train::LoaderOptions options;
    options.samples = data.splits.train, options.labels = task->labels(), options.batch = count, options.ahead = 1;
    for (const std::int64_t sample : options.samples) options.classes.push_back(data.items[std::size_t(sample)].label);
    options.sampler = spec.sampler, options.seed = call.params.value("seed", spec.seed);
    LATHE_TRY(options.augmentation, train::Augmenter::make(spec.augmentation));
    options.mosaic = train::Mosaic(spec.augmentation);
    // Batches are of nearly equal size: whole ones, where there is more than one.
    if (options.samples.size() > std::size_t(count))
        options.samples.resize(options.samples.size() / std::size_t(count) * std::size_t(count));
    options.classes.resize(options.samples.size());
    const auto samples = options.samples;
    train::Random random{options.seed, 0x6d6978};
    train::Loader loader(data.pictures, std::move(options));
    const auto batch = loader.next();
    if (!batch || batch->samples.empty()) return fail(ErrorCode::InvalidData, "none of the training images can be read", path);
    auto x = batch->pictures.to(torch::kFloat32).permute({0, 3, 1, 2}).contiguous() / 255;
    const auto mixed = train::BatchMix(spec.augmentation).apply(x, batch->labels, random);
    LATHE_CHECK(base::makeFolders(out));
    Json pictures = Json::array();
    for (std::size_t i = 0; i < batch->samples.size(); ++i) {
        const auto row = std::int64_t(i);
        const std::string file = (std::filesystem::path(out) / fmt::format("{}.png", i)).string();
        LATHE_CHECK(image::writeImage(file, pictureOf(x[row])));
        Json one = {{"file", file}, {"image", data.items[std::size_t(samples[std::size_t(batch->samples[i])])].image}};
        if (spec.task == "detect") {
            one["objects"] = labelledBoxes(batch->labels[row], data.classes);
        } else if (spec.task == "segment") {
            const auto mask = batch->labels[row].contiguous();
            one["mask"] = (std::filesystem::path(out) / fmt::format("{}-mask.png", i)).string();
            LATHE_CHECK(image::writeImage(one["mask"].get<std::string>(),
                                          cv::Mat(int(mask.size(0)), int(mask.size(1)), CV_8U, mask.data_ptr<std::uint8_t>())));
        } else {
            const auto name = [&](const torch::Tensor& labels) {
                return data.classes[std::size_t(labels[row].item<std::int64_t>())];
            };
            const std::string own = name(batch->labels), other = mixed.labels.defined() ? name(mixed.labels) : own;
            one["words"] = own == other ? own : fmt::format("{} {:.2f}, {} {:.2f}", own, mixed.share, other, 1 - mixed.share);
        }
        pictures.push_back(std::move(one));
    }
    return Json{{"pictures", pictures},
                {"classes", data.classes},
                {"width", spec.preprocessing.width},
                {"height", spec.preprocessing.height}};
}

}  // namespace lathe::app
