#include "core/formats/source_files.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "core/base/files.h"
#include "core/base/hash.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

constexpr int kEntriesLookedAt = 20000;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = char(std::tolower(std::uint8_t(c)));
    return out;
}

bool isHidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

bool isWithin(const fs::path& path, const fs::path& root) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error), top = fs::canonical(root, error);
    return !error && std::mismatch(top.begin(), top.end(), real.begin(), real.end()).first == top.end();
}

// Calls visit(path) for files below; stops when it says so.
template <class Visit>
void eachFile(const fs::path& folder, bool deep, Visit visit) {
    std::error_code error;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
    for (; !error && at != end; at.increment(error)) {
        if (isHidden(at->path())) {
            at.disable_recursion_pending();
            continue;
        }
        if (!deep) at.disable_recursion_pending();
        std::error_code ignored;
        if (!at->is_regular_file(ignored)) continue;
        if (at->is_symlink(ignored) && !isWithin(at->path(), folder)) continue;
        if (!visit(at->path())) return;
    }
}

template <class Wanted>
std::vector<fs::path> sortedFiles(const fs::path& folder, bool deep, Wanted wanted) {
    std::vector<fs::path> files;
    eachFile(folder, deep, [&](const fs::path& file) {
        if (wanted(file)) files.push_back(file);
        return true;
    });
    std::ranges::sort(files, {}, [](const fs::path& file) -> const std::string& { return file.native(); });
    return files;
}

bool sameBytes(const fs::path& a, const fs::path& b) {
    std::error_code error;
    if (fs::equivalent(a, b, error)) return true;
    if (fs::file_size(a, error) != fs::file_size(b, error) || error) return false;
    const auto one = base::sha256OfFile(a), other = base::sha256OfFile(b);
    return one && other && *one == *other;
}

constexpr std::array kFlags{std::pair{annot::Occluded, "occluded"}, std::pair{annot::Truncated, "truncated"},
                            std::pair{annot::Crowd, "crowd"},       std::pair{annot::Difficult, "difficult"},
                            std::pair{annot::Locked, "locked"},     std::pair{annot::Hidden, "hidden"}};

}  // namespace

bool hasImageSuffix(const fs::path& file) {
    // Kinds that can't be read are in it too, so that an import names them instead of passing them over.
    static const std::set<std::string> suffixes{
        ".jpg", ".jpeg", ".jpe",  ".jfif", ".mpo", ".png", ".apng", ".tif", ".tiff", ".bmp", ".dib", ".webp", ".gif",
        ".jp2", ".j2k",  ".jpf",  ".pbm",  ".pgm", ".ppm", ".pnm",  ".pam", ".pfm",  ".hdr", ".pic", ".sr",   ".ras",
        ".exr", ".avif", ".heic", ".heif", ".jxl", ".ico", ".cur",  ".psd", ".tga",  ".cr2", ".nef", ".arw",  ".dng"};
    return suffixes.contains(lower(file.extension().string()));
}

std::vector<fs::path> imagesBelow(const fs::path& folder) {
    return sortedFiles(folder, true, [](const fs::path& file) { return hasImageSuffix(file); });
}

std::vector<fs::path> filesBelow(const fs::path& folder, std::string_view suffix, bool deep) {
    return sortedFiles(folder, deep, [suffix](const fs::path& file) { return lower(file.extension().string()) == suffix; });
}

bool hasImagesBelow(const fs::path& folder) {
    bool found = false;
    int looked = 0;
    eachFile(folder, true, [&](const fs::path& file) { return !(found = hasImageSuffix(file)) && ++looked < kEntriesLookedAt; });
    return found;
}

std::vector<fs::path> foldersIn(const fs::path& folder) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end; !error && at != end;
         at.increment(error)) {
        std::error_code ignored;
        if (!isHidden(at->path()) && at->is_directory(ignored) && !at->is_symlink(ignored)) folders.push_back(at->path());
    }
    std::ranges::sort(folders);
    return folders;
}

std::string splitNamed(std::string_view word) {
    std::string name = lower(word);
    while (!name.empty() && std::isdigit(std::uint8_t(name.back()))) name.pop_back();
    if (name == "train" || name == "training") return "train";
    if (name == "val" || name == "valid" || name == "validation" || name == "minival") return "val";
    if (name == "test" || name == "testing" || name == "test-dev") return "test";
    return "";
}

std::string nameBelow(const fs::path& path, const fs::path& root) {
    const fs::path relative = path.lexically_normal().lexically_relative(root.lexically_normal());
    if (relative.empty() || *relative.begin() == "..") return path.filename().string();
    return relative.generic_string();
}

