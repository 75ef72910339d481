#include "core/store/field_values.h"

#include <fmt/format.h>
#include <algorithm>

namespace lathe::store {
namespace {

std::string textOf(const Json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

using Visit = std::function<void(const std::string&, const std::string&)>;

void visitText(const std::string& name, const Json& value, const Visit& visit) {
    if (const std::string text = textOf(value); !text.empty()) visit(name, text);
}

void visitValue(const std::string& name, const Json& value, const Visit& visit) {
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items()) visitValue(fmt::format("{}.{}", name, key), inner, visit);
    } else if (value.is_array() && std::ranges::none_of(value, [](const Json& item) { return item.is_structured(); })) {
        for (const Json& item : value) visitText(name, item, visit);
    } else {
        visitText(name, value, visit);
    }
}

}  // namespace

void eachFieldValue(const Json& object, const Visit& visit) {
    if (!object.is_object()) return;
    for (const auto& [key, value] : object.items()) visitValue(key, value, visit);
}

std::string fieldText(const Json& object, std::string_view key) {
    const Json* at = &object;
    for (std::size_t from = 0; from <= key.size();) {
        const std::size_t end = std::min(key.find('.', from), key.size());
        if (!at->is_object()) return {};
        const auto found = at->find(key.substr(from, end - from));
        if (found == at->end()) return {};
        at = &*found, from = end + 1;
    }
    return textOf(*at);
}

}  // namespace lathe::store
