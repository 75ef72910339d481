#include "core/formats/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <array>
#include <fstream>
#include <memory>
#include <unordered_set>

#include "core/base/files.h"
#include "core/formats/registry.h"
#include "core/formats/source_files.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kArchiveBlock = 1 << 18;
constexpr std::uint64_t kGigabyte = 1ull << 30, kBombRatio = 100;

struct ArchiveClose {
    void operator()(archive* a) const { archive_read_free(a); }
};
using ArchivePtr = std::unique_ptr<archive, ArchiveClose>;

std::string wordsOf(archive* a) {
    const char* text = archive_error_string(a);
    return text ? text : "unknown reason";
}

/// Kinds of which libarchive reads whole entries one after the other; a text file is none of them.
ArchivePtr opened(const fs::path& file, int& answer) {
    ArchivePtr a(archive_read_new());
    for (const auto support : {archive_read_support_format_zip, archive_read_support_format_tar, archive_read_support_format_gnutar,
                               archive_read_support_format_7zip, archive_read_support_format_rar, archive_read_support_filter_gzip,
                               archive_read_support_filter_bzip2, archive_read_support_filter_xz, archive_read_support_filter_zstd})
        support(a.get());
    answer = archive_read_open_filename(a.get(), file.c_str(), kArchiveBlock);
    return a;
}

bool isSafe(const std::string& name) {
    const fs::path path(name);
    if (name.empty() || path.is_absolute() || name.front() == '\\' || name.find('\0') != std::string::npos) return false;
    std::string slashed = name;
    std::ranges::replace(slashed, '\\', '/');
    return std::ranges::none_of(fs::path(slashed), [](const fs::path& part) { return part == ".."; });
}

/// What macOS and Windows put beside the user's files.
bool isLitter(const fs::path& name) {
    const std::string leaf = name.filename().string();
    return *name.begin() == "__MACOSX" || leaf == ".DS_Store" || leaf == "Thumbs.db" || leaf == "desktop.ini";
}

class Unpacker {
public:
    Unpacker(const fs::path& file, const fs::path& folder, const std::function<void(Problem)>& problem)
        : m_file(file), m_folder(folder), m_problem(problem) {
        std::error_code ignored;
        m_packed = std::max<std::uint64_t>(fs::file_size(file, ignored), 1);
    }

    Result<> run(std::stop_token stop, const Progress& progress) {
        int answer = ARCHIVE_OK;
        const ArchivePtr a = opened(m_file, answer);
        if (answer < ARCHIVE_WARN) return fail(ErrorCode::InvalidData, "can't be unpacked: " + wordsOf(a.get()), m_file.string());
        archive_entry* entry = nullptr;
        while (true) {
            if (stop.stop_requested()) return fail(cancelled());
            answer = archive_read_next_header(a.get(), &entry);
            if (answer == ARCHIVE_EOF) return {};
            if (answer == ARCHIVE_RETRY) continue;
            if (answer < ARCHIVE_WARN) return torn(a.get());
            const char* name = archive_entry_pathname(entry);
            progress.report(archive_filter_bytes(a.get(), -1), std::int64_t(m_packed), name ? name : "");
            LATHE_CHECK(take(a.get(), entry, name ? name : ""));
        }
    }

private:
    /// What was whole before the tear is kept.
    Result<> torn(archive* a) {
        if (m_files == 0) return fail(ErrorCode::InvalidData, "can't be unpacked: " + wordsOf(a), m_file.string());
        say(m_file.filename().string(), "truncated",
            fmt::format("ends in the middle ({}); {} files were read", wordsOf(a), m_files));
        return {};
    }

    void say(const std::string& item, const char* code, std::string message) const { m_problem({item, code, std::move(message)}); }

