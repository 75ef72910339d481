// Finding image files of a source and placing them in an export: what all formats share. Private to core/formats.
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/formats/format.h"

namespace lathe::formats {

/// Image files (by suffix) below `folder`, sorted by path. Hidden files and folders are left out; links to folders aren't followed,
/// links to files only within `folder`.
[[nodiscard]] std::vector<std::filesystem::path> imagesBelow(const std::filesystem::path& folder);
/// The same for another suffix (".xml").
[[nodiscard]] std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder, std::string_view suffix,
                                                            bool deep = true);
/// Is there an image file below the folder? Looks at a bounded number of entries.
[[nodiscard]] bool hasImagesBelow(const std::filesystem::path& folder);
/// Folders right below, sorted, hidden and linked ones left out.
[[nodiscard]] std::vector<std::filesystem::path> foldersIn(const std::filesystem::path& folder);
/// "train", "val", "test" for a split's usual spellings (any case; "valid", "validation", "val2017" ...), else "".
[[nodiscard]] std::string splitNamed(std::string_view word);
/// `path` below `root` with '/'; the file name alone when it isn't below.
[[nodiscard]] std::string nameBelow(const std::filesystem::path& path, const std::filesystem::path& root);
/// "sub/a" of "sub/a.jpg".
[[nodiscard]] std::string withoutSuffix(const std::string& name);
/// A relative path that stays within its folder, whatever the name holds ("..", "/", "C:\\").
[[nodiscard]] std::filesystem::path safeRelative(std::string_view name);

/// Writes image files of an export and keeps their names apart.
class ImagePlacer {
public:
    /// `update`: a file that is there already stays when it holds the same bytes and is replaced when not.
    ImagePlacer(std::filesystem::path folder, ImageMode mode, bool update = false)
        : m_folder(std::move(folder)), m_mode(mode), m_update(update) {}
    /// Puts `from` at `name` (made unique) below the folder: copied, or as a hard link, or not at all. Returns the name that it
    /// got. A file that can't be brought is a problem, not an error.
    std::string place(const std::filesystem::path& from, std::string_view name, WriteReport& report);

private:
    std::filesystem::path m_folder;
    ImageMode m_mode;
    bool m_update;
    std::set<std::string> m_taken;
};

/// A label file of an export, its folders made; counted in the report.
[[nodiscard]] Result<> writeText(const std::filesystem::path& file, std::string_view text, WriteReport& report);

/// Classes in the order in which they are met, each name once.
class ClassList {
public:
    /// The id that annotations carry. Names are kept as they are; an empty one becomes "unnamed".
    ClassId idOf(const std::string& name);
    [[nodiscard]] ClassRecord& record(ClassId id) { return m_records[std::size_t(id.value - 1)]; }
    [[nodiscard]] const std::vector<ClassRecord>& records() const { return m_records; }

private:
    std::vector<ClassRecord> m_records;
    std::unordered_map<std::string, ClassId> m_ids;
};

/// Makes the export's folder; AlreadyExists when something is in it.
[[nodiscard]] Result<> makeEmptyFolder(const std::filesystem::path& folder);
[[nodiscard]] inline Error cancelled() {
    return {ErrorCode::Cancelled, "stopped as asked", {}};
}

/// What a format without a place for it keeps in one JSON object: flags beyond `known`, author, source, confidence, group; null
/// when there is nothing.
[[nodiscard]] Json metaOf(const annot::Annotation& annotation, std::uint32_t knownFlags);
void applyMeta(annot::Annotation& annotation, const Json& meta);

/// One problem for a whole lot of things that the format can't hold, naming the first.
class Losses {
public:
    void add(const std::string& kind, const std::string& image) {
        auto& loss = m_losses[kind];
        if (loss.count++ == 0) loss.first = image;
    }
    /// `what` by kind: {"polygon", "written as their boxes: VOC holds boxes alone"}.
    void report(const std::map<std::string, std::string>& what, Problems& problems) const;

private:
    struct Loss {
        std::int64_t count = 0;
        std::string first;
    };
    std::map<std::string, Loss> m_losses;
};

}  // namespace lathe::formats