std::string withoutSuffix(const std::string& name) {
    return (fs::path(name).parent_path() / fs::path(name).stem()).generic_string();
}

fs::path safeRelative(std::string_view name) {
    std::string slashed(name);
    std::ranges::replace(slashed, '\\', '/');
    std::erase(slashed, '\0');
    fs::path out;
    for (const auto& part : fs::path(slashed))
        if (part != ".." && part != "." && part != "/" && !part.empty() && !(part.string().size() == 2 && part.string()[1] == ':'))
            out /= part;
    return out.empty() ? fs::path("unnamed") : out;
}

std::string ImagePlacer::place(const fs::path& from, std::string_view name, WriteReport& report) {
    const fs::path wanted = safeRelative(name);
    fs::path to = wanted;
    for (int k = 2; !m_taken.insert(to.generic_string()).second; ++k)
        to = wanted.parent_path() / fmt::format("{}-{}{}", wanted.stem().string(), k, wanted.extension().string());
    if (m_mode == ImageMode::None) return to.generic_string();
    const fs::path file = m_folder / to;
    std::error_code error;
    if (m_update && fs::exists(file, error)) {
        if (sameBytes(from, file)) return to.generic_string();
        fs::remove(file, error);
    }
    fs::create_directories(file.parent_path(), error);
    if (m_mode == ImageMode::Link) fs::create_hard_link(from, file, error);
    if (m_mode == ImageMode::Copy || error) {  // another file system can't be linked to
        if (auto copied = base::copyFileAtomically(from, file); !copied) {
            report.problems.push_back(base::problemOf(std::string(name), copied.error()));
            return to.generic_string();
        }
    }
    ++report.files;
    return to.generic_string();
}

Result<> writeText(const fs::path& file, std::string_view text, WriteReport& report) {
    LATHE_CHECK(base::makeFolders(file.parent_path()));
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) return fail(base::errnoError(errno, "could not be written", file));
    ++report.files;
    return {};
}

ClassId ClassList::idOf(const std::string& name) {
    const std::string& known = name.empty() ? std::string("unnamed") : name;
    const auto [at, added] = m_ids.try_emplace(known, ClassId(std::int64_t(m_records.size()) + 1));
    if (added) m_records.push_back({known, {}, {}, {}});
    return at->second;
}

Result<> makeEmptyFolder(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_directory(folder, error))
        return fail(ErrorCode::AlreadyExists, "is a file; name a folder that is empty or absent", folder.string());
    if (fs::is_directory(folder, error) && !fs::is_empty(folder, error))
        return fail(ErrorCode::AlreadyExists, "isn't empty and is left as it is; name a folder that is empty or absent",
                    folder.string());
    return base::makeFolders(folder);
}

Json metaOf(const annot::Annotation& annotation, std::uint32_t knownFlags) {
    Json meta;
    for (const auto& [flag, name] : kFlags)
        if (annotation.flags & ~knownFlags & flag) meta["flags"].push_back(name);
    if (!annotation.author.empty()) meta["author"] = annotation.author;
    if (!annotation.source.empty()) meta["source"] = annotation.source;
    if (annotation.confidence) meta["confidence"] = *annotation.confidence;
    if (annotation.group) meta["group"] = annotation.group;
    return meta;
}

void applyMeta(annot::Annotation& annotation, const Json& meta) {
    if (!meta.is_object()) return;
    if (meta.contains("flags") && meta["flags"].is_array())
        for (const auto& [flag, name] : kFlags)
            if (std::ranges::find(meta["flags"], Json(name)) != meta["flags"].end()) annotation.flags |= flag;
    const auto text = [&](const char* key) {
        return meta.contains(key) && meta[key].is_string() ? meta[key].get<std::string>() : std::string();
    };
    annotation.author = text("author");
    annotation.source = text("source");
    if (meta.contains("confidence") && meta["confidence"].is_number()) annotation.confidence = meta["confidence"].get<double>();
    if (meta.contains("group") && meta["group"].is_number_integer()) annotation.group = meta["group"].get<std::int64_t>();
}

void Losses::report(const std::map<std::string, std::string>& what, Problems& problems) const {
    for (const auto& [kind, loss] : m_losses) {
        const auto words = what.find(kind);
        problems.push_back({kind, "not_in_format",
                            fmt::format("{} {}: {} (first in {})", loss.count, kind,
                                        words == what.end() ? "left out" : words->second, loss.first)});
    }
}

}  // namespace lathe::formats
