// JSON Lines: one object an image, a line each. Private to core/formats.
//
//   {"image": "a.jpg", "width": 8, "height": 6, "split": "train", "extra": {...}, "annotations": [{id, kind, class, box|points|mask
//   |rotated_box|ellipse, attributes, flags, group, author, source, confidence, given_area, given_box, extra}, ...]}
//
// Annotations are as `lathe labels --json` prints them (annotation_json.h), so that nothing that Lathe knows is lost. Names,
// parents and colours of the classes, in their order, lie beside the lines in classes.json: {"classes": [{name, parent, colour,
// extra}], "extra": ...}. Two foreign forms are read as well: {"image": .., "label": "cat" | [..]} and the metadata.jsonl of
// Hugging Face
// {"file_name": .., "objects": {"bbox": [[x, y, w, h], ..], "categories": [..]}}.
#pragma once
#include <filesystem>
#include <vector>

#include "core/formats/format.h"

namespace lathe::formats::jsonlines {

inline constexpr const char* kLines = "annotations.jsonl";
inline constexpr const char* kClasses = "classes.json";

/// The files of a source that begin like lines of images.
[[nodiscard]] std::vector<std::filesystem::path> lineFiles(const std::filesystem::path& source, const ColumnMap& columns = {});
/// How sure this file is one; 0 when its first line is no image.
[[nodiscard]] double sureness(const std::filesystem::path& file, const ColumnMap& columns = {});
[[nodiscard]] Result<> readLines(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                 const Progress& progress);
[[nodiscard]] Result<WriteReport> writeLines(const std::filesystem::path& folder, const WriteSource& source,
                                             const WriteOptions& options, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::jsonlines
