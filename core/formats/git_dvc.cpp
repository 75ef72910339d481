#include <fmt/format.h>

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/formats/git_folder.h"
#include "core/formats/source_files.h"

namespace lathe::formats::gitfolder {
namespace {

namespace fs = std::filesystem;

struct Entry {
    std::string md5, path;
    std::uintmax_t size = 0;
};

/// As Python's json.dumps writes a text: all but ASCII is escaped.
std::string quoted(const std::string& text) {
    return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::vector<fs::path> filesOf(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file(error)) files.push_back(at->path());
    return files;
}

}  // namespace

Result<std::string> dvcFile(const fs::path& folder, std::stop_token stop, const Progress& progress) {
    std::vector<Entry> entries;
    const auto files = filesOf(folder);
    std::uintmax_t size = 0;
    for (const auto& file : files) {
        if (stop.stop_requested()) return fail(cancelled());
        Entry entry;
        std::error_code error;
        entry.path = nameBelow(file, folder), entry.size = fs::file_size(file, error);
        progress.report(std::int64_t(entries.size()) + 1, std::int64_t(files.size()), entry.path);
        LATHE_TRY(entry.md5, base::md5OfFile(file));
        size += entry.size;
        entries.push_back(std::move(entry));
    }
    std::ranges::sort(entries, {}, &Entry::path);
    std::string list;
    for (const auto& entry : entries)
        list += fmt::format("{}{{\"md5\": \"{}\", \"relpath\": {}}}", list.empty() ? "" : ", ", entry.md5, quoted(entry.path));
    return fmt::format("outs:\n- md5: {}.dir\n  size: {}\n  nfiles: {}\n  hash: md5\n  path: {}\n", base::md5("[" + list + "]"),
                       size, entries.size(), folder.filename().string());
}

}  // namespace lathe::formats::gitfolder
