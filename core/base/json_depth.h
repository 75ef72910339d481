// JSON of foreign files must not be nested deeper than printing and copying it, which go down by calls, can bear.
#pragma once
#include "core/base/json.h"

namespace lathe::base {

inline constexpr int kDeepestJson = 150;  ///< annot::unpack() takes 200: room for what a value is wrapped in
/// Are objects and arrays nested more than `deepest` deep? parseJson() refuses such text.
[[nodiscard]] bool isTooDeep(std::string_view text, int deepest = kDeepestJson);
/// is_discarded() when the text is no JSON or too deep.
[[nodiscard]] Json parseOrDiscard(std::string_view text);

}  // namespace lathe::base
