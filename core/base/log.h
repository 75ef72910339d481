// The log: to stderr, and to a file once one is set. Any thread. Levels by LATHE_LOG (debug, info, warn, error), default warn.
#pragma once
#include <filesystem>
#include <spdlog/spdlog.h>

#include "core/base/result.h"

namespace lathe::base {

/// Call once at the start of a program; `program` stands before every line.
void startLog(const char* program);
/// Also into this file (appended, rotated at 8 MB, three kept).
[[nodiscard]] Result<> logToFile(const std::filesystem::path& file);

}  // namespace lathe::base

namespace lathe {
namespace log = spdlog;
}
