#include "core/base/json_depth.h"

#include <fmt/format.h>
#include <algorithm>

#include "core/base/files.h"

namespace lathe::base {

bool isTooDeep(std::string_view text, int deepest) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t k = 0; k < text.size(); ++k) {
        const char c = text[k];
        if (quoted && c == '\\')
            ++k;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[') && ++depth > deepest)
            return true;
        else if (!quoted && (c == '}' || c == ']'))
            --depth;
    }
    return false;
}

Json parseOrDiscard(std::string_view text) {
    return isTooDeep(text) ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, false);
}

Result<Json> parseJson(std::string_view text, std::string context) {
    if (isTooDeep(text))
        return fail(ErrorCode::InvalidData, fmt::format("is nested more than {} levels deep", kDeepestJson), std::move(context));
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& error) {
        const std::size_t at = std::min<std::size_t>(error.byte, text.size());
        const auto before = text.substr(0, at);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        const auto column = at - (before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1);
        return fail(ErrorCode::InvalidData, fmt::format("not valid JSON at line {}, column {}", line, column), std::move(context));
    } catch (const std::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("not valid JSON: {}", error.what()), std::move(context));
    }
}

Result<Json> readJson(const std::filesystem::path& file) {
    LATHE_TRY(const std::string text, readFile(file));
    return parseJson(text, file.string());
}

Result<> writeJson(const std::filesystem::path& file, const Json& json) {
    return writeFileAtomically(file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace lathe::base
