// One annotation of Datumaro's JSON to one of Lathe's. Private to core/formats.
//
// Coordinates are continuous pixels from 0. A turned box is a bbox with the attribute "rotation", an ellipse the box round it with
// the same attribute: degrees, clockwise as seen, about the centre (as CVAT exports them; Datumaro itself has "rotated_bbox" with
// centre, size and degrees). The attributes occluded, truncated, difficult and is_crowd are flags when they are true or false,
// score is the confidence when it is a number within 0..1; what of them is false, or a rotation of 0, stays in
// extra.datumaro.attributes. Other unknown fields lie in extra.datumaro, z_order too when it isn't 0.
#pragma once
#include <array>
#include <tl/expected.hpp>

#include "core/formats/format.h"

namespace lathe::formats::datumaro_json {

/// `item` of the problem is left empty. The class is left to the caller.
using ReadShape = tl::expected<annot::Annotation, Problem>;
[[nodiscard]] ReadShape readShape(const Json& item);
[[nodiscard]] std::int64_t zOrderOf(const Json& item);

[[nodiscard]] inline tl::unexpected<Problem> bad(std::string code, std::string message) {
    return tl::unexpected(Problem{{}, std::move(code), std::move(message)});
}

struct FlagName {
    annot::Flag flag;
    const char* name;
};
inline constexpr std::array kFlagNames{FlagName{annot::Occluded, "occluded"}, FlagName{annot::Truncated, "truncated"},
                                       FlagName{annot::Difficult, "difficult"}, FlagName{annot::Crowd, "is_crowd"}};
inline constexpr std::uint32_t kKnownFlags = annot::Occluded | annot::Truncated | annot::Difficult | annot::Crowd;

}  // namespace lathe::formats::datumaro_json
