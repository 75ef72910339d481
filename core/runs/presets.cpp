#include "core/runs/presets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

// For lupdate, which follows no other macro; the window translates these words.
#define QT_TRANSLATE_NOOP(context, text) text

namespace lathe::runs {
namespace {

constexpr std::array kPresets{
    Preset{"usual", QT_TRANSLATE_NOOP("Catalogue", "Usual"),
           QT_TRANSLATE_NOOP("Catalogue", "A good first run: the engine chooses by the pictures")},
    Preset{"quick", QT_TRANSLATE_NOOP("Catalogue", "Quick"),
           QT_TRANSLATE_NOOP("Catalogue", "A first answer in a fraction of the time: few epochs, smaller pictures")},
    Preset{"accurate", QT_TRANSLATE_NOOP("Catalogue", "Accurate"),
           QT_TRANSLATE_NOOP("Catalogue", "The best that a processor does over night: larger pictures, more epochs, more variety")},
    Preset{"smallest", QT_TRANSLATE_NOOP("Catalogue", "Smallest"),
           QT_TRANSLATE_NOOP("Catalogue", "A small and fast model for small machines")},
};

constexpr double kTrainShare = 0.7;  ///< of the images, where nobody says

/// What a preset changes for one task. Epochs are for 4,000 training images, as the engine's own (resolve.cpp).
struct Recipe {
    std::string_view preset, task, model;
    int side;
    double epochs;
    std::vector<Augmentation> augmentation;
};

Augmentation one(const char* name, Json options = Json::object()) {
    return {name, std::move(options)};
}

const std::vector<Recipe>& recipes() {
    const auto shift = one("shift", {{"pixels", 2}});
    const auto zoom = [](double least) { return one("zoom_crop", {{"least", least}}); };
    static const std::vector<Recipe> all = {
        {"quick", "classify", "small", 0, 4, {shift}},
        {"accurate", "classify", "auto", 0, 30, {shift, one("rand", {{"count", 2}, {"strength", 0.25}})}},
        {"smallest", "classify", "small", 0, 16, {shift}},
        {"quick", "detect", "fcos_light", 224, 5, {one("flip"), zoom(0.5)}},
        {"accurate", "detect", "fcos_light", 416, 22, {one("flip"), zoom(0.35), one("colour"), one("mosaic", {{"p", 0.3}})}},
        {"smallest", "detect", "fcos_light", 224, 18, {one("flip"), zoom(0.4), one("colour")}},
        {"quick", "segment", "unet_light", 256, 5, {one("flip"), zoom(0.5)}},
        {"accurate", "segment", "unet_light", 512, 40, startingSpec("segment").augmentation},
        {"smallest", "segment", "unet_light", 256, 32, startingSpec("segment").augmentation},
    };
    return all;
}

int epochsOf(double epochs, std::int64_t images) {
    const double train = images > 0 ? std::max(1.0, kTrainShare * double(images)) : 1000;
    return std::max(1, int(std::lround(epochs * std::clamp(std::sqrt(4000 / train), 0.5, 5.0))));
}

}  // namespace

std::span<const Preset> presets() {
    return kPresets;
}

std::vector<std::string> presetNames() {
    std::vector<std::string> names;
    for (const Preset& preset : kPresets) names.emplace_back(preset.name);
    return names;
}

Result<RunSpec> presetSpec(std::string_view preset, const std::string& task, std::int64_t images) {
    RunSpec spec = startingSpec(task);
    if (preset.empty() || preset == "usual") return spec;
    const auto recipe =
        std::find_if(recipes().begin(), recipes().end(), [&](const Recipe& r) { return r.preset == preset && r.task == task; });
    if (recipe == recipes().end())
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("there is no preset \"{}\" of {}: take one of {}", preset, task, fmt::join(presetNames(), ", ")));
    spec.model.name = recipe->model;
    spec.preprocessing.width = spec.preprocessing.height = recipe->side;
    spec.epochs = epochsOf(recipe->epochs, images);
    spec.augmentation = recipe->augmentation;
    if (preset == "smallest" && task == "classify") spec.model.options = {{"width", 8}};
    return spec;
}

}  // namespace lathe::runs
