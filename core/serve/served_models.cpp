#include "core/serve/served_models.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <set>

#include "core/base/hash.h"
#include "core/serve/base64.h"
#include "core/serve/place.h"

namespace lathe::serve {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFile = "file:";

/// One segment of a path that stays where it is put.
bool isPlain(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

int versionNumber(const std::string& text) {
    int number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && number > 0 ? number : 0;
}

std::vector<std::string> storedVersions(const fs::path& model) {
    std::vector<std::string> versions;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(model, error)) {
        const auto name = entry.path().filename().string();
        if (versionNumber(name) > 0 && fs::exists(entry.path() / "manifest.json")) versions.push_back(name);
    }
    std::sort(versions.begin(), versions.end(), [](const auto& a, const auto& b) { return versionNumber(a) < versionNumber(b); });
    return versions;
}

Result<fs::path> chosenVersion(const fs::path& model) {
    std::error_code error;
    const auto live = fs::read_symlink(model / "live", error);
    if (!error) return model / live.filename();
    const auto versions = storedVersions(model);
    if (versions.empty())
        return fail(ErrorCode::NotFound, fmt::format("the repository has no model \"{}\"", model.filename().string()));
    return model / versions.back();
}

struct Upload {
    std::string version;
    std::map<std::string, std::string> files;
};

Result<Upload> uploadOf(const Json& parameters) {
    Upload upload;
    for (const auto& [key, value] : parameters.items()) {
        if (!key.starts_with(kFile) || !value.is_string()) continue;
        const auto path = std::string_view(key).substr(kFile.size());
        const auto slash = path.find('/');
        const std::string version(path.substr(0, slash)), file(slash == path.npos ? "" : path.substr(slash + 1));
        if (versionNumber(version) == 0 || !isPlain(file)) {
            return fail(ErrorCode::InvalidArgument, fmt::format("\"{}\" must be file:VERSION/NAME", key));
        }
        if (!upload.version.empty() && upload.version != version)
            return fail(ErrorCode::InvalidArgument, "send one version at a time");
        upload.version = version;
        LATHE_TRY(upload.files[file], fromBase64(value.get<std::string>()));
    }
    return upload;
}

Result<> checkReceived(const fs::path& folder, const std::string& name, const Upload& upload) {
    LATHE_TRY(const auto info, models::readPackage(folder));
    if (info.name != name || std::to_string(info.version) != upload.version) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the package is {}:{}, not {}:{}", info.name, info.version, name, upload.version));
    }
    return models::verifyPackage(folder, info.digest);
}

}  // namespace

Json ServedModel::metadata(const std::vector<std::string>& versions) const {
    return {
        {"name", name}, {"versions", versions}, {"platform", "lathe"}, {"inputs", model->inputs()}, {"outputs", model->outputs()}};
}

void ServedModels::setRepository(const fs::path& folder) {
    const std::lock_guard lock(m_mutex);
    m_repository = folder;
}

fs::path ServedModels::repository() const {
    const std::lock_guard lock(m_mutex);
    return m_repository.empty() ? m_received.path() : m_repository;
}

Result<> ServedModels::add(const fs::path& package) {
    LATHE_TRY(const auto info, models::readPackage(package));
    LATHE_CHECK(models::verifyPackage(package, info.digest));
    auto served = std::make_shared<ServedModel>();
    served->name = info.name;
    served->version = std::to_string(info.version);
    LATHE_TRY(served->model, EngineModel::load(*m_engine, package));
    Served before = served;
    const std::lock_guard lock(m_mutex);
    std::swap(m_models[info.name], before);
    return {};
}

Result<fs::path> ServedModels::receive(const std::string& name, const Json& parameters) const {
    const auto model = repository() / name;
    LATHE_TRY(const auto upload, uploadOf(parameters));
    if (upload.files.empty()) return chosenVersion(model);
    const auto folder = model / upload.version;
    const auto fill = [&](const fs::path& staging) -> Result<> {
        for (const auto& [file, bytes] : upload.files) LATHE_CHECK(base::writeFileAtomically(staging / file, bytes));
        return checkReceived(staging, name, upload);
    };
    if (fs::exists(folder)) {
        const auto manifest = upload.files.find("manifest.json");
        LATHE_TRY(const auto info, models::readPackage(folder));
        const bool same = manifest != upload.files.end() && base::sha256(manifest->second) == info.digest;
        if (!same) return fail(ErrorCode::AlreadyExists, fmt::format("version {} of {} is another package", upload.version, name));
        return folder;
    }
    LATHE_CHECK(placeFolder(folder, fill));
    return folder;
}

Result<> ServedModels::load(const std::string& name, const Json& parameters) {
    if (!isPlain(name)) return fail(ErrorCode::InvalidArgument, fmt::format("\"{}\" is not a model's name", name));
    LATHE_TRY(const auto folder, receive(name, parameters.is_object() ? parameters : Json::object()));
    LATHE_TRY(const auto info, models::readPackage(folder));
    if (info.name != name)
        return fail(ErrorCode::InvalidData, fmt::format("the package in the folder of {} is called {}", name, info.name));
    LATHE_CHECK(add(folder));
    return switchLink(repository() / name / "live", folder.filename().string());
}

Result<> ServedModels::unload(const std::string& name) {
    Served before;
    const std::lock_guard lock(m_mutex);
    const auto found = m_models.find(name);
    if (found == m_models.end()) return fail(ErrorCode::NotFound, fmt::format("model \"{}\" is not loaded", name));
    before = std::move(found->second);
    m_models.erase(found);
    return {};
}

Result<Served> ServedModels::find(const std::string& name, const std::string& version) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_models.find(name);
    if (found == m_models.end()) return fail(ErrorCode::NotFound, fmt::format("there is no model \"{}\"", name));
    if (version.empty() || version == found->second->version) return found->second;
    return fail(ErrorCode::NotFound,
                fmt::format("model \"{}\" is served in version {}, not {}", name, found->second->version, version));
}

std::vector<std::string> ServedModels::versionsOf(const std::string& name) const {
    const auto served = find(name, {});
    return served ? std::vector{(*served)->version} : std::vector<std::string>();
}

Json ServedModels::index(bool readyOnly) const {
    auto list = Json::array();
    std::set<std::pair<std::string, std::string>> ready;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [name, served] : m_models) ready.insert({name, served->version});
    }
    for (const auto& [name, version] : ready)
        list.push_back({{"name", name}, {"version", version}, {"state", "READY"}, {"reason", ""}});
    if (readyOnly) return list;
    std::error_code error;
    for (const auto& model : fs::directory_iterator(repository(), error)) {
        const auto name = model.path().filename().string();
        for (const auto& version : storedVersions(model.path())) {
            if (ready.contains({name, version})) continue;
            list.push_back({{"name", name}, {"version", version}, {"state", "UNAVAILABLE"}, {"reason", "not loaded"}});
        }
    }
    return list;
}

bool ServedModels::empty() const {
    const std::lock_guard lock(m_mutex);
    return m_models.empty();
}

}  // namespace lathe::serve
