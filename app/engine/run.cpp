#include "app/engine/run.h"

#include <fmt/format.h>
#include <algorithm>
#include <csignal>
#include <iostream>
#include <opencv2/core/utility.hpp>

#include "app/engine/choose_precision.h"
#include "app/engine/handlers.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/engine/cuda/devices.h"
#include "core/engine/load/dataset.h"
#include "core/engine/load/decoded.h"
#include "core/engine/load/manifest.h"
#include "core/engine/train/journal.h"
#include "core/engine/train/largest_batch.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/run_check.h"
#include "core/engine/train/splits.h"
#include "core/engine/train/trainer.h"
#include "core/image/decode.h"
#include "core/runs/checkpoints.h"
#include "core/runs/event_log.h"
#include "core/runs/run_history.h"

namespace lathe::app {
namespace {

namespace fs = std::filesystem;
using namespace engine;

volatile std::sig_atomic_t g_stop = 0;

template <class T>
T median(std::vector<T> values) {
    if (values.empty()) return T();
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// Sizes from the manifest (or the files' headers where it has none); grey when a sample of the files is.
train::DataFacts factsOf(const std::vector<load::Sample>& samples, std::size_t trainImages) {
    train::DataFacts facts;
    std::vector<int> widths, heights;
    const std::size_t stride = std::max<std::size_t>(1, samples.size() / 64);
    int probed = 0, grey = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        int width = samples[i].width, height = samples[i].height;
        if (i % stride == 0 || width <= 0) {
            if (const auto info = image::probe(samples[i].path)) {
                ++probed, grey += info->colour == "grey";
                if (width <= 0) width = info->width, height = info->height;
            }
        }
        if (width > 0) widths.push_back(width), heights.push_back(height);
    }
    facts.width = median(widths), facts.height = median(heights);
    facts.grey = probed > 0 && grey == probed;
    facts.trainImages = trainImages;
    return facts;
}

Result<runs::RunSpec> specToStart(const runs::RunFolder& folder, bool resume) {
    if (resume) return folder.readSpec();
    LATHE_TRY(const Json json, base::readJson(folder.spec()));
    return runs::runSpecFromJson(json);
}

fs::path decodedCache(const fs::path& run) {
    std::error_code error;
    const fs::path cache = fs::absolute(run).lexically_normal().parent_path().parent_path() / "cache";
    return fs::is_directory(cache, error) ? cache / "decoded" : fs::path();
}

Result<> addMasks(PreparedRun& prepared, const std::vector<load::Sample>& samples, const train::DataFacts& facts) {
    const bool background = prepared.spec.background == "class";
    if (background) prepared.data.classes.insert(prepared.data.classes.begin(), load::kBackground);
    if (prepared.data.classes.size() < 2)
        return fail(ErrorCode::InvalidData,
                    "there is one class alone and pixels under no shape are ignored: nothing is to be told apart", "background");
    prepared.data.masks = load::masksOf(samples, prepared.spec.preprocessing, background);
    prepared.messages.push_back(fmt::format("{:.1f} % of the training pixels are under no shape: they are {}",
                                            100 * facts.uncovered,
                                            background ? "a class of their own" : "neither learnt nor judged"));
    return {};
}

/// A fork starts from the very bytes that it was made of.
Result<> checkStart(const runs::RunFolder& folder, const runs::RunSpec& spec) {
    if (!spec.parent) return {};
    const fs::path file = runs::startCheckpoint(folder);
    LATHE_TRY(const std::string digest, base::sha256OfFile(file));
    if (digest == spec.parent->digest) return {};
    return fail(ErrorCode::Corrupt, "the checkpoint that this run starts from is damaged or another one: fork the run again",
                file.string());
}

/// A run that fails before training starts says so in its log as well.
void recordFailure(const runs::RunFolder& folder, const Error& error) {
    auto writer = runs::EventWriter::open(folder.events());
    if (!writer) return;
    train::Journal journal(std::move(*writer));
    (void)journal.state(runs::RunState::Failed, error.text());
}

Result<runs::RunState> trainIn(const runs::RunFolder& folder, bool resume) {
    if (!resume && fs::exists(folder.checkpoints() / "last.safetensors"))
        return fail(ErrorCode::AlreadyExists, "this run has checkpoints already: go on with --resume, or make a new run",
                    folder.path().string());
    // What stopped it last time must not stop it again.
    if (resume && folder.wanted() != "run") LATHE_CHECK(folder.want("run"));
    auto prepared = prepareRun(folder, resume);
    if (prepared)
        if (auto chosen = choosePrecision(folder, *prepared); !chosen) prepared = fail(chosen.error());
    if (!prepared) {
        recordFailure(folder, prepared.error());
        return fail(prepared.error());
    }
    train::TrainOptions options;
    options.resume = resume;
    options.messages = std::move(prepared->messages);
    options.wanted = [&folder] { return g_stop ? std::string("stop") : folder.wanted(); };
    return train::train(folder, prepared->spec, prepared->data, options);
}

}  // namespace

Result<PreparedRun> prepareRun(const runs::RunFolder& folder, bool resume) {
    PreparedRun prepared;
    LATHE_TRY(const runs::RunSpec given, specToStart(folder, resume));
    LATHE_CHECK(checkStart(folder, given));
    LATHE_TRY(const runs::RunSpec asked, runs::startOf(given));
    LATHE_TRY(const load::Manifest manifest, load::readManifest(folder.manifest(), asked.task));
    auto labelled = load::labelled(manifest, asked.task);
    prepared.messages = std::move(labelled.messages);
    prepared.data.items = std::move(labelled.items);
    prepared.data.classes = manifest.classes;
    LATHE_TRY(prepared.data.splits, train::makeSplits(prepared.data.items, asked.seed, manifest.classes, asked.task));
    LATHE_TRY(const std::string device, cuda::chooseDevice(asked.device));
    if (device == "cpu" && asked.device == "auto")
        prepared.messages.push_back("training on the processor: " + cuda::lookAtMachine().whyNoCard());
    auto facts = factsOf(labelled.samples, prepared.data.splits.train.size());
    if (asked.task == "segment") facts.uncovered = load::uncovered(labelled.samples);
    LATHE_TRY(prepared.spec, train::resolve(asked, facts, device));
    prepared.precisionOpen = asked.precision == "auto";
    if (asked.task == "segment") LATHE_CHECK(addMasks(prepared, labelled.samples, facts));
    load::DecodedOptions options;
    options.cacheFolder = decodedCache(folder.path());
    prepared.data.pictures =
        std::make_shared<load::DecodedPictures>(std::move(labelled.samples), prepared.spec.preprocessing, options);
    train::fillStatistics(prepared.spec, *prepared.data.pictures, prepared.data.splits.train);
    LATHE_TRY(prepared.spec, runs::endOf(prepared.spec));
    LATHE_CHECK(base::writeJson(folder.resolved(), runs::toJson(prepared.spec)));
    return prepared;
}

Result<Json> checkFolder(const Call& call) {
    LATHE_TRY(const std::string path, textParam(call.params, "folder"));
    const runs::RunFolder folder(path);
    LATHE_TRY(PreparedRun prepared, prepareRun(folder, false));
    LATHE_CHECK(choosePrecision(folder, prepared));
    Json result = Json::object();
    if (call.params.value("trials", true)) {
        train::CheckLimits limits;
        limits.steps = std::clamp(call.params.value("steps", limits.steps), 10, 10000);
        LATHE_TRY(result, train::checkRun(prepared.spec, prepared.data, limits, call.stop, call.progress));
    }
    const bool fits = !result.contains("checks") || result.contains("layers");
    if (fits && call.params.value("largest_batch", false)) {
        train::BatchLimits limits;
        limits.memory = call.params.value("memory", limits.memory);
        LATHE_TRY(result["largest_batch"], train::largestBatch(prepared.spec, prepared.data, limits, call.stop, call.progress));
    }
    result["messages"] = prepared.messages;
    return result;
}

int runFolder(const RunOptions& options) {
    std::signal(SIGINT, [](int) { g_stop = 1; });
    std::signal(SIGTERM, [](int) { g_stop = 1; });
    cv::setNumThreads(1);
    const runs::RunFolder folder(options.folder);
    std::error_code ignored;
    if (!fs::is_directory(folder.path(), ignored)) return std::cerr << folder.path().string() << ": no such run folder\n", 1;
    const auto lock = folder.takeLock();
    if (!lock) return std::cerr << lock.error().text() << " (is the run going on already?)\n", 1;
    Result<runs::RunState> ended = runs::RunState::Failed;
    try {
        ended = trainIn(folder, options.resume);
    } catch (const std::exception& error) {
        ended = fail(ErrorCode::Internal, error.what(), folder.path().string());
        recordFailure(folder, ended.error());
    }
    if (!ended) return std::cerr << ended.error().text() << '\n', 1;
    return *ended == runs::RunState::Finished ? 0 : 130;
}

}  // namespace lathe::app
