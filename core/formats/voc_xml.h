// One Pascal VOC annotation file to a record and back. Private to core/formats.
//
// Boxes. A file's numbers are taken as corners of continuous pixels from 0 (x = xmin, w = xmax - xmin), as nearly all tools write
// them. The devkit's own files count from 1 and include the last pixel; they are known by <database>The VOC20xx
// Database</database>, and get x = xmin - 1, w = xmax - xmin + 1. VocPixels overrules it, which the record keeps ("voc_from").
// Writing does the reverse, so the file's numbers come back as they were.
#pragma once
#include <functional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/formats/format.h"
#include "core/formats/source_files.h"

namespace lathe::formats {

struct VocFile {
    std::string filename;  ///< what <filename> says
    ImageRecord record;    ///< name, path and split are left to the caller
    Problems problems;     ///< items are "NAME, object 3"
    std::int64_t objects = 0;
};

/// `classOf` gives the id of a class name.
[[nodiscard]] Result<VocFile> parseVoc(const std::string& text, const std::string& name,
                                       const std::function<ClassId(const std::string&)>& classOf,
                                       VocPixels pixels = VocPixels::Auto);
/// Names of the file's objects alone.
[[nodiscard]] std::vector<std::string> vocClassNames(const std::string& text);
/// `imageName` is written as <filename>.
[[nodiscard]] std::string vocText(const ImageRecord& image, const std::string& imageName, std::span<const ClassRecord> classes,
                                  std::int64_t& written, Losses& losses);

}  // namespace lathe::formats
