// The labels of a CVAT file: <meta>'s <labels> to classes and back. Private to core/formats.
//
// A label's type, svg and attribute declarations lie in the class's extra.cvat, its colour in ClassRecord::colour. The points of a
// skeleton are labels of their own in the file, with <parent> (or within <sublabels>); here they are names: extra.keypoints, in the
// order of their declaration, and extra.skeleton, pairs of them counted from 1 as COCO has it, of the svg's lines. What else the
// file says of them lies in extra.cvat.sublabels.
#pragma once
#include <map>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/formats/format.h"
#include "core/formats/source_files.h"

namespace lathe::formats::cvat_xml {

/// What an attribute's text stands for; select, radio and text are all words.
enum class Input { Words, Checkbox, Number };

struct Label {
    ClassId id;
    std::unordered_map<std::string, Input> inputs;  ///< by attribute
    std::vector<std::string> points;                ///< a skeleton's points in order
};

class Labels {
public:
    /// Of a task, a job or a project. A label that is known keeps its first declaration.
    void readMeta(const pugi::xml_node& meta);
    /// The label of that name, made when it is new: files use labels that they don't declare.
    Label& named(const std::string& name);
    [[nodiscard]] const Label* find(const std::string& name) const;
    /// The points of a skeleton as it lies in an image; those that aren't declared go to the end.
    void learnPoints(const std::string& name, const pugi::xml_node& skeleton);
    /// With keypoints and edges filled in.
    [[nodiscard]] std::vector<ClassRecord> records() const;

private:
    void declare(const pugi::xml_node& label);
    void declarePoint(const std::string& parent, const pugi::xml_node& label);

    ClassList m_classes;
    std::unordered_map<std::string, Label> m_labels;
};

/// Attributes of a class that the annotations to be written have.
using SeenAttributes = std::map<std::string, Input>;
/// How a value is to be declared.
[[nodiscard]] Input inputOf(const Json& value);
/// What a class says of an attribute; nothing when it doesn't declare it.
[[nodiscard]] std::optional<Input> declaredInput(const ClassRecord& record, const std::string& attribute);
/// Names of the points when the class is a skeleton.
[[nodiscard]] std::vector<std::string> pointsOf(const ClassRecord& record);
/// Adds a <label> and those of its points.
void putLabel(pugi::xml_node labels, const ClassRecord& record, const SeenAttributes& seen);

}  // namespace lathe::formats::cvat_xml
