// Named values in JSON: attributes of a shape or an image, imported fields.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace lathe::store {

/// Calls visit(name, text) for every value of an object: what lies in an object inside is named "outer.inner", each item of a list
/// of plain values is a value of its own, other lists are one value, their JSON. null and "" are no values.
void eachFieldValue(const Json& object, const std::function<void(const std::string& name, const std::string& text)>& visit);
/// The one value at "a.b.c" as text, lists and objects as JSON; "" when there is none.
[[nodiscard]] std::string fieldText(const Json& object, std::string_view key);

}  // namespace lathe::store
