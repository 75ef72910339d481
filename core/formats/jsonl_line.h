// One picture with its annotations as a JSON object: a line of "jsonl", a file of "git". Private to core/formats.
#pragma once
#include <optional>
#include <string>

#include "core/formats/source_files.h"

namespace lathe::formats::jsonlines {

/// What a line says, with the problems of its parts.
struct Line {
    ImageRecord record;  ///< its path is the reader's
    Problems problems;
};
/// InvalidData for one that is nested too deep, too.
[[nodiscard]] Result<Json> parsedLine(const std::string& line);
/// The key that names the picture; nullptr when there is none.
[[nodiscard]] const char* imageKeyOf(const Json& line);
/// A key that says what is in the picture as a whole ("label"), or nullptr.
[[nodiscard]] const char* labelKeyOf(const Json& line);
/// The keys that can name a picture.
[[nodiscard]] std::span<const char* const> imageKeys();
[[nodiscard]] std::string imageNameOf(const Json& line);
/// The line with the names that Lathe has for what a person said of its keys ('.' goes deeper).
[[nodiscard]] Json renamed(Json line, const ColumnMap& columns);
/// `item` names the line in problems.
[[nodiscard]] Line recordOfLine(const Json& line, std::string item, ClassList& classes);

/// All but "annotations", which is an empty list. The rest of a foreign line goes back to where it was.
[[nodiscard]] Json lineHead(const ImageRecord& image, const std::string& name);
/// Annotations as lines have them; those of no class are left out and named in `losses`.
[[nodiscard]] std::vector<Json> lineAnnotations(const ImageRecord& image, const std::vector<ClassRecord>& classes, Losses& losses);
inline constexpr const char* kNoClass = "annotation of no class";  ///< the loss

/// [{name, parent, colour, extra}] and back; false when it isn't a list.
[[nodiscard]] Json classesJson(const std::vector<ClassRecord>& classes);
[[nodiscard]] bool readClasses(const Json& list, ClassList& classes);
[[nodiscard]] inline std::string printed(const Json& json, int indent = -1) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lathe::formats::jsonlines
