#include "core/runs/figures/kept.h"

#include <fmt/format.h>

#include <algorithm>

namespace lathe::runs::figures {
namespace {

DetectionBox boxFrom(const Json& json) {
    const Json& b = json.at("box");
    return {b.at(0), b.at(1), b.at(2), b.at(3)};
}

bool holdsSplit(const Json& samples, const std::string& split) {
    return std::any_of(samples.begin(), samples.end(), [&](const Json& s) { return s.at("split") == split; });
}

KeptSample sampleFrom(const Json& json) {
    KeptSample s;
    s.image = json.at("image"), s.label = json.at("label");
    s.predicted = json.value("predicted", -1);
    s.right = json.value("right", s.label == s.predicted);
    if (const auto c = json.find("confidence"); c != json.end() && c->is_number()) s.confidence = *c;
    s.width = json.value("width", 0), s.height = json.value("height", 0);
    s.probabilities = json.value("probabilities", std::vector<float>());
    s.found = json.value("found", std::int64_t(0)), s.falsely = json.value("false", std::int64_t(0));
    s.missed = json.value("truths", s.found) - s.found;
    s.intersection = json.value("intersection", std::vector<std::int64_t>());
    s.together = json.value("union", std::vector<std::int64_t>());
    s.pixels = json.value("pixels", std::vector<std::int64_t>());
    return s;
}

void addBoxes(const Json& json, Kept& kept) {
    const int place = int(kept.samples.size());
    for (const Json& object : json.at("objects"))
        kept.detections.push_back({place, object.at("class"), boxFrom(object), object.at("confidence")});
    if (!json.contains("asked")) return;
    kept.hasTruths = true;
    for (const Json& truth : json["asked"]) {
        const DetectionBox box = boxFrom(truth);
        kept.truths.push_back({place, truth.at("class"), box, truth.value("area", box.w * box.h), truth.value("crowd", false)});
    }
}

void addSample(const Json& json, Kept& kept) {
    KeptSample sample = sampleFrom(json);
    if (json.contains("objects"))
        kept.task = Task::Detect;
    else if (!sample.together.empty())
        kept.task = Task::Segment;
    if (sample.label < 0 && kept.task == Task::Classify) return;
    if (kept.task == Task::Detect) addBoxes(json, kept);
    kept.samples.push_back(std::move(sample));
}

/// Classes that samples name but the list lacks get their number as a name.
void nameClasses(Kept& kept) {
    std::size_t most = kept.classes.size();
    const auto atLeast = [&](auto n) { most = std::max(most, std::size_t(n)); };
    for (const KeptSample& s : kept.samples) {
        if (kept.task == Task::Classify) atLeast(std::max(s.label, s.predicted) + 1);
        atLeast(s.probabilities.size()), atLeast(s.together.size());
    }
    for (const auto& t : kept.truths) atLeast(t.category + 1);
    for (const auto& d : kept.detections) atLeast(d.category + 1);
    while (kept.classes.size() < most) kept.classes.push_back(std::to_string(kept.classes.size()));
}

}  // namespace

std::string_view name(Task task) {
    return task == Task::Classify ? "classify" : task == Task::Detect ? "detect" : "segment";
}

Result<Kept> keptOf(const Json& json, std::string split) {
    Kept kept;
    std::size_t read = 0;
    try {
        const Json& samples = json.at("samples");
        if (split.empty()) split = holdsSplit(samples, "test") ? "test" : "val";
        kept.split = split;
        kept.classes = json.value("classes", std::vector<std::string>());
        for (const Json& sample : samples) {
            ++read;
            if (split == "all" || sample.at("split") == split) addSample(sample, kept);
        }
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("sample {} can't be read: {}", read, error.what()));
    }
    if (kept.samples.empty()) return fail(ErrorCode::NotFound, fmt::format("no labelled image of the split {} was judged", split));
    nameClasses(kept);
    return kept;
}

}  // namespace lathe::runs::figures
