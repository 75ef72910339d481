#include "core/runs/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace lathe::runs {
namespace {

constexpr int kKeptEpochs = 64;
constexpr int kLargestMask = 1 << 14;

ValidationBox boxFrom(const Json& json) {
    ValidationBox box{json.value("class", 0), json.at("box").get<std::array<double, 4>>(), json.value("confidence", 1.0),
                      json.value("right", !json.value("crowd", false))};
    return box;
}

std::vector<ValidationBox> boxesFrom(const Json& json, const char* key) {
    std::vector<ValidationBox> boxes;
    if (json.contains(key))
        for (const Json& box : json.at(key)) boxes.push_back(boxFrom(box));
    return boxes;
}

Result<ClassRuns> maskFrom(const Json& json) {
    return json.contains("mask") ? classRunsFromJson(json.at("mask")) : ClassRuns{};
}

Result<ValidationTruth> truthFrom(const Json& json) {
    ValidationTruth truth;
    truth.image = json.at("image").get<std::int64_t>();
    truth.name = json.value("name", std::string());
    truth.width = json.value("width", 0), truth.height = json.value("height", 0), truth.label = json.value("label", -1);
    truth.boxes = boxesFrom(json, "boxes");
    LATHE_TRY(truth.mask, maskFrom(json));
    return truth;
}

Result<ValidationSaid> saidFrom(const Json& json) {
    ValidationSaid said;
    said.image = json.at("image").get<std::int64_t>();
    said.right = json.value("right", false);
    said.predicted = json.value("predicted", -1), said.confidence = json.value("confidence", 0.0);
    for (const Json& one : json.value("top", Json::array())) said.top.emplace_back(one.at(0).get<int>(), one.at(1).get<double>());
    said.boxes = boxesFrom(json, "objects");
    said.truths = json.value("truths", 0), said.found = json.value("found", 0), said.falsely = json.value("false", 0);
    said.miou = json.value("miou", 0.0), said.pixelAccuracy = json.value("pixel_accuracy", 0.0);
    LATHE_TRY(said.mask, maskFrom(json));
    return said;
}

Result<ValidationSet> setFrom(const Json& json) {
    ValidationSet set{json.value("task", std::string()),
                      json.value("metric", std::string()),
                      json.at("classes").get<std::vector<std::string>>(),
                      {}};
    for (const Json& one : json.at("pictures")) {
        LATHE_TRY(ValidationTruth truth, truthFrom(one));
        set.pictures.push_back(std::move(truth));
    }
    return set;
}

Result<ValidationEpoch> epochFrom(const Json& json) {
    ValidationEpoch epoch{
        json.at("epoch").get<int>(), json.value("value", 0.0), json.value("better", false), json.value("threshold", 0.5), {}};
    for (const Json& one : json.at("said")) {
        LATHE_TRY(ValidationSaid said, saidFrom(one));
        epoch.said.push_back(std::move(said));
    }
    return epoch;
}

/// What a file of another program or a damaged one holds is told, not thrown.
template <class Parse>
auto parsed(const std::filesystem::path& file, Parse parse) -> decltype(parse(Json())) {
    LATHE_TRY(const Json json, base::readJson(file));
    try {
        auto result = parse(json);
        if (result) return result;
        return fail(result.error().code, result.error().message, file.string());
    } catch (const std::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("this is no record of validation pictures ({})", error.what()),
                    file.string());
    }
}

}  // namespace

std::filesystem::path validationFolder(const RunFolder& folder) {
    return folder.path() / "validation";
}

std::filesystem::path validationFile(const RunFolder& folder, int epoch) {
    return validationFolder(folder) / fmt::format("{:06}.json", epoch);
}

std::vector<int> validationEpochs(const RunFolder& folder) {
    std::vector<int> epochs;
    std::error_code error;
    for (std::filesystem::directory_iterator file(validationFolder(folder), error), end; !error && file != end;
         file.increment(error)) {
        const std::string name = file->path().stem().string();
        int epoch = 0;
        const auto [rest, wrong] = std::from_chars(name.data(), name.data() + name.size(), epoch);
        const bool whole = wrong == std::errc() && rest == name.data() + name.size();
        if (whole && epoch > 0 && file->path().extension() == ".json") epochs.push_back(epoch);
    }
    std::sort(epochs.begin(), epochs.end());
    return epochs;
}

bool keepsValidation(int epoch, int epochs, bool better) {
    const int every = (std::max(1, epochs) + kKeptEpochs - 1) / kKeptEpochs;
    return better || epoch % every == 0 || epoch == 1 || epoch >= epochs;
}

Json toJson(const ClassRuns& mask) {
    Json runs = Json::array();
    for (std::size_t at = 0; at < mask.pixels.size();) {
        const std::size_t begin = at;
        while (at < mask.pixels.size() && mask.pixels[at] == mask.pixels[begin]) ++at;
        runs.push_back(mask.pixels[begin]);
        runs.push_back(at - begin);
    }
    return {{"width", mask.width}, {"height", mask.height}, {"runs", std::move(runs)}};
}

Result<ClassRuns> classRunsFromJson(const Json& json) {
    const auto wrong = [] { return fail(ErrorCode::InvalidData, "a mask's runs don't fill it"); };
    if (!json.is_object() || !json.contains("runs") || !json["runs"].is_array()) return wrong();
    ClassRuns mask{json.value("width", 0), json.value("height", 0), {}};
    if (mask.width <= 0 || mask.height <= 0 || mask.width > kLargestMask || mask.height > kLargestMask) return wrong();
    const std::size_t size = std::size_t(mask.width) * std::size_t(mask.height);
    const Json& runs = json["runs"];
    mask.pixels.reserve(size);
    for (std::size_t i = 0; i + 1 < runs.size(); i += 2) {
        if (!runs[i].is_number_integer() || !runs[i + 1].is_number_integer()) return wrong();
        const auto count = runs[i + 1].get<std::int64_t>();
        if (count < 0 || std::size_t(count) > size - mask.pixels.size()) return wrong();
        mask.pixels.insert(mask.pixels.end(), std::size_t(count), std::uint8_t(runs[i].get<int>()));
    }
    return mask.pixels.size() == size ? Result<ClassRuns>(std::move(mask)) : wrong();
}

Result<ValidationSet> readValidationSet(const RunFolder& folder) {
    return parsed(validationFolder(folder) / "pictures.json", setFrom);
}

Result<ValidationEpoch> readValidationEpoch(const RunFolder& folder, int epoch) {
    return parsed(validationFile(folder, epoch), epochFrom);
}

}  // namespace lathe::runs
