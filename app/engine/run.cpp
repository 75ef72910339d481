#include "app/engine/run.h"

#include <fmt/format.h>
#include <algorithm>
#include <csignal>
#include <iostream>
#include <opencv2/core/utility.hpp>

#include "core/base/files.h"
#include "core/engine/cuda/devices.h"
#include "core/engine/load/decoded.h"
#include "core/engine/load/manifest.h"
#include "core/engine/train/journal.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/trainer.h"
#include "core/image/decode.h"
#include "core/runs/event_log.h"

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

struct Prepared {
    runs::RunSpec spec;
    train::TrainData data;
    std::vector<std::string> messages;
};

/// Labelled samples and their items, in one order.
std::vector<load::Sample> labelled(const load::Manifest& manifest, train::TrainData& data, std::vector<std::string>& messages) {
    std::vector<load::Sample> samples;
    for (const load::Sample& sample : manifest.samples) {
        if (sample.label < 0) continue;
        samples.push_back(sample);
        data.items.push_back({sample.image, sample.split, sample.label, sample.path});
    }
    if (const std::size_t without = manifest.samples.size() - samples.size(); without > 0)
        messages.push_back(fmt::format("{} images have no class and are left out", without));
    return samples;
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

Result<Prepared> prepare(const runs::RunFolder& folder, bool resume) {
    Prepared prepared;
    LATHE_TRY(runs::RunSpec asked, specToStart(folder, resume));
    LATHE_TRY(const load::Manifest manifest, load::readManifest(folder.manifest()));
    auto samples = labelled(manifest, prepared.data, prepared.messages);
    prepared.data.classes = manifest.classes;
    LATHE_TRY(prepared.data.splits, train::makeSplits(prepared.data.items, asked.seed, manifest.classes));
    LATHE_TRY(const std::string device, cuda::chooseDevice(asked.device));
    if (device == "cpu" && asked.device == "auto")
        prepared.messages.push_back("training on the processor: " + cuda::lookAtMachine().whyNoCard());
    LATHE_TRY(prepared.spec, train::resolve(asked, factsOf(samples, prepared.data.splits.train.size()), device));
    load::DecodedOptions options;
    options.cacheFolder = decodedCache(folder.path());
    prepared.data.pictures = std::make_shared<load::DecodedPictures>(std::move(samples), prepared.spec.preprocessing, options);
    train::fillStatistics(prepared.spec, *prepared.data.pictures, prepared.data.splits.train);
    LATHE_CHECK(base::writeJson(folder.resolved(), runs::toJson(prepared.spec)));
    return prepared;
}

/// A run that fails before training starts says so in its log as well.
void recordFailure(const runs::RunFolder& folder, const Error& error) {
    auto writer = runs::EventWriter::open(folder.events());
    if (!writer) return;
    train::Journal journal(std::move(*writer));
    (void)journal.state(runs::RunState::Failed, error.text());
}

Result<runs::RunState> work(const runs::RunFolder& folder, bool resume) {
    if (!resume && fs::exists(folder.checkpoints() / "last.safetensors"))
        return fail(ErrorCode::AlreadyExists, "this run has checkpoints already: go on with --resume, or make a new run",
                    folder.path().string());
    // What stopped it last time must not stop it again.
    if (resume && folder.wanted() != "run") LATHE_CHECK(folder.want("run"));
    auto prepared = prepare(folder, resume);
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
        ended = work(folder, options.resume);
    } catch (const std::exception& error) {
        ended = fail(ErrorCode::Internal, error.what(), folder.path().string());
        recordFailure(folder, ended.error());
    }
    if (!ended) return std::cerr << ended.error().text() << '\n', 1;
    return *ended == runs::RunState::Finished ? 0 : 130;
}

}  // namespace lathe::app