    Result<> take(archive* a, archive_entry* entry, const std::string& name) {
        if (archive_entry_filetype(entry) == AE_IFDIR) return {};
        if (!isSafe(name)) {
            say(name, "unsafe_path", "its name leads out of the archive's folder; it is left out");
            return {};
        }
        if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) != AE_IFREG) {
            say(name, "not_a_file", "is a link or a device; it is left out");
            return {};
        }
        const fs::path relative = safeRelative(name);
        if (isLitter(relative)) return {};
        if (!m_taken.insert(relative.generic_string()).second) {
            say(name, "duplicate", "is in the archive twice; the first one is taken");
            return {};
        }
        if (archive_entry_is_encrypted(entry)) {
            say(name, "encrypted", "is encrypted; unpack the archive with its password and import the folder");
            return {};
        }
        return write(a, name, m_folder / relative);
    }

    Result<> write(archive* a, const std::string& name, const fs::path& to) {
        std::ofstream out;
        if (const std::error_code error = create(to, out); isOfName(error)) {
            say(name, "invalid_data", fmt::format("can't be unpacked: {}; it is left out", error.message()));
            return {};
        } else if (error) {
            return fail(base::errnoError(error.value(), "can't be unpacked", to));
        }
        const void* data = nullptr;
        std::size_t size = 0;
        la_int64_t at = 0, end = 0;
        int answer = ARCHIVE_OK;
        while ((answer = archive_read_data_block(a, &data, &size, &at)) == ARCHIVE_OK) {
            LATHE_CHECK(room(std::uint64_t(std::max<la_int64_t>(at - end, 0)) + size));  // readers see zeros in a hole
            end = at + la_int64_t(size);
            out.seekp(at);
            out.write(static_cast<const char*>(data), std::streamsize(size));
            if (!out) return fail(base::errnoError(errno, "can't be unpacked", to));
        }
        out.close();
        if (answer == ARCHIVE_EOF) return ++m_files, Result<>();
        say(name, "invalid_data", fmt::format("can't be unpacked: {}; it is left out", wordsOf(a)));
        std::error_code ignored;
        fs::remove(to, ignored);
        return {};
    }

    static std::error_code create(const fs::path& to, std::ofstream& out) {
        std::error_code error;
        fs::create_directories(to.parent_path(), error);
        if (error) return error;
        out.open(to, std::ios::binary);
        return out ? std::error_code() : std::error_code(errno, std::generic_category());
    }

    /// Too long, or "a" and "a/b" are both files: the entry's fault, not the disk's.
    static bool isOfName(const std::error_code& error) {
        return error == std::errc::filename_too_long || error == std::errc::not_a_directory || error == std::errc::is_a_directory ||
               error == std::errc::file_exists;
    }

    Result<> room(std::uint64_t size) {
        m_written += size;
        if (m_written > kGigabyte && m_written > kBombRatio * m_packed)
            return fail(
                ErrorCode::InvalidData,
                fmt::format("unpacks to more than {} times its size, as only a bomb does; nothing of it was imported. Unpack it "
                            "yourself if it is meant",
                            kBombRatio),
                m_file.string());
        if (m_written < m_checked) return {};
        m_checked = m_written + (kGigabyte >> 4);
        std::error_code error;
        const auto space = fs::space(m_folder, error);
        if (!error && space.available < kGigabyte)
            return fail(ErrorCode::DiskFull, "there is no room to unpack it: less than 1 GB is left on the workspace's disk",
                        m_file.string());
        return {};
    }

    const fs::path& m_file;
    const fs::path& m_folder;
    const std::function<void(Problem)>& m_problem;
    std::unordered_set<std::string> m_taken;
    std::uint64_t m_packed = 1, m_written = 0, m_checked = 0;
    std::int64_t m_files = 0;
};

}  // namespace

PassingFolder::PassingFolder(const fs::path& parent) {
    std::error_code ignored;
    fs::create_directories(parent, ignored);
    std::string pattern = (parent / "unpacked-XXXXXX").string();
    m_path = ::mkdtemp(pattern.data()) ? fs::path(pattern) : parent / "unpacked";
}

PassingFolder::~PassingFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

Result<Inside> detectInside(const fs::path& folder) {
    const auto here = detectFormat(folder);
    std::error_code ignored;
    const auto entries = std::distance(fs::directory_iterator(folder, ignored), fs::directory_iterator());
    const auto folders = foldersIn(folder);
    if (entries != 1 || folders.size() != 1) {
        if (!here) return fail(here.error());
        return Inside{*here, folder};
    }
    const fs::path& below = folders.front();
    const auto there = detectFormat(below);
    if (!there && !here) return fail(here.error());
    // Pictures of one folder: its name is their class.
    const bool oneClass = there && *there == &classFolders() && foldersIn(below).empty();
    const bool deeper = there && !oneClass && (!here || (*there)->looksLike(below) >= (*here)->looksLike(folder));
    return deeper ? Inside{*there, below} : Inside{*here, folder};
}

bool isArchive(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return false;
    std::ifstream in(file, std::ios::binary);
    std::array<char, 512> head{};
    in.read(head.data(), head.size());
    const std::string_view text(head.data(), std::size_t(in.gcount()));
    if (text.starts_with("PK\x03\x04") || text.starts_with("PK\x05\x06") || text.starts_with("7z\xbc\xaf\x27\x1c") ||
        text.starts_with("Rar!"))
        return true;
    if (text.size() > 262 && text.substr(257, 5) == "ustar") return true;
    const bool compressed = text.starts_with("\x1f\x8b") || text.starts_with("BZh") ||
                            text.starts_with(
                                "\xfd"
                                "7zXZ") ||
                            text.starts_with("\x28\xb5\x2f\xfd");
    if (!compressed) return false;
    // A packed single file (an IDX set) is none: is there a tar inside?
    int answer = ARCHIVE_OK;
    const ArchivePtr a = opened(file, answer);
    archive_entry* entry = nullptr;
    return answer >= ARCHIVE_WARN && archive_read_next_header(a.get(), &entry) >= ARCHIVE_WARN;
}

Result<> unpack(const fs::path& archive, const fs::path& folder, const std::function<void(Problem)>& problem, std::stop_token stop,
                const Progress& progress) {
    return Unpacker(archive, folder, problem).run(stop, progress);
}

}  // namespace lathe::formats
