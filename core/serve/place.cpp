#include "core/serve/place.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/files.h"
#include "core/base/hash.h"

namespace lathe::serve {

namespace fs = std::filesystem;

namespace {

void syncFolder(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ::fsync(fd);
    ::close(fd);
}

}  // namespace

Result<> placeFolder(const fs::path& folder, const std::function<Result<>(const fs::path&)>& fill) {
    if (fs::exists(folder)) return {};
    LATHE_CHECK(base::makeFolders(folder.parent_path()));
    const auto staging = folder.parent_path() / fmt::format(".upload-{}", base::randomHex(12));
    LATHE_CHECK(base::makeFolders(staging));
    auto filled = fill(staging);
    std::error_code error;
    if (filled) {
        syncFolder(staging);
        fs::rename(staging, folder, error);
        if (!error) {
            syncFolder(folder.parent_path());
            return {};
        }
        filled = fail(base::errnoError(error.value(), "move the upload to", folder));
    }
    fs::remove_all(staging, error);
    return filled;
}

Result<> copyFolder(const fs::path& from, const fs::path& to, std::stop_token stop, const Progress& progress) {
    std::vector<fs::path> files;
    std::int64_t total = 0, done = 0;
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        if (!entry.is_regular_file()) continue;
        files.push_back(entry.path().lexically_relative(from));
        total += std::int64_t(entry.file_size());
    }
    for (const auto& file : files) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The upload was cancelled.");
        LATHE_CHECK(base::makeFolders((to / file).parent_path()));
        LATHE_CHECK(base::copyFileAtomically(from / file, to / file));
        done += std::int64_t(fs::file_size(from / file));
        progress.report(done, total, file.string());
    }
    return {};
}

Result<> switchLink(const fs::path& link, const std::string& target) {
    const auto fresh = link.parent_path() / fmt::format(".{}-{}", link.filename().string(), base::randomHex(12));
    std::error_code error;
    fs::create_symlink(target, fresh, error);
    if (error) return fail(base::errnoError(error.value(), "make a link at", fresh));
    fs::rename(fresh, link, error);
    if (!error) {
        syncFolder(link.parent_path());
        return {};
    }
    std::error_code ignored;
    fs::remove(fresh, ignored);
    return fail(base::errnoError(error.value(), "switch the link", link));
}

fs::path pathOfUrl(const std::string& url) {
    constexpr std::string_view kScheme = "file://";
    return url.starts_with(kScheme) ? fs::path(url.substr(kScheme.size())) : fs::path(url);
}

}  // namespace lathe::serve
