#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <cstdlib>

namespace lathe::base {

void startLog(const char* program) {
    auto logger = std::make_shared<spdlog::logger>(program, std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %n %l: %v");
    const char* level = std::getenv("LATHE_LOG");
    logger->set_level(level ? spdlog::level::from_str(level) : spdlog::level::warn);
    logger->flush_on(spdlog::level::warn);
    spdlog::set_default_logger(std::move(logger));
}

Result<> logToFile(const std::filesystem::path& file) {
    try {
        auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), 8u << 20, 3);
        spdlog::default_logger()->sinks().push_back(std::move(sink));
        return {};
    } catch (const std::exception& error) {
        return fail(ErrorCode::Io, error.what(), file.string());
    }
}

}  // namespace lathe::base

namespace lathe::log {
void debug(std::string_view line) {
    spdlog::debug("{}", line);
}
void info(std::string_view line) {
    spdlog::info("{}", line);
}
void warn(std::string_view line) {
    spdlog::warn("{}", line);
}
void error(std::string_view line) {
    spdlog::error("{}", line);
}
}  // namespace lathe::log
