// A <mask> element to a mask of the whole image. Private to core/formats.
#pragma once
#include <pugixml.hpp>
#include <tl/expected.hpp>

#include "core/annot/shape.h"
#include "core/base/problem.h"

namespace lathe::formats::cvat_xml {

/// The part of it within the image of that size; `item` of the problem is left empty.
[[nodiscard]] tl::expected<annot::Mask, Problem> maskOf(const pugi::xml_node& node, int width, int height);

}  // namespace lathe::formats::cvat_xml
