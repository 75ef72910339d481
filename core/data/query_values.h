// Numbers and dates in the search language and in values. For core/data alone.
#pragma once
#include <optional>
#include <string>

namespace lathe::data {

/// The whole text is a finite number.
[[nodiscard]] std::optional<double> numberOf(const std::string& text);
/// "2026-11-01": seconds since 1970 of the day's begin.
[[nodiscard]] std::optional<double> dateOf(const std::string& text);
/// A date with or without a time as in ISO 8601, COCO and EXIF, in seconds since 1970.
[[nodiscard]] std::optional<double> dateTimeOf(const std::string& text);

}  // namespace lathe::data
