#include "core/base/time.h"

#include <fmt/format.h>
#include <chrono>
#include <cmath>
#include <ctime>

namespace lathe::base {

double now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string isoTime(double seconds) {
    const auto whole = std::time_t(std::floor(seconds));
    std::tm parts{};
    gmtime_r(&whole, &parts);
    const int millis = int((seconds - std::floor(seconds)) * 1000);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                       parts.tm_hour, parts.tm_min, parts.tm_sec, millis);
}

Stopwatch::Stopwatch() : m_start(std::chrono::steady_clock::now().time_since_epoch().count()) {}

double Stopwatch::seconds() const {
    const auto elapsed = std::chrono::steady_clock::now().time_since_epoch().count() - m_start;
    return double(elapsed) * std::chrono::steady_clock::period::num / std::chrono::steady_clock::period::den;
}

}  // namespace lathe::base
