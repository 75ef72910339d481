#include "core/base/json.h"

#include <fmt/format.h>
#include <algorithm>

#include "core/base/files.h"

namespace lathe::base {

Result<Json> parseJson(std::string_view text, std::string context) {
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
