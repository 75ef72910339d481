#include "core/runs/run_spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <limits>

#include "core/runs/fields.h"
#include "core/runs/run_history.h"

namespace lathe::runs {

namespace {

constexpr double kHuge = 1e12;
constexpr int kMaxSide = 16384;

/// {"name": …, option: …}
Json flat(const Named& named) {
    Json json = named.options.is_object() ? named.options : Json::object();
    json["name"] = named.name;
    return json;
}

Json merged(Json json, const Json& more) {
    json.update(more);
    return json;
}

Result<Augmentation> augmentationFromJson(const Json& json, const std::string& path) {
    Augmentation result;
    Fields fields(json, path);
    fields.named(Seam::Augmentation, result, true);
    LATHE_CHECK(fields.finish());
    return result;
}

Result<std::vector<Augmentation>> augmentationsFromJson(const Json& json) {
    if (!json.is_array())
        return fail(ErrorCode::InvalidArgument, "the run spec's augmentation must be a list of {\"name\": …} objects");
    std::vector<Augmentation> result;
    for (std::size_t i = 0; i < json.size(); ++i) {
        LATHE_TRY(Augmentation one, augmentationFromJson(json[i], fmt::format("augmentation.{}.", i)));
        result.push_back(std::move(one));
    }
    return result;
}

bool isDevice(const std::string& device) {
    if (device == "auto" || device == "cpu" || device == "cuda") return true;
    return device.starts_with("cuda:") && device.size() > 5 && device.size() < 9 &&
           std::all_of(device.begin() + 5, device.end(), [](unsigned char c) { return std::isdigit(c); });
}

/// Reads the member `key` as an object with its own fields.
template <class Read>
void section(Fields& fields, const char* key, const std::string& path, Read read) {
    const Json* json = fields.take(key);
    if (!json) return;
    Fields inner(*json, path + key + ".");
    read(inner);
    fields.adopt(inner.finish());
}

void readSections(Fields& fields, RunSpec& spec) {
    section(fields, "model", "", [&](Fields& f) {
        f.name(Seam::Model, spec.model.name);
        section(f, "options", "model.", [&](Fields& options) {
            Named model{spec.model.name};
            options.options(Seam::Model, model);
            spec.model.options = model.options;
        });
    });
    section(fields, "optimizer", "", [&](Fields& f) {
        f.named(Seam::Optimizer, spec.optimizer);
        f.real("lr", spec.optimizer.lr, 0, 1000);
        f.real("weight_decay", spec.optimizer.weightDecay, 0, 1000);
        f.real("clip", spec.optimizer.clip, 0, kHuge);
        f.real("layer_decay", spec.optimizer.layerDecay, 0.01, 1);
    });
    section(fields, "schedule", "", [&](Fields& f) {
        f.named(Seam::Schedule, spec.schedule);
        f.real("warmup_epochs", spec.schedule.warmupEpochs, 0, kHuge);
    });
    section(fields, "loss", "", [&](Fields& f) {
        f.named(Seam::Loss, spec.loss);
        f.real("label_smoothing", spec.loss.labelSmoothing, 0, 1);
        section(f, "class_weights", "loss.", [&](Fields& w) { w.named(Seam::ClassWeights, spec.loss.classWeights); });
    });
    section(fields, "sampler", "", [&](Fields& f) { f.named(Seam::Sampler, spec.sampler); });
}

void readScalars(Fields& fields, RunSpec& spec) {
    fields.integer("version", spec.version, 1, 1);
    fields.text("name", spec.name);
    fields.choice("task", spec.task, names(Seam::Task));
    fields.choice("background", spec.background, {"auto", "class", "ignore"});
    fields.text("snapshot", spec.snapshot);
    fields.text("snapshot_name", spec.snapshotName);
    fields.integer("epochs", spec.epochs, 0, std::numeric_limits<int>::max());
    fields.integer("batch", spec.batch, 0, 1 << 20);
    fields.integer("accumulate", spec.accumulate, 1, 1 << 20);
    fields.real("ema", spec.ema, 0, 0.999999);
    fields.integer("freeze", spec.freeze, 0, 1000);
    fields.integer("early_stop", spec.earlyStop, 0, std::numeric_limits<int>::max());
    fields.seed("seed", spec.seed);
    fields.text("device", spec.device);
    if (!isDevice(spec.device)) fields.refuse("device", "one of auto, cpu, cuda, cuda:N");
    fields.choice("precision", spec.precision, {"auto", "fp32", "bf16", "fp16"});
    fields.text("weights", spec.weights);
    fields.integer("threads", spec.threads, 0, 4096);
    fields.integer("checkpoint_every", spec.checkpointEvery, 1, std::numeric_limits<int>::max());
    section(fields, "checkpoints", "",
            [&](Fields& f) { f.integer("keep_every", spec.keepEvery, 0, std::numeric_limits<int>::max()); });
}

/// What came before: the edits of the run, the run that it was forked from.
void readPast(Fields& fields, RunSpec& spec) {
    if (const Json* history = fields.take("history")) {
        auto read = historyFromJson(*history);
        if (read)
            spec.history = *std::move(read);
        else
            fields.adopt(fail(read.error()));
    }
    if (const Json* parent = fields.take("parent")) {
        auto read = parentFromJson(*parent);
        if (read)
            spec.parent = *std::move(read);
        else
            fields.adopt(fail(read.error()));
    }
}

/// What the task has no use for is refused, with what it has.
Result<> checkTask(const RunSpec& spec) {
    const auto check = [&](Seam seam, const std::string& key, const std::string& name) -> Result<> {
        const Choice* choice = find(seam, name);
        if (!choice || choice->serves(spec.task)) return {};
        return fail(ErrorCode::InvalidArgument, fmt::format("the run spec's {} \"{}\" is not for the task {}: one of {}", key, name,
                                                            spec.task, fmt::join(names(seam, spec.task), ", ")));
    };
    LATHE_CHECK(check(Seam::Model, "model.name", spec.model.name));
    LATHE_CHECK(check(Seam::Loss, "loss.name", spec.loss.name));
    for (const Augmentation& one : spec.augmentation) LATHE_CHECK(check(Seam::Augmentation, "augmentation", one.name));
    return {};
}

std::vector<std::string> splitPath(const std::string& path) {
    std::vector<std::string> parts{""};
    for (const char c : path) {
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

}  // namespace

Json toJson(const Preprocessing& p) {
    return {{"width", p.width},
            {"height", p.height},
            {"channels", p.channels},
            {"resize", p.resize},
            {"interpolation", p.interpolation},
            {"mean", p.mean},
            {"std", p.std}};
}

Result<Preprocessing> preprocessingFromJson(const Json& json) {
    Preprocessing result;
    Fields fields(json, "preprocessing.");
    fields.integer("width", result.width, 0, kMaxSide);
    fields.integer("height", result.height, 0, kMaxSide);
    fields.integer("channels", result.channels, 0, 3);
    if (result.channels == 2) fields.refuse("channels", "3 (RGB), 1 (grey) or 0 (by the images)");
    fields.choice("resize", result.resize, {"stretch", "letterbox", "none"});
    fields.choice("interpolation", result.interpolation, {"dct_area_linear", "area_linear"});
    fields.reals("mean", result.mean);
    fields.reals("std", result.std);
    const auto wrongCount = [&](const auto& values) {
        return !values.empty() && result.channels > 0 && values.size() != std::size_t(result.channels);
    };
    if (wrongCount(result.mean)) fields.refuse("mean", "one number a channel");
    if (wrongCount(result.std)) fields.refuse("std", "one number a channel");
    if (std::any_of(result.std.begin(), result.std.end(), [](double s) { return s <= 0; })) fields.refuse("std", "numbers above 0");
    LATHE_CHECK(fields.finish());
    return result;
}

RunSpec startingSpec(const std::string& task) {
    RunSpec spec;
    spec.task = task;
    spec.augmentation = {{"shift", Json{{"pixels", 2}}}};
    if (task == "classify") return spec;
    spec.augmentation = {{"flip"}, {"zoom_crop", Json{{"least", 0.4}}}, {"colour"}};
    spec.ema = 0.99;
    spec.loss.labelSmoothing = 0;
    if (task == "segment") {  // few pictures, each with many pixels of few classes: more variety, and the rare ones count more
        spec.augmentation = {{"flip"},
                             {"zoom_crop", Json{{"least", 0.3}}},
                             {"colour", Json{{"brightness", 0.4}, {"contrast", 0.4}, {"saturation", 0.4}, {"hue", 0.05}}},
                             {"affine", Json{{"degrees", 8}, {"scale", 0.2}}}};
        spec.loss.classWeights = {"sqrt_inverse"};
    }
    return spec;
}

static Json settingsOf(const RunSpec& spec) {
    Json augmentation = Json::array();
    for (const Augmentation& one : spec.augmentation) augmentation.push_back(flat(one));
    const Json options = spec.model.options.is_object() ? spec.model.options : Json::object();
    return {{"version", spec.version},
            {"name", spec.name},
            {"task", spec.task},
            {"snapshot", spec.snapshot},
            {"snapshot_name", spec.snapshotName},
            {"model", {{"name", spec.model.name}, {"options", options}}},
            {"preprocessing", toJson(spec.preprocessing)},
            {"augmentation", augmentation},
            {"optimizer", merged(flat(spec.optimizer), {{"lr", spec.optimizer.lr},
                                                        {"weight_decay", spec.optimizer.weightDecay},
                                                        {"clip", spec.optimizer.clip},
                                                        {"layer_decay", spec.optimizer.layerDecay}})},
            {"schedule", merged(flat(spec.schedule), {{"warmup_epochs", spec.schedule.warmupEpochs}})},
            {"loss", merged(flat(spec.loss),
                            {{"label_smoothing", spec.loss.labelSmoothing}, {"class_weights", flat(spec.loss.classWeights)}})},
            {"sampler", flat(spec.sampler)},
            {"background", spec.background},
            {"epochs", spec.epochs},
            {"batch", spec.batch},
            {"accumulate", spec.accumulate},
            {"ema", spec.ema},
            {"freeze", spec.freeze},
            {"early_stop", spec.earlyStop},
            {"seed", spec.seed},
            {"device", spec.device},
            {"precision", spec.precision},
            {"weights", spec.weights},
            {"threads", spec.threads},
            {"checkpoint_every", spec.checkpointEvery},
            {"checkpoints", {{"keep_every", spec.keepEvery}}}};
}

Json toJson(const RunSpec& spec) {
    Json json = settingsOf(spec);
    for (const SpecEdit& edit : spec.history) json["history"].push_back(toJson(edit));
    if (spec.parent) json["parent"] = toJson(*spec.parent);
    return json;
}

Result<RunSpec> runSpecFromJson(const Json& json) {
    RunSpec spec;
    Fields fields(json, "");
    readScalars(fields, spec);
    readSections(fields, spec);
    readPast(fields, spec);
    if (const Json* inner = fields.take("preprocessing")) {
        auto read = preprocessingFromJson(*inner);
        if (read)
            spec.preprocessing = *std::move(read);
        else
            fields.adopt(fail(read.error()));
    }
    if (const Json* list = fields.take("augmentation")) {
        auto read = augmentationsFromJson(*list);
        if (read)
            spec.augmentation = *std::move(read);
        else
            fields.adopt(fail(read.error()));
    }
    LATHE_CHECK(fields.finish());
    LATHE_CHECK(checkTask(spec));
    return spec;
}

Result<> setByPath(Json& spec, const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("--set {} must be KEY=VALUE, for example optimizer.lr=0.01", assignment));
    const std::string text = assignment.substr(equals + 1);
    Json value = Json::parse(text, nullptr, false);
    if (value.is_discarded()) value = text;
    Json* at = &spec;
    for (const std::string& part : splitPath(assignment.substr(0, equals))) {
        const bool number = !part.empty() && part.size() < 7 &&
                            std::all_of(part.begin(), part.end(), [](unsigned char c) { return std::isdigit(c); });
        if (part.empty()) return fail(ErrorCode::InvalidArgument, fmt::format("--set {} has an empty part in its key", assignment));
        if (at->is_array() && number && std::stoul(part) <= at->size())
            at = &(*at)[std::stoul(part)];
        else if (at->is_object() || at->is_null())
            at = &(*at)[part];
        else
            return fail(ErrorCode::InvalidArgument, fmt::format("--set {} goes below {}, which is no object", assignment, part));
    }
    *at = std::move(value);
    return {};
}

}  // namespace lathe::runs
