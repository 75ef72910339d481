#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "app/engine/handlers.h"
#include "core/base/time.h"
#include "core/engine/eval/classification.h"
#include "core/engine/load/decoded.h"
#include "core/engine/load/manifest.h"
#include "core/engine/train/outcome.h"

namespace lathe::app {
namespace {

using namespace engine;
constexpr std::size_t kBatch = 32;

struct Input {
    std::string path;
    std::optional<torch::Tensor> tensor;
    Error error;
};

void decodeAll(std::vector<Input>& inputs, const runs::Preprocessing& preprocessing) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; (i = next++) < inputs.size();) {
            auto read = load::preprocessFile(inputs[i].path, preprocessing);
            if (read)
                inputs[i].tensor = *std::move(read);
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

/// Predictions of one batch in the order of `inputs`; unreadable ones carry their error.
std::vector<Json> predictBatch(load::LoadedModel& model, const std::vector<Input>& inputs, int top) {
    std::vector<torch::Tensor> tensors;
    for (const Input& input : inputs)
        if (input.tensor) tensors.push_back(*input.tensor);
    torch::Tensor probabilities;
    if (!tensors.empty())
        probabilities =
            torch::softmax(model.model->forward(torch::stack(tensors).contiguous(torch::MemoryFormat::ChannelsLast)), 1);
    std::vector<Json> results;
    std::int64_t row = 0;
    for (const Input& input : inputs) {
        if (input.tensor)
            results.push_back(predictionOf(rowOf(probabilities, row++), model.labels, top));
        else
            results.push_back({{"error", input.error.message}, {"code", std::string(base::name(input.error.code))}});
    }
    return results;
}

/// The model's index of each class of the manifest; -1 for one that it doesn't know.
std::vector<int> classMap(const std::vector<std::string>& manifest, const std::vector<std::string>& labels) {
    std::vector<int> map;
    for (const std::string& name : manifest) {
        const auto found = std::find(labels.begin(), labels.end(), name);
        map.push_back(found == labels.end() ? -1 : int(found - labels.begin()));
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
    for (std::size_t from = 0; from < paths.size(); from += kBatch) {
        if (call.stop.stop_requested()) return fail(ErrorCode::Cancelled, "the prediction was cancelled");
        std::vector<Input> inputs;
        for (std::size_t i = from; i < std::min(paths.size(), from + kBatch); ++i) inputs.push_back({paths[i], {}, {}});
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
    LATHE_TRY(const load::Manifest manifest, load::readManifest(manifestFile));
    const auto map = classMap(manifest.classes, model->labels);
    std::vector<load::Sample> samples;
    std::vector<train::Item> items;
    std::vector<std::int64_t> indices, labels;
    for (const load::Sample& sample : manifest.samples) {
        const int label = sample.label < 0 ? -1 : map[std::size_t(sample.label)];
        if (label < 0 || (split != "all" && sample.split != split)) continue;
        indices.push_back(std::int64_t(samples.size()));
        labels.push_back(label);
        samples.push_back(sample);
        items.push_back({sample.image, sample.split, label, sample.path});
    }
    if (samples.empty())
        return fail(ErrorCode::NotFound, fmt::format("no labelled image of the model's classes is in the split {}", split),
                    manifestFile);
    runs::RunSpec spec = model->spec;
    spec.device = "cpu";
    const auto pictures = std::make_shared<load::DecodedPictures>(samples, model->preprocessing);
    LATHE_TRY(auto evaluated, train::evaluate(*model->model, pictures, indices, labels, spec, call.stop, call.progress));
    Json problems = Json::array();
    for (const auto& [sample, error] : evaluated.unreadable)
        problems.push_back(
            {{"item", items[std::size_t(sample)].name}, {"code", std::string(base::name(error.code))}, {"message", error.message}});
    if (evaluated.samples.empty()) return fail(ErrorCode::InvalidData, "none of the images can be read", manifestFile);
    const std::vector<train::SplitOutcome> outcome = {{split, std::move(evaluated)}};
    Json result = train::reportOf(outcome, model->labels);
    result.erase("splits");
    result["outcomes"] = train::predictionsOf(outcome, items, model->labels)["samples"];
    result["problems"] = problems;
    return result;
}

}  // namespace lathe::app
