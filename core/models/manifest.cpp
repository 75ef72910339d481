#include "core/models/manifest.h"

#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "core/base/files.h"
#include "core/base/hash.h"

namespace lathe::models {

namespace fs = std::filesystem;

namespace {

bool staysInside(const fs::path& path) {
    return !path.empty() && path.is_relative() && std::none_of(path.begin(), path.end(), [](const auto& p) { return p == ".."; });
}

Result<> checkFile(const fs::path& folder, const PackageFile& file) {
    const auto path = folder / file.path;
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(path, error))) {
        return fail(ErrorCode::Corrupt, "A file of the package is missing.", path.string());
    }
    const auto size = fs::file_size(path, error);
    if (error || size != file.size) return fail(ErrorCode::Corrupt, "A file of the package has another size.", path.string());
    LATHE_TRY(const auto digest, base::sha256OfFile(path));
    if (digest != file.sha256) return fail(ErrorCode::Corrupt, "A file of the package was changed.", path.string());
    return {};
}

/// Relative names of everything in the folder but manifest and signature.
std::set<std::string> namesIn(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_directory() && !entry.is_symlink()) continue;
        auto name = entry.path().lexically_relative(folder).generic_string();
        if (name != kManifest && name != kSignature) names.insert(std::move(name));
    }
    return names;
}

}  // namespace

Result<std::vector<PackageFile>> listFiles(const fs::path& folder) {
    std::vector<PackageFile> files;
    for (const auto& name : namesIn(folder)) {
        LATHE_TRY(auto digest, base::sha256OfFile(folder / name));
        files.push_back({name, std::move(digest), fs::file_size(folder / name)});
    }
    return files;
}

Result<std::vector<PackageFile>> filesOf(const Json& manifest, const std::string& context) {
    std::vector<PackageFile> files;
    try {
        for (const auto& item : manifest.at("files")) {
            PackageFile file{item.at("path"), item.at("sha256"), item.at("size")};
            if (!staysInside(file.path)) {
                return fail(ErrorCode::InvalidData, fmt::format("\"{}\" leaves the package's folder.", file.path), context);
            }
            files.push_back(std::move(file));
        }
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("The manifest's list of files can't be read: {}", error.what()), context);
    }
    return files;
}

Json toJson(const std::vector<PackageFile>& files) {
    auto list = Json::array();
    for (const auto& file : files) list.push_back({{"path", file.path}, {"sha256", file.sha256}, {"size", file.size}});
    return list;
}

Result<PackageInfo> readPackage(const fs::path& folder) {
    const auto file = folder / kManifest;
    if (!fs::exists(file))
        return fail(ErrorCode::NotFound, "This folder is not a model package; it has no manifest.json.", folder.string());
    LATHE_TRY(const auto text, base::readFile(file, 16 << 20));
    LATHE_TRY(const auto json, base::parseJson(text, file.string()));
    PackageInfo info;
    LATHE_TRY(info.files, filesOf(json, file.string()));
    info.digest = base::sha256(text);
    info.folder = folder;
    try {
        info.name = json.at("name");
        info.version = json.at("version");
        info.task = json.at("task");
        info.labels = json.value("labels", std::vector<std::string>());
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("The manifest can't be read: {}", error.what()), file.string());
    }
    return info;
}

Result<> verifyPackage(const fs::path& folder, const std::string& digest) {
    LATHE_TRY(const auto info, readPackage(folder));
    if (info.digest != digest) {
        return fail(ErrorCode::Corrupt, "manifest.json was changed: its SHA-256 is not the package's digest.",
                    (folder / kManifest).string());
    }
    std::set<std::string> known;
    for (const auto& file : info.files) {
        LATHE_CHECK(checkFile(folder, file));
        known.insert(file.path);
    }
    for (const auto& name : namesIn(folder)) {
        if (!known.contains(name))
            return fail(ErrorCode::Corrupt, "A file that the manifest doesn't name is in the package.", (folder / name).string());
    }
    return {};
}

}  // namespace lathe::models
