// Large JSON files element by element, in bounded memory. Private to core/formats.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/json.h"
#include "core/base/progress.h"

namespace lathe::formats {

/// One element of an array, or one member of an object.
struct JsonItem {
    std::int64_t index = 0;  ///< from 0
    std::string key;         ///< of an object's member, else empty
    Result<Json> value;      ///< parsed; an error when this element alone is broken
};

/// Calls `visit` for the elements of a JSON file's top value (`member` empty) or of the member of that name in its top object
/// ("items"); an array's elements or an object's members. The rest of the file comes back, with that member as null (null for the
/// whole when `member` is empty). An element above 256 MB, or a top value that isn't what was asked for, is an error; a file that
/// ends too early is ErrorCode::InvalidData after all whole elements were visited. Numbers written as NaN or Infinity become null.
[[nodiscard]] Result<Json> eachJsonItem(const std::filesystem::path& file, std::string_view member,
                                        const std::function<void(JsonItem&&)>& visit, std::stop_token stop,
                                        const Progress& progress);

/// What a reader may ask of a value that can be anything.
[[nodiscard]] std::string textOf(const Json& object, std::string_view key);  ///< numbers as text; "" when absent or otherwise
/// Finite numbers, and texts that are one whole number ("12.5"); nothing else.
[[nodiscard]] std::optional<double> numberOf(const Json& value);
[[nodiscard]] std::optional<double> numberAt(const Json& object, std::string_view key);
/// The member, or a null value.
[[nodiscard]] const Json& memberOf(const Json& object, std::string_view key);

}  // namespace lathe::formats
