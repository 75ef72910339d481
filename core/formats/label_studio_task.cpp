// Which annotation of a task counts, and where its pictures are.
#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "core/formats/json_items.h"
#include "core/formats/label_studio.h"

namespace lathe::formats::labelstudio {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 12> kMinFields{"id",         "annotator", "annotation_id", "created_at",
                                                 "updated_at", "lead_time", "agreement",     "project",
                                                 "inner_id",   "comments",  "reviewed",      "completed_by"};

std::string extensionOf(std::string_view mime) {
    if (mime.find("jpeg") != std::string_view::npos || mime.find("jpg") != std::string_view::npos) return "jpg";
    for (const char* known : {"png", "webp", "gif", "bmp", "tiff"})
        if (mime.find(known) != std::string_view::npos) return known;
    return "png";
}

bool namesImage(const std::string& text) {
    if (text.starts_with("data:image/") || text.starts_with("/data/upload/")) return true;
    return hasImageSuffix(fs::path(addressOf(text.substr(0, 4096)).path));
}

/// The pictures that a value of data names; none when it names something else.
std::vector<std::string> picturesOf(const Json& value, bool certain) {
    std::vector<std::string> pictures;
    const auto add = [&](const Json& one) {
        std::string text = one.is_string() ? one.get<std::string>() : std::string();
        for (const char* key : {"url", "image", "path"})
            if (text.empty()) text = textOf(one, key);
        if (!text.empty() && (certain || namesImage(text))) pictures.push_back(std::move(text));
    };
    if (value.is_array())
        for (const Json& one : value) add(one);
    else
        add(value);
    return pictures;
}

/// Where the picture is: under "image", else under the first key that names one, else under the only text.
void findPictures(const Json& data, Task& task) {
    const auto take = [&](const std::string& key, bool certain) {
        task.pictures = picturesOf(memberOf(data, key), certain);
        task.key = key;
        return !task.pictures.empty();
    };
    if (!data.is_object() || take("image", true)) return;
    for (const auto& [key, value] : data.items())
        if (take(key, false)) return;
    if (take("img", true) || take("images", true)) return;
    task.pictures.clear();
}

struct Choice {
    const Json* chosen = nullptr;
    std::size_t count = 0;
};

bool isTrue(const Json& object, const char* key) {
    return memberOf(object, key) == Json(true);
}

std::string changeOf(const Json& annotation) {
    const std::string updated = textOf(annotation, "updated_at");
    return updated.empty() ? textOf(annotation, "created_at") : updated;
}

/// Of those that weren't skipped: the ground truth, else the latest.
Choice annotationIn(const Json& annotations, Tally& tally) {
    Choice choice;
    if (!annotations.is_array()) return choice;
    for (const Json& one : annotations) {
        if (!one.is_object()) continue;
        if (isTrue(one, "was_cancelled") || isTrue(one, "skipped")) {
            ++tally.cancelled;
            continue;
        }
        ++choice.count;
        const bool truth = isTrue(one, "ground_truth") || isTrue(one, "honeypot");
        const bool held = choice.chosen && (isTrue(*choice.chosen, "ground_truth") || isTrue(*choice.chosen, "honeypot"));
        if (!choice.chosen || truth > held || (truth == held && changeOf(one) > changeOf(*choice.chosen))) choice.chosen = &one;
    }
    return choice;
}

std::string nameOf(const Json& annotation) {
    const Json& by = memberOf(annotation, "completed_by");
    std::string who = by.is_object() ? textOf(by, "email") : textOf(annotation, "completed_by");
    if (who.empty()) who = textOf(annotation, "model_version");
    return fmt::format("{}{}{}", textOf(annotation, "id"), who.empty() ? "" : " by ", who);
}

/// Names the ones that are left out; nothing is lost in silence.
void sayOthers(const Json& all, const Choice& choice, const char* what, const Task& task, Problems& problems) {
    if (choice.count < 2) return;
    std::string others;
    for (const Json& one : all)
        if (&one != choice.chosen && one.is_object() && !isTrue(one, "was_cancelled") && !isTrue(one, "skipped"))
            others += (others.empty() ? "" : ", ") + nameOf(one);
    const bool truth = isTrue(*choice.chosen, "ground_truth");
    problems.push_back({task.item, "several_annotations",
                        fmt::format("has {} {}s; {} ({}) is taken, left out: {}", choice.count, what, nameOf(*choice.chosen),
                                    truth ? "the ground truth" : "the latest", others)});
}

Json without(const Json& object, std::initializer_list<const char*> keys) {
    Json rest = object;
    for (const char* key : keys) rest.erase(key);
    return rest;
}

void takeAnnotation(const Json& json, Task& task, Tally& tally, Problems& problems) {
    const Json& annotations = memberOf(json, json.contains("annotations") ? "annotations" : "completions");
    const Json& predictions = memberOf(json, "predictions");
    const std::size_t predicted = predictions.is_array() ? predictions.size() : 0;
    const Choice choice = annotationIn(annotations, tally);
    if (memberOf(json, "drafts").is_array()) tally.drafts += std::int64_t(json["drafts"].size());
    if (choice.chosen) {
        sayOthers(annotations, choice, "annotation", task, problems);
        if (memberOf(*choice.chosen, "result").is_array()) task.results = (*choice.chosen)["result"];
        if (Json rest = without(*choice.chosen, {"result"}); !rest.empty()) task.extra["annotation"] = std::move(rest);
        tally.predictionsLeft += std::int64_t(predicted);
        return;
    }
    Tally none;
    const Choice guess = annotationIn(predictions, none);
    if (!guess.chosen || !memberOf(*guess.chosen, "result").is_array()) return;
    sayOthers(predictions, guess, "prediction", task, problems);
    task.results = (*guess.chosen)["result"];
    task.model = textOf(*guess.chosen, "model_version");
    if (task.model.empty()) task.model = "unknown";
    task.score = numberAt(*guess.chosen, "score");
    ++tally.predicted;
}

/// A value of JSON_MIN as the result that it was; its control's name is all that is left of where it came from.
void addLeast(const std::string& name, const Json& value, Json& results) {
    static constexpr std::array<const char*, 6> kinds{"choices", "taxonomy", "number", "rating", "text", "datetime"};
    Json result{{"from_name", name}, {"value", value}};
    for (const char* side : {"original_width", "original_height"})
        if (value.contains(side)) result[side] = value[side];
    for (const char* kind : kinds)
        if (value.contains(kind)) result["type"] = std::string_view(kind) == "text" ? "textarea" : kind;
    if (hasGeometry(value)) {
        // Which values belong to one region shows in their numbers alone.
        Json id;
        for (const char* key : {"x", "y", "width", "height", "points", "radiusX", "vertices"})
            if (value.contains(key)) id[key] = value[key];
        if (!id.is_null()) result["id"] = id.dump();
    }
    results.push_back(std::move(result));
}

bool isChoiceName(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return name.find("choice") != std::string::npos || name == "label" || name == "class" || name == "category";
}

void takeLeast(const Json& json, Task& task) {
    task.least = true;
    task.changed = changeOf(json);
    for (const auto& [key, value] : json.items()) {
        if (key == task.key) continue;
        if (std::ranges::find(kMinFields, key) != kMinFields.end()) {
            task.extra["task"][key] = value;
        } else if (value.is_string() && isChoiceName(key)) {
            addLeast(key, {{"choices", Json::array({value})}}, task.results);
        } else if (value.is_object() && !value.empty()) {
            addLeast(key, value, task.results);
        } else if (value.is_array() && !value.empty() &&
                   std::ranges::all_of(value, [](const Json& one) { return one.is_object(); })) {
            for (const Json& one : value) addLeast(key, one, task.results);
        } else {
            task.extra["data"][key] = value;
        }
    }
}

}  // namespace

