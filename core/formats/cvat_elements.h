// Annotations to elements of CVAT's XML. Private to core/formats.
#pragma once
#include <pugixml.hpp>

#include "core/formats/cvat_labels.h"

namespace lathe::formats::cvat_xml {

inline void put(pugi::xml_node node, const char* name, const std::string& value) {
    node.append_attribute(name) = value.c_str();
}

class Elements {
public:
    /// `seen`: the attributes of each class that are declared for the annotations' sake.
    Elements(const WriteSource& source, const std::vector<SeenAttributes>& seen, Losses& losses)
        : m_source(source), m_seen(seen), m_losses(losses) {}

    /// Adds all annotations of an image to its element; how many of them.
    std::int64_t add(pugi::xml_node image, const ImageRecord& record);

private:
    bool addOne(pugi::xml_node image, const annot::Annotation& annotation, const ImageRecord& record, std::int64_t z);
    void addAttributes(pugi::xml_node node, const annot::Annotation& annotation, const ImageRecord& record);

    const WriteSource& m_source;
    const std::vector<SeenAttributes>& m_seen;
    Losses& m_losses;
    std::int64_t m_group = 0;  // the largest of the image
};

}  // namespace lathe::formats::cvat_xml
