// The categories of Datumaro's files to classes and back. Private to core/formats.
//
// A label's attribute names and what else it says lie in the class's extra.datumaro, its colour (of the mask colour map) in
// ClassRecord::colour. A label's points are extra.keypoints, their joints extra.skeleton (counted from 1, as COCO has it); both as
// the file had them in extra.datumaro.points. Labels that only name the points of a skeleton are no classes:
// extra.datumaro.sublabels.
#pragma once
#include <set>
#include <unordered_map>

#include "core/formats/format.h"
#include "core/formats/source_files.h"

namespace lathe::formats::datumaro_json {

/// What the annotations of a file refer to.
struct Used {
    std::set<std::int64_t> labels;
    bool none = false;  ///< some have no label
};

class Labels {
public:
    /// Classes of one file; `used` tells which labels have to be classes. Returns the file's place for classOf().
    std::size_t addFile(const Json& categories, const Used& used);
    /// For annotations without a label.
    void addNone();
    /// None when the file has no such label.
    [[nodiscard]] ClassId classOf(std::size_t file, const Json& labelId) const;
    [[nodiscard]] const std::vector<ClassRecord>& records() const { return m_classes.records(); }

private:
    ClassList m_classes;
    std::vector<std::unordered_map<std::int64_t, ClassId>> m_files;
    ClassId m_none;
};

/// The categories of classes, and the label of each (null for those without one).
struct Written {
    Json categories;
    std::vector<Json> labelIds;  ///< by class
};
/// `extra`: what the set's first file said besides.
[[nodiscard]] Written categoriesOf(const std::vector<ClassRecord>& classes, const Json& extra);

}  // namespace lathe::formats::datumaro_json
