#include "core/engine/load/manifest.h"

#include <fmt/format.h>
#include <fstream>

#include "core/base/json.h"

namespace lathe::engine::load {
namespace {

Result<Manifest> parseHeader(const std::string& line, const std::string& where) {
    LATHE_TRY(const Json json, base::parseJson(line, where));
    if (!json.is_object() || json.value("format", "") != "lathe-manifest")
        return fail(ErrorCode::InvalidData, "the first line is not the header of a lathe-manifest", where);
    if (json.value("version", 0) != 1) return fail(ErrorCode::NewerVersion, "the manifest was made by a newer Lathe", where);
    Manifest manifest;
    manifest.task = json.value("task", "");
    manifest.snapshot = json.value("snapshot", "");
    manifest.digest = json.value("digest", "");
    if (json.contains("classes")) manifest.classes = json["classes"].get<std::vector<std::string>>();
    return manifest;
}

template <class T>
T valueOr(const Json& json, const char* key, T fallback) {
    const auto found = json.find(key);
    return found == json.end() || found->is_null() ? fallback : found->get<T>();
}

annot::Shape shapeOf(const Json& json) {
    if (const auto points = json.find("points"); points != json.end()) {
        annot::Polygon polygon;
        for (const Json& ring : *points) {
            polygon.rings.emplace_back();
            for (std::size_t i = 0; i + 1 < ring.size(); i += 2)
                polygon.rings.back().push_back({ring[i].get<double>(), ring[i + 1].get<double>()});
        }
        return polygon;
    }
    if (const auto mask = json.find("mask"); mask != json.end())
        return annot::Mask{mask->at("size").at(0).get<std::uint32_t>(), mask->at("size").at(1).get<std::uint32_t>(),
                           mask->at("counts").get<std::vector<std::uint32_t>>()};
    const auto box = json.at("box").get<std::array<double, 4>>();
    return annot::Box{{box[0], box[1], box[2], box[3]}};
}

Result<std::vector<Object>> objectsOf(const Json& json, std::size_t classes, const std::string& where) {
    std::vector<Object> objects;
    for (const Json& one : valueOr<Json>(json, "objects", Json::array())) {
        const int category = valueOr(one, "class", -1);
        const auto kind = valueOr<std::string>(one, "kind", "");
        if (kind == "point" || kind == "polyline") continue;  // they enclose nothing
        if (category >= int(classes))
            return fail(ErrorCode::InvalidData, fmt::format("class {}, but there are {} classes", category, classes), where);
        objects.push_back({category, shapeOf(one), valueOr(one, "crowd", false)});
    }
    return objects;
}

Result<Sample> parseSample(const std::string& line, const std::filesystem::path& folder, std::size_t classes, bool objects,
                           const std::string& where) {
    LATHE_TRY(const Json json, base::parseJson(line, where));
    Sample sample;
    sample.image = valueOr<std::int64_t>(json, "image", 0);
    sample.digest = valueOr<std::string>(json, "digest", "");
    const std::filesystem::path path = valueOr<std::string>(json, "path", "");
    if (path.empty()) return fail(ErrorCode::InvalidData, "an image without a path", where);
    sample.path = path.is_absolute() ? path.string() : (folder / path).lexically_normal().string();
    sample.width = valueOr(json, "width", 0), sample.height = valueOr(json, "height", 0);
    sample.split = valueOr<std::string>(json, "split", "");
    sample.state = valueOr<std::string>(json, "state", "");
    sample.label = valueOr(json, "label", -1);
    if (sample.label >= int(classes))
        return fail(ErrorCode::InvalidData, fmt::format("label {}, but there are {} classes", sample.label, classes), where);
    if (objects) {
        LATHE_TRY(sample.objects, objectsOf(json, classes, where));
    }
    return sample;
}

}  // namespace

Result<Manifest> readManifest(const std::filesystem::path& file, const std::string& task) {
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::NotFound, "the data manifest can't be opened", file.string());
    const auto where = [&](std::size_t number) { return fmt::format("{}:{}", file.string(), number); };
    std::string line;
    if (!std::getline(in, line)) return fail(ErrorCode::InvalidData, "the data manifest is empty", file.string());
    try {
        LATHE_TRY(Manifest manifest, parseHeader(line, where(1)));
        const auto folder = std::filesystem::absolute(file).parent_path();
        const bool objects = (task.empty() ? manifest.task : task) != "classify";
        for (std::size_t number = 2; std::getline(in, line); ++number) {
            if (line.empty()) continue;
            LATHE_TRY(Sample sample, parseSample(line, folder, manifest.classes.size(), objects, where(number)));
            manifest.samples.push_back(std::move(sample));
        }
        return manifest;
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("a field of the manifest has the wrong type: {}", error.what()),
                    file.string());
    }
}

}  // namespace lathe::engine::load
