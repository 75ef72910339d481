// The log: to stderr, and to a file once one is set. Any thread. Levels by LATHE_LOG (debug, info, warn, error), default warn.
#pragma once
#include <filesystem>
#include <string_view>

#include "core/base/result.h"

namespace lathe::base {

/// Call once at the start of a program; `program` stands before every line.
void startLog(const char* program);
/// Also into this file (appended, rotated at 8 MB, three kept).
[[nodiscard]] Result<> logToFile(const std::filesystem::path& file);

}  // namespace lathe::base

/// One line each; format it with fmt::format. (No spdlog here: torch brings another fmt.)
namespace lathe::log {
void debug(std::string_view line);
void info(std::string_view line);
void warn(std::string_view line);
void error(std::string_view line);
}  // namespace lathe::log
