// JSON for small documents (big files are read with simdjson in core/formats).
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/result.h"

namespace lathe {
using Json = nlohmann::ordered_json;
}

namespace lathe::base {

/// Parses text; the error names line and column. `context` is put into the error (a path).
[[nodiscard]] Result<Json> parseJson(std::string_view text, std::string context = {});
[[nodiscard]] Result<Json> readJson(const std::filesystem::path& file);
/// Written by temp file, fsync, rename; two-space indentation.
[[nodiscard]] Result<> writeJson(const std::filesystem::path& file, const Json& json);

}  // namespace lathe::base