Address addressOf(const std::string& text) {
    Address address;
    if (text.starts_with("data:")) {
        const auto comma = text.find(',');
        const std::string_view head = std::string_view(text).substr(0, comma);
        auto bytes = comma == std::string::npos || head.find(";base64") == std::string_view::npos
                         ? std::nullopt
                         : bytesOfBase64(std::string_view(text).substr(comma + 1));
        address.broken = !bytes;
        if (bytes) address.content = std::make_shared<const std::string>(std::move(*bytes));
        address.path = "picture." + extensionOf(head);
        return address;
    }
    std::string path = text;
    if (const auto at = path.find("fileuri="); at != std::string::npos)  // of a storage that Label Studio stands before
        if (const auto inner = bytesOfBase64(withoutPercents(path.substr(at + 8, path.find('&', at) - at - 8)))) path = *inner;
    if (const auto at = path.find("/data/local-files/?d="); at != std::string::npos)
        return address.path = withoutPercents(path.substr(at + 21, path.find('&', at) - at - 21)), address;
    if (const auto at = path.find("://"); at != std::string::npos) {
        const auto slash = path.find('/', at + 3);
        path = slash == std::string::npos ? path.substr(at + 3) : path.substr(slash + 1);
        path = withoutPercents(path.substr(0, path.find_first_of("?#")));
    }
    if (const auto at = path.find("data/upload/"); at != std::string::npos && at <= 1) path = withoutPercents(path.substr(at + 12));
    address.path = std::move(path);
    return address;
}

Task taskOf(const Json& json, const std::string& file, std::int64_t place, Tally& tally, Problems& problems) {
    Task task;
    const std::string id = textOf(json, "id").empty() ? fmt::format("number {}", place + 1) : textOf(json, "id");
    task.item = fmt::format("{}, task {}", file, id);
    task.extra = Json::object();
    const Json& data = memberOf(json, "data");
    const bool whole = data.is_object() || json.contains("annotations") || json.contains("completions");
    findPictures(data.is_object() ? data : json, task);
    if (!whole) {
        takeLeast(json, task);
    } else {
        takeAnnotation(json, task, tally, problems);
        if (Json rest = without(json, {"annotations", "completions", "predictions", "drafts", "data", "lathe"}); !rest.empty())
            task.extra["task"] = std::move(rest);
        task.other = memberOf(memberOf(json, "lathe"), "extra");
        if (data.is_object()) {
            task.split = textOf(data, "split");
            task.size = {numberAt(data, "width").value_or(0), numberAt(data, "height").value_or(0)};
            Json rest = data;
            for (const std::string& key : {task.key, std::string("split"), std::string("width"), std::string("height")})
                rest.erase(key);
            if (!rest.empty()) task.extra["data"] = std::move(rest);
        }
    }
    if (task.key != "image") task.extra["key"] = task.key;
    return task;
}

}  // namespace lathe::formats::labelstudio
