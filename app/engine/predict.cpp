#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <optional>
#include <thread>

#include "app/engine/handlers.h"
#include "core/base/time.h"
#include "core/engine/load/dataset.h"
#include "core/engine/load/decoded.h"
#include "core/engine/nn/detector.h"
#include "core/engine/train/fit.h"
#include "core/engine/train/outcome.h"

namespace lathe::app {
namespace {

using namespace engine;
constexpr std::size_t kBatch = 32, kLargeBatch = 4;  ///< pictures; fewer where the output is large

struct Input {
    std::string path;
    std::optional<load::Preprocessed> read;
    Error error;
};

void decodeAll(std::vector<Input>& inputs, const runs::Preprocessing& preprocessing) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; (i = next++) < inputs.size();) {
            auto read = load::preprocessFile(inputs[i].path, preprocessing);
            if (read)
                inputs[i].read = *std::move(read);
            else
                inputs[i].error = read.error();
        }
    };
    std::vector<std::jthread> threads;
    const std::size_t count = std::min<std::size_t>(inputs.size(), std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
    for (std::size_t i = 1; i < count; ++i) threads.emplace_back(work);
    work();
}

Json predictionOf(const std::vector<float>& probabilities, const std::vector<std::string>& labels, int top) {
    const auto best = std::max_element(probabilities.begin(), probabilities.end());
    const auto index = std::size_t(best - probabilities.begin());
    return {{"class", labels[index]}, {"index", index}, {"confidence", *best}, {"scores", topScores(probabilities, labels, top)}};
}

double rounded(double value, double scale) {
    return std::round(value * scale) / scale;
}

/// {"objects":[{class, index, confidence, kind, box or mask}]}, with the class and confidence of the first, the surest.
Json withObjects(Json objects) {
    Json one = {{"class", nullptr}, {"confidence", 0.0}, {"objects", std::move(objects)}};
    if (const Json& all = one["objects"]; !all.empty())
        one["class"] = Json(all[0]["class"]), one["index"] = Json(all[0]["index"]), one["confidence"] = Json(all[0]["confidence"]);
    return one;
}

Json foundBoxes(const std::vector<nn::Found>& found, const load::LoadedModel& model, const load::Preprocessed& read) {
    const auto back = train::fitOf(read.width, read.height, model.preprocessing).placement(read.width, read.height).inverse();
    Json objects = Json::array();
    for (const nn::Found& one : found) {
        const auto at = train::placed(one.corners, *back, {read.height, read.width, 0}, 0);
        if (!at) continue;
        const auto& c = *at;
        objects.push_back(
            {{"class", model.labels[std::size_t(one.category)]},
             {"index", one.category},
             {"confidence", rounded(double(one.score), 1e5)},
             {"kind", "box"},
             {"box", {rounded(c[0], 100), rounded(c[1], 100), rounded(c[2] - c[0], 100), rounded(c[3] - c[1], 100)}}});
    }
    return withObjects(std::move(objects));
}

/// A mask a class at the image's size, COCO's run lengths; its confidence is the mean probability of its pixels.
Json masksOf(const torch::Tensor& logits, const load::LoadedModel& model, const load::Preprocessed& read) {
    const auto fit = train::fitOf(read.width, read.height, model.preprocessing);
    const auto part = logits.slice(1, fit.y, fit.y + fit.height).slice(2, fit.x, fit.x + fit.width).unsqueeze(0);
    const auto probabilities = torch::softmax(torch::upsample_bilinear2d(part, {read.height, read.width}, false), 1).squeeze(0);
    const auto [best, which] = probabilities.max(0);
    const auto columns = which.t().contiguous().to(torch::kUInt8);
    const int first = model.spec.background == "class" ? 1 : 0;
    Json objects = Json::array();
    for (std::int64_t k = first; k < logits.size(0); ++k) {
        const auto mine = which.eq(k);
        const auto pixels = mine.sum().item<std::int64_t>();
        if (pixels == 0) continue;
        std::vector<std::uint32_t> counts{0};
        bool set = false;
        const auto* pixel = columns.data_ptr<std::uint8_t>();
        for (std::int64_t i = 0; i < columns.numel(); ++i) {
            if ((pixel[i] == k) != set) counts.push_back(0), set = !set;
            ++counts.back();
        }
        objects.push_back({{"class", model.labels[std::size_t(k)]},
                           {"index", k},
                           {"confidence", rounded((best * mine).sum().item<double>() / double(pixels), 1e5)},
                           {"kind", "mask"},
                           {"mask", {{"size", {read.height, read.width}}, {"counts", counts}}}});
    }
    std::stable_sort(objects.begin(), objects.end(),
                     [](const Json& a, const Json& b) { return a["confidence"] > b["confidence"]; });
    return withObjects(std::move(objects));
}

/// What the model says of each picture of a batch.
std::vector<Json> answersOf(load::LoadedModel& model, const std::vector<const load::Preprocessed*>& read, int top) {
    std::vector<torch::Tensor> tensors;
    for (const auto* one : read) tensors.push_back(one->input);
    const auto output = model.model->forward(torch::stack(tensors).contiguous(torch::MemoryFormat::ChannelsLast));
    std::vector<Json> answers;
    if (model.spec.task == "detect") {
        const auto& p = model.preprocessing;
        const auto found = nn::decode(output, nn::gridOf(model.model->levelSizes(), p.height, p.width), p.height, p.width);
        for (std::size_t i = 0; i < read.size(); ++i) answers.push_back(foundBoxes(found[i], model, *read[i]));
        return answers;
    }
    const bool segments = model.spec.task == "segment";
    const auto probabilities = segments ? output : torch::softmax(output, 1);
    for (std::size_t i = 0; i < read.size(); ++i)
        answers.push_back(segments ? masksOf(output[std::int64_t(i)], model, *read[i])
                                   : predictionOf(rowOf(probabilities, std::int64_t(i)), model.labels, top));
    return answers;
}

