// VGG Image Annotator 1 and 2: its project file, its JSON export (via_region_data.json) and its CSV export. What the reader and the
// writer share. Private to core/formats.
//
// An image is {filename, size, regions, file_attributes}, a region {shape_attributes, region_attributes}; pixels of the upright
// image, theta in radians clockwise as seen. In `extra.via` of an image: "size", "file_attributes" (without the class),
// "file_class" (the attribute that was the class), "fields" (keys that Lathe doesn't know). Of an annotation: "name" (circle or
// ellipse where it isn't the writer's choice), "closed" (the first point comes again at the end), "class" (the class attribute's
// value where it is more than a text; null: there was none), "fields". Of the set: "class_attribute", "project" (the project file
// but its images).
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/annot/annotation.h"
#include "core/formats/format.h"

namespace lathe::formats::via {

enum class Kind { None, Project, Export, Csv };
/// By the first kilobytes.
[[nodiscard]] Kind kindOf(const std::filesystem::path& file);
/// The label files of a source, sorted by path; the source itself when it is a file.
[[nodiscard]] std::vector<std::filesystem::path> labelFiles(const std::filesystem::path& source);

/// One entry of a label file. `number` counts from 1.
struct Entry {
    std::int64_t number = 0;
    Result<Json> image;
};
/// Calls `visit` for the images of a file; the rest of a project file comes back (else null).
[[nodiscard]] Result<Json> eachImage(const std::filesystem::path& file, const std::function<void(Entry&&)>& visit,
                                     std::stop_token stop, const Progress& progress);
/// The rows of a CSV export as images of the JSON export, in the order of their first row.
[[nodiscard]] Result<std::vector<Json>> imagesOfCsv(const std::string& text);

/// Regions of an image, a list or an object of "0", "1" ...
[[nodiscard]] std::vector<const Json*> regionsOf(const Json& image);

/// Why a region is left out.
struct Bad {
    std::string code, message;
};
struct Region {
    annot::Annotation annotation;  ///< without id and class; attributes as in the file, but for the class
    std::int64_t object = 0;       ///< regions with the same number are parts of one polygon; 0: by itself
};
[[nodiscard]] tl::expected<Region, Bad> readRegion(const Json& region, const std::string& classAttribute);
/// The names that an attribute's value stands for: a text, a number, the ticked boxes of {"a": true, "b": false}.
[[nodiscard]] std::vector<std::string> namesOf(const Json& value);

/// {"keypoints": [[x, y, visibility], ...], "box": [x, y, w, h]}
[[nodiscard]] Json ownKeypoints(const annot::Keypoints& keypoints);

[[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                            const Progress& progress);
[[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source, const WriteOptions& options,
                                        std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::via
