// Annotations as JSON and back: the form in which `lathe labels` prints them, and what that leaves out. Private to core/formats.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/annot/annotation.h"

namespace lathe::formats {

/// Why a shape can't be taken: a problem's code and words.
struct Fault {
    std::string code, message;
};
template <class T>
using Checked = tl::expected<T, Fault>;

/// Masks of more pixels are refused before anything of that size is made.
inline constexpr std::uint64_t kLargestMask = 1ull << 29;

/// {kind, box|points|mask|rotated_box|ellipse} as annot::toJson() has it.
[[nodiscard]] Json shapeJson(const annot::Shape& shape);
/// What shapeJson() made. Also takes "bbox" for "box", a polygon that is one bare ring, and a mask whose counts are a list.
[[nodiscard]] Checked<annot::Shape> shapeOfJson(const Json& json);
/// annot::toJson() with given_area, given_box and extra beside it, and without attributes when there are none: nothing is lost.
[[nodiscard]] Json fullJson(const annot::Annotation& annotation, std::string_view className);
/// All but the class. The id is 0 when none is given.
[[nodiscard]] Checked<annot::Annotation> annotationOfJson(const Json& json);
/// Not a number, further out than 1e9, a box or ring without an area, a mask that is too large or not whole.
[[nodiscard]] std::optional<Fault> faultOf(const annot::Shape& shape);

}  // namespace lathe::formats
