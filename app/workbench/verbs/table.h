// Columns for people.
#pragma once
#include <string>
#include <vector>

namespace lathe::verbs {

/// Aligned columns, two spaces apart, header first; numbers (all digits, '.', '-') to the right.
[[nodiscard]] std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);
[[nodiscard]] std::string dateText(double seconds);      ///< "2026-11-21 15:22" local
[[nodiscard]] std::string durationText(double seconds);  ///< "1 m 12 s"
[[nodiscard]] std::string sizeText(double bytes);        ///< "1.2 GB"
[[nodiscard]] std::string figure(double value);          ///< four significant digits

}  // namespace lathe::verbs
