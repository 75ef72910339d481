#include "core/serve/folder_target.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/serve/place.h"

namespace lathe::serve {

namespace fs = std::filesystem;

namespace {

/// The version a live link points to; empty without one.
std::string liveVersion(const fs::path& model) {
    std::error_code error;
    const auto target = fs::read_symlink(model / "live", error);
    return error ? std::string() : target.string();
}

Result<> sameAs(const fs::path& package, const fs::path& uploaded) {
    LATHE_TRY(const auto info, models::readPackage(package));
    return models::verifyPackage(uploaded, info.digest);
}

}  // namespace

Result<std::unique_ptr<Target>> makeFolderTarget(const TargetRow& row) {
    const auto root = pathOfUrl(row.url);
    if (root.empty()) return fail(ErrorCode::InvalidArgument, "A folder target needs a folder as its url.", row.name);
    return std::make_unique<FolderTarget>(root);
}

fs::path FolderTarget::uploadedFolder(const std::string& model, int version) const {
    return m_root / model / std::to_string(version);
}

Result<std::string> FolderTarget::test() {
    LATHE_CHECK(base::makeFolders(m_root));
    if (!base::isWritable(m_root)) return fail(ErrorCode::ReadOnly, "The folder can't be written to.", m_root.string());
    return fmt::format("The folder {} can be written to.", m_root.string());
}

Result<> FolderTarget::upload(const std::string& model, int version, const fs::path& package, std::stop_token stop,
                              const Progress& progress) {
    const auto folder = uploadedFolder(model, version);
    const auto fill = [&](const fs::path& staging) -> Result<> {
        LATHE_CHECK(copyFolder(package, staging, stop, progress));
        return sameAs(package, staging);
    };
    LATHE_CHECK(placeFolder(folder, fill));
    auto same = sameAs(package, folder);
    if (same) return {};
    return fail(ErrorCode::AlreadyExists,
                fmt::format("Version {} of {} is there already and is not this package: {}", version, model, same.error().message),
                folder.string());
}

Result<> FolderTarget::activate(const std::string& model, int version) {
    if (!fs::exists(uploadedFolder(model, version))) {
        return fail(ErrorCode::NotFound, "This version was not uploaded.", uploadedFolder(model, version).string());
    }
    return switchLink(m_root / model / "live", std::to_string(version));
}

Result<> FolderTarget::deactivate(const std::string& model, int version) {
    if (liveVersion(m_root / model) != std::to_string(version)) return {};
    std::error_code error;
    fs::remove(m_root / model / "live", error);
    if (error) return fail(base::errnoError(error.value(), "remove", m_root / model / "live"));
    return {};
}

Result<Tensor> FolderTarget::infer(const std::string&, int, const Tensor&) {
    return fail(ErrorCode::Unsupported, "A folder answers no requests.", m_root.string());
}

Result<std::vector<std::string>> FolderTarget::serving() {
    std::vector<std::string> live;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(m_root, error)) {
        const auto version = liveVersion(entry.path());
        if (!version.empty()) live.push_back(entry.path().filename().string() + ":" + version);
    }
    return live;
}

}  // namespace lathe::serve
