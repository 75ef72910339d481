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

Result<Sample> parseSample(const std::string& line, const std::filesystem::path& folder, std::size_t classes,
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
    sample.label = valueOr(json, "label", -1);
    if (sample.label >= int(classes))
        return fail(ErrorCode::InvalidData, fmt::format("label {}, but there are {} classes", sample.label, classes), where);
    return sample;
}

}  // namespace

Result<Manifest> readManifest(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::NotFound, "the data manifest can't be opened", file.string());
    const auto where = [&](std::size_t number) { return fmt::format("{}:{}", file.string(), number); };
    std::string line;
    if (!std::getline(in, line)) return fail(ErrorCode::InvalidData, "the data manifest is empty", file.string());
    try {
        LATHE_TRY(Manifest manifest, parseHeader(line, where(1)));
        const auto folder = std::filesystem::absolute(file).parent_path();
        for (std::size_t number = 2; std::getline(in, line); ++number) {
            if (line.empty()) continue;
            LATHE_TRY(Sample sample, parseSample(line, folder, manifest.classes.size(), where(number)));
            manifest.samples.push_back(std::move(sample));
        }
        return manifest;
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("a field of the manifest has the wrong type: {}", error.what()),
                    file.string());
    }
}

}  // namespace lathe::engine::load