/// Predictions of one batch in the order of `inputs`; unreadable ones carry their error.
std::vector<Json> predictBatch(load::LoadedModel& model, const std::vector<Input>& inputs, int top) {
    std::vector<const load::Preprocessed*> read;
    for (const Input& input : inputs)
        if (input.read) read.push_back(&*input.read);
    auto answers = read.empty() ? std::vector<Json>() : answersOf(model, read, top);
    std::vector<Json> results;
    std::size_t next = 0;
    for (const Input& input : inputs) {
        if (input.read)
            results.push_back(std::move(answers[next++]));
        else
            results.push_back({{"error", input.error.message}, {"code", std::string(base::name(input.error.code))}});
    }
    return results;
}

/// The model's index, less `less`, of each class of the manifest; -1 for one that it doesn't know.
std::vector<int> classMap(const std::vector<std::string>& manifest, const std::vector<std::string>& labels, int less) {
    std::vector<int> map;
    for (const std::string& name : manifest) {
        const auto found = std::find(labels.begin(), labels.end(), name);
        map.push_back(found == labels.end() ? -1 : int(found - labels.begin()) - less);
    }
    return map;
}

}  // namespace

Result<Json> predict(const Call& call) {
    LATHE_TRY(const std::string folder, textParam(call.params, "model"));
    LATHE_TRY(const ModelPtr model, call.models.get(folder));
    const auto paths = call.params.at("images").get<std::vector<std::string>>();
    const Json ids = call.params.value("ids", Json::array());
    const int top = call.params.value("top", 5);
    const base::Stopwatch clock;
    Json predictions = Json::array();
    const std::size_t portion = model->spec.task == "classify" ? kBatch : kLargeBatch;
    for (std::size_t from = 0; from < paths.size(); from += portion) {
        if (call.stop.stop_requested()) return fail(ErrorCode::Cancelled, "the prediction was cancelled");
        std::vector<Input> inputs;
        for (std::size_t i = from; i < std::min(paths.size(), from + portion); ++i) inputs.push_back({paths[i], {}, {}});
        decodeAll(inputs, model->preprocessing);
        const auto results = predictBatch(*model, inputs, top);
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            Json one = {{"image", from + i < ids.size() ? ids[from + i] : Json()}, {"path", inputs[i].path}};
            one.update(results[i]);
            predictions.push_back(std::move(one));
        }
        call.progress.report(std::int64_t(predictions.size()), std::int64_t(paths.size()), "predicting");
    }
    return Json{{"classes", model->labels}, {"seconds", clock.seconds()}, {"predictions", predictions}};
}

Result<Json> evaluate(const Call& call) {
    LATHE_TRY(const std::string folder, textParam(call.params, "model"));
    LATHE_TRY(const std::string manifestFile, textParam(call.params, "manifest"));
    const std::string split = call.params.value("split", "test");
    LATHE_TRY(const ModelPtr model, call.models.get(folder));
    runs::RunSpec spec = model->spec;
    spec.device = "cpu";
    LATHE_TRY(load::Manifest manifest, load::readManifest(manifestFile, spec.task));
    if (split != "all") std::erase_if(manifest.samples, [&](const load::Sample& sample) { return sample.split != split; });
    const bool background = spec.task == "segment" && spec.background == "class";
    auto labelled = load::labelled(manifest, spec.task, classMap(manifest.classes, model->labels, background ? 1 : 0));
    if (labelled.samples.empty())
        return fail(ErrorCode::NotFound, fmt::format("no labelled image of the model's classes is in the split {}", split),
                    manifestFile);
    std::vector<std::int64_t> indices(labelled.items.size());
    std::iota(indices.begin(), indices.end(), 0);
    train::TrainData data;
    data.items = std::move(labelled.items), data.classes = model->labels;
    if (spec.task == "segment") data.masks = load::masksOf(labelled.samples, model->preprocessing, background);
    data.pictures = std::make_shared<load::DecodedPictures>(std::move(labelled.samples), model->preprocessing);
    LATHE_TRY(const auto task, train::makeTask(spec, data, *model->model, torch::kCPU));
    LATHE_TRY(auto evaluated, train::evaluate(*model->model, *task, data, indices, spec, call.stop, call.progress));
    Json problems = Json::array();
    for (const auto& [sample, error] : evaluated.unreadable)
        problems.push_back({{"item", data.items[std::size_t(sample)].name},
                            {"code", std::string(base::name(error.code))},
                            {"message", error.message}});
    if (evaluated.samples.empty()) return fail(ErrorCode::InvalidData, "none of the images can be read", manifestFile);
    std::vector<train::SplitOutcome> outcome;
    outcome.push_back({split, std::move(evaluated)});
    LATHE_TRY(Json result, train::reportOf(outcome, model->labels));
    result.erase("splits");
    result["outcomes"] = train::predictionsOf(outcome, model->labels)["samples"];
    result["problems"] = problems;
    return result;
}

}  // namespace lathe::app
