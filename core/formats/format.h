// Exchange formats: one file or group of files each (class_folders, voc, coco, yolo ...), one line in registry.cpp. A reader
// delivers what it finds to a Sink, image by image; a writer takes the same records.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/annot/packed.h"
#include "core/base/problem.h"
#include "core/base/progress.h"

namespace lathe::formats {

/// A class as a file names it. `index` is its place in the reader's list and what annotations carry as classId (index + 1).
struct ClassRecord {
    std::string name;
    std::string parent;       ///< COCO supercategory or empty
    Json extra;               ///< unknown fields (keypoint names, skeleton …)
    std::string colour = {};  ///< "#rrggbb" when the file gives one
};

/// An image with its annotations as a file gives them. classId values are 1 + the index into the class list of the same read.
struct ImageRecord {
    std::string name;            ///< the file's name below the source folder, '/' as separator
    std::filesystem::path path;  ///< where it should be on disk; may not exist (the sink reports that)
    int width = 0, height = 0;   ///< as the label file says; 0: not said
    std::string split;           ///< "train", "val", "test" or ""
    annot::Annotations annotations = {};
    Json extra = {};  ///< unknown fields of the image record, plus foreign id ("coco_id")
    /// The bytes of an image file that is no file of its own (packed into its labels); then `path` only says where it came from.
    std::shared_ptr<const std::string> content = {};
    annot::PackedList packed = {};  ///< instead of `annotations`, where the sink takes it; ids are valid and unique
};

/// Where a reader delivers. Called from the reader's thread, in order: classes first (all), then images.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void classes(std::span<const ClassRecord> classes) = 0;
    virtual void image(ImageRecord&& image) = 0;
    virtual void problem(Problem problem) = 0;
    /// May a reader that holds its annotations packed deliver them so?
    [[nodiscard]] virtual bool takesPacked() const { return false; }
    /// Fields of the whole set that Lathe doesn't know (COCO info, licenses): kept and written back.
    virtual void setExtra(Json) {}  // NOLINT(performance-unnecessary-value-param): a sink that keeps it moves it
};

/// Role -> name of the column of a table that has it ("#3": the third); see columns.h.
using ColumnMap = std::map<std::string, std::string>;

/// What the numbers of a Pascal VOC box mean. Files don't say it; see core/formats/voc_xml.h.
enum class VocPixels {
    Auto,      ///< from 1 in the devkit's own files, which name their database; from 0 in all others
    FromZero,  ///< corners of continuous pixels: w = xmax - xmin
    FromOne,   ///< pixels counted from 1, the last one included: x = xmin - 1, w = xmax - xmin + 1
};

struct ReadOptions {
    std::optional<std::filesystem::path> images;  ///< look for image files here instead of beside the labels
    std::string split;                            ///< force this split
    ColumnMap columns = {};                       ///< of tables and JSON Lines, where the names don't say it
    VocPixels vocPixels = VocPixels::Auto;
};

/// Access to what is to be written; images come one at a time so that the set never has to be in memory.
struct WriteSource {
    std::vector<ClassRecord> classes;  ///< by classId - 1
    std::size_t imageCount = 0;
    std::function<Result<ImageRecord>(std::size_t index)> image;  ///< name is unique; path is the media file
    Json extra;
    Json version = {};  ///< {name, digest, parent, author, at, note, tags} of the snapshot that is written; null: of none
};
enum class ImageMode { None, Link, Copy };
struct WriteOptions {
    ImageMode images = ImageMode::Copy;
};
struct WriteReport {
    std::int64_t files = 0, images = 0, annotations = 0;
    Problems problems;  ///< what the format can't hold, named
};

class Format {
public:
    virtual ~Format() = default;
    /// "coco", "voc", "folders": the value of --format.
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// One line for a list: what it is called and what it holds.
    [[nodiscard]] virtual std::string_view title() const = 0;
    /// How sure this source (file or folder) is of this format, 0…1, by looking at little of it.
    [[nodiscard]] virtual double looksLike(const std::filesystem::path& source) const = 0;
    /// Reads everything readable; only an unreadable source as a whole is an error.
    [[nodiscard]] virtual Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink,
                                        std::stop_token stop, const Progress& progress) const = 0;
    /// Writes below `folder` (made; must be empty or absent, else AlreadyExists).
    [[nodiscard]] virtual Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source,
                                                    const WriteOptions& options, std::stop_token stop,
                                                    const Progress& progress) const = 0;
};

/// All formats, in the order in which ties of looksLike are decided.
[[nodiscard]] std::span<const Format* const> allFormats();
/// nullptr when unknown.
[[nodiscard]] const Format* formatNamed(std::string_view name);
/// The best looksLike; NotFound with what was looked for when nothing fits (an archive: see archive.h). A folder of plain images
/// without labels is "folders".
[[nodiscard]] Result<const Format*> detectFormat(const std::filesystem::path& source);
/// Does the name end like an image file (any case)? The one list of suffixes for all formats.
[[nodiscard]] bool hasImageSuffix(const std::filesystem::path& file);

}  // namespace lathe::formats
