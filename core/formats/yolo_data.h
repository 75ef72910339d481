// What describes a YOLO set: data.yaml (Ultralytics and Roboflow, every generation), obj.data with obj.names (darknet), or a bare
// classes.txt. Private to core/formats.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/formats/yolo_rows.h"

namespace lathe::formats::yolo {

/// A split and where its images are: folders, list files or image files.
struct SplitEntry {
    std::string split;
    std::vector<std::string> places;
};

struct DataFile {
    std::filesystem::path file;  ///< empty: there is none
    std::string item;            ///< as problems name it
    std::string root;            ///< `path`
    std::vector<SplitEntry> splits;
    std::map<std::int64_t, std::string> names;  ///< by the rows' class number
    bool named = false;                         ///< false: rows may have any class
    std::optional<Skeleton> skeleton;
    std::optional<Variant> variant;                   ///< `task`, which Lathe writes
    std::map<std::int64_t, Json> keypointNames = {};  ///< `kpt_names`, by class number
    Json extra = {};                                  ///< fields that mean nothing to Lathe
    Problems problems = {};
};

/// A YAML file as JSON: text of plain scalars that aren't plainly numbers or true/false stays text. Refused: above 1 MB, nested too
/// deep, or aliases that blow it up.
[[nodiscard]] Result<Json> readYaml(const std::filesystem::path& file);
/// Names classes and says where images are.
[[nodiscard]] bool describesSet(const Json& yaml);
/// The YAML file in a folder that describes a set; nothing when there is none that can be read.
[[nodiscard]] std::optional<std::filesystem::path> dataYamlIn(const std::filesystem::path& folder);

/// `file` in `folder` (or the folder's data.yaml). Never an error: what can't be used is among the problems.
[[nodiscard]] DataFile readDataYaml(const std::filesystem::path& file);
/// obj.data and the names that it points to, below `folder`.
[[nodiscard]] DataFile readObjData(const std::filesystem::path& folder, const std::filesystem::path& file);
/// classes.txt, obj.names or _darknet.labels in the folder, one of its folders, or their labels folders.
[[nodiscard]] DataFile readBareClasses(const std::filesystem::path& folder);

}  // namespace lathe::formats::yolo
