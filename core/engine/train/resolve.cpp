#include "core/engine/train/resolve.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <thread>

#include "core/engine/train/random.h"

namespace lathe::engine::train {
namespace {

constexpr int kSmallSide = 64;       ///< up to here "auto" takes the small net and the pictures' own size
constexpr double kBackground = 0.1;  ///< share of uncovered pixels from which on they are a class
constexpr int kLargeSide = 224;      ///< above it, the usual input of the large nets

const nn::ModelEntry* entryNamed(const std::string& name) {
    for (const nn::ModelEntry& entry : nn::modelEntries())
        if (entry.name == name) return &entry;
    return nullptr;
}

int divisible(double side, int step) {
    return std::max(step, int(std::lround(side / step)) * step);
}

/// Classifiers take small pictures as they are and make the others square; the others keep the shape of the pictures.
void resolveSize(runs::RunSpec& spec, const DataFacts& facts, const nn::ModelEntry& model) {
    auto& p = spec.preprocessing;
    if (model.preset.longSide > 0) {
        const double longest = std::max({facts.width, facts.height, 1});
        // One side given is the long one's.
        const int asked = std::max(p.width, p.height);
        const double scale = (asked > 0 ? asked : std::min(double(model.preset.longSide), longest)) / longest;
        const bool both = p.width > 0 && p.height > 0 && p.width != p.height;
        if (!both) p.width = divisible(facts.width * scale, model.step), p.height = divisible(facts.height * scale, model.step);
    }
    const bool tiny = std::max(facts.width, facts.height) <= kSmallSide;
    const int usual = model.name == "small" ? kSmallSide : kLargeSide;
    if (p.width <= 0) p.width = tiny ? std::max(16, facts.width) : usual;
    if (p.height <= 0) p.height = tiny ? std::max(16, facts.height) : usual;
    p.width = divisible(p.width, model.step), p.height = divisible(p.height, model.step);
    if (p.channels <= 0) p.channels = facts.grey ? 1 : 3;
}

std::string modelFor(const runs::RunSpec& spec, const DataFacts& facts) {
    const bool card = spec.device.starts_with("cuda");
    if (spec.task == "detect") return card ? "fcos_resnet50_fpn" : "fcos_light";
    if (spec.task == "segment") return card ? "unet_resnet34" : "unet_light";
    const auto& p = spec.preprocessing;
    const int asked = std::max(p.width, p.height);
    return (asked > 0 ? asked : std::max(facts.width, facts.height)) <= kSmallSide ? "small" : "resnet18";
}

/// Small sets need more passes, large ones fewer: the preset's number is for 4,000 images.
int epochsFor(const nn::Preset& preset, std::size_t images) {
    const double more = std::clamp(std::sqrt(4000.0 / double(std::max<std::size_t>(images, 1))), 0.5, 5.0);
    return int(std::lround(preset.epochs * more));
}

/// The small net learns small sets in batches that keep one core busy; where a pass has steps enough, larger ones feed all cores.
int batchFor(const nn::ModelEntry& model, std::size_t images) {
    constexpr std::size_t kManyImages = 16000;
    return model.preset.batch * (model.name == "small" && images >= kManyImages ? 4 : 1);
}

/// On a batch of 32 the small net's kernels last microseconds and its threads meet after each: a second one brings 1.3 to 1.6x on a
/// quiet machine and costs a third on one that is wholly taken; more of them only wait. The loader has threads of its own.
int threadsFor(const runs::RunSpec& spec) {
    const bool tiny = spec.model.name == "small" && spec.batch < 64;
    const int all = int(std::max(1U, std::thread::hardware_concurrency()));
    return tiny ? std::min(all, 2) : all;
}

/// Every option of what was chosen with its value.
void spellOut(runs::Seam seam, runs::Named& named) {
    const runs::Choice* choice = runs::find(seam, named.name);
    Json options = Json::object();
    if (choice)
        for (const runs::Option& option : choice->options) {
            const double value = runs::valueOf(*choice, named.options, option.name);
            options[option.name] = option.whole ? Json(std::int64_t(value)) : Json(value);
        }
    named.options = std::move(options);
}

}  // namespace

Result<runs::RunSpec> resolve(runs::RunSpec spec, const DataFacts& facts, const std::string& device) {
    spec.device = device;
    if (spec.model.name == "auto") spec.model.name = modelFor(spec, facts);
    const nn::ModelEntry* entry = entryNamed(spec.model.name);
    if (!entry) {
        const auto made = nn::makeModel({spec.model.name, 3, 2, 32, 32, {}});
        return fail(made.error());
    }
    resolveSize(spec, facts, *entry);
    if (spec.loss.name == "auto")
        spec.loss.name = spec.task == "detect" ? "fcos" : spec.task == "segment" ? "dice" : "cross_entropy";
    if (spec.task == "segment" && spec.background == "auto") spec.background = facts.uncovered >= kBackground ? "class" : "ignore";
    runs::Named model{spec.model.name, spec.model.options};
    spellOut(runs::Seam::Model, model);
    spec.model.options = model.options;
    if (spec.optimizer.name == "auto") spec.optimizer.name = entry->preset.optimizer;
    if (spec.batch <= 0) spec.batch = batchFor(*entry, facts.trainImages);
    spec.batch = int(std::clamp<std::size_t>(facts.trainImages, 1, std::size_t(spec.batch)));
    if (spec.epochs <= 0) spec.epochs = epochsFor(entry->preset, facts.trainImages);
    if (spec.optimizer.lr <= 0) spec.optimizer.lr = entry->preset.lr * (spec.optimizer.name == "sgd" ? 20 : 1);
    spellOut(runs::Seam::Optimizer, spec.optimizer);
    spellOut(runs::Seam::Schedule, spec.schedule);
    spellOut(runs::Seam::Loss, spec.loss);
    spellOut(runs::Seam::ClassWeights, spec.loss.classWeights);
    spellOut(runs::Seam::Sampler, spec.sampler);
    for (auto& one : spec.augmentation) spellOut(runs::Seam::Augmentation, one);
    if (!spec.parent || !spec.parent->resumes) spec.schedule.warmupEpochs = std::min(spec.schedule.warmupEpochs, spec.epochs / 4.0);
    if (spec.threads <= 0) spec.threads = threadsFor(spec);
    if (spec.precision == "fp16" && !device.starts_with("cuda"))
        return fail(ErrorCode::Unsupported, "fp16 needs a card: on the processor choose fp32, bf16 or auto", "precision");
    if (spec.precision == "auto") spec.precision = device.starts_with("cuda") ? "bf16" : "fp32";
    return spec;
}

void fillStatistics(runs::RunSpec& spec, Pictures& pictures, const std::vector<std::int64_t>& trainSamples) {
    auto& p = spec.preprocessing;
    if (!p.mean.empty() && !p.std.empty()) return;
    auto chosen = trainSamples;
    Random random{spec.seed, 0x73746174};
    random.shuffle(chosen);
    chosen.resize(std::min<std::size_t>(chosen.size(), 512));
    const PictureShape shape = pictures.shape();
    const auto channels = std::size_t(shape.channels);
    std::vector<std::uint8_t> picture(shape.bytes());
    std::vector<double> sum(channels, 0), squares(channels, 0);
    double count = 0;
    for (const std::int64_t sample : chosen) {
        if (!pictures.copy(sample, picture.data())) continue;
        for (std::size_t i = 0; i < picture.size(); ++i) {
            const double value = picture[i] / 255.0;
            sum[i % channels] += value, squares[i % channels] += value * value;
        }
        count += double(picture.size()) / double(channels);
    }
    if (p.mean.empty()) p.mean.assign(channels, 0.5);
    if (p.std.empty()) p.std.assign(channels, 0.25);
    if (count == 0) return;
    for (std::size_t c = 0; c < channels; ++c) {
        const double mean = sum[c] / count;
        p.mean[c] = std::round(mean * 1e4) / 1e4;
        p.std[c] = std::max(0.01, std::round(std::sqrt(std::max(0.0, squares[c] / count - mean * mean)) * 1e4) / 1e4);
    }
}

nn::ModelConfig modelConfig(const runs::RunSpec& resolved, int classes) {
    const auto& p = resolved.preprocessing;
    return {resolved.model.name, p.channels, classes, p.width, p.height, resolved.model.options};
}

}  // namespace lathe::engine::train
