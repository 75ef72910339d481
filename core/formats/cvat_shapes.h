// Elements of CVAT's XML (<box>, <polygon>, <mask> ...) to annotations. Private to core/formats.
//
// Coordinates are continuous pixels from 0, as Lathe's. A box's rotation is in degrees, clockwise as seen, about its centre, and
// its corners are those of the box before it is turned. A mask's rle are runs in row-major order over its cropped box, background
// first. What an element says besides lies in the annotation's extra.cvat: source (when it isn't "manual"), z_order (when it isn't
// 0), attributes of XML that Lathe doesn't know, the attributes of a skeleton's points ("points").
#pragma once
#include <pugixml.hpp>
#include <tl/expected.hpp>

#include "core/formats/cvat_labels.h"

namespace lathe::formats::cvat_xml {

/// `item` of the problem is left empty.
using ReadShape = tl::expected<annot::Annotation, Problem>;

inline constexpr int kLongestSide = 1 << 20;  ///< of images and masks; more is no size

[[nodiscard]] inline tl::unexpected<Problem> bad(std::string code, std::string message) {
    return tl::unexpected(Problem{{}, std::move(code), std::move(message)});
}

/// Is it the name of an element that stands for a shape or a class of the image?
[[nodiscard]] bool isShape(std::string_view name);
/// `label` may be the element's own or its track's. The size is that of the image, 0 when it isn't known.
[[nodiscard]] ReadShape readShape(const pugi::xml_node& node, const Label& label, int width, int height);
/// The fields besides the shape: flags, group, attributes, extra.
void readFields(const pugi::xml_node& node, const Label& label, annot::Annotation& annotation);
/// The "lathe" object of an element that Lathe has written, or null.
[[nodiscard]] Json ownOf(const pugi::xml_node& node);

[[nodiscard]] tl::expected<std::vector<annot::Point>, Problem> readPoints(const pugi::xml_node& node);
/// "1": outside or occluded or a key frame.
[[nodiscard]] bool isOn(const pugi::xml_node& node, const char* flag);
[[nodiscard]] std::int64_t wholeOf(const pugi::xml_node& node, const char* name, std::int64_t otherwise = 0);

/// A mask's cropped box as CVAT writes it.
struct Crop {
    std::uint32_t left = 0, top = 0, width = 0, height = 0;
    std::string rle;
};
/// Nothing when the mask is empty.
[[nodiscard]] std::optional<Crop> cropOf(const annot::Mask& mask);

}  // namespace lathe::formats::cvat_xml
