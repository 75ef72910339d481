#include "core/data/query_values.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>

namespace lathe::data {
namespace {

/// Days since 1970 of a civil date (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::int64_t daysOf(int year, int month, int day) {
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto yearOfEra = unsigned(year - era * 400);
    const auto dayOfYear = unsigned((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1);
    const auto dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + std::int64_t(dayOfEra) - 719468;
}

}  // namespace

std::optional<double> numberOf(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<double> dateOf(const std::string& text) {
    int year = 0, month = 0, day = 0, used = 0;
    if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || std::size_t(used) != text.size())
        return std::nullopt;
    if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    return double(daysOf(year, month, day)) * 86400;
}

std::optional<double> dateTimeOf(const std::string& text) {
    std::tm t{};
    double seconds = 0;
    char between = 0;
    const int parts = std::sscanf(text.c_str(), "%4d%*1[-:]%2d%*1[-:]%2d%c%2d:%2d:%lf", &t.tm_year, &t.tm_mon, &t.tm_mday, &between,
                                  &t.tm_hour, &t.tm_min, &seconds);
    if (parts < 3) return std::nullopt;
    t.tm_year -= 1900, --t.tm_mon;
    return double(::timegm(&t)) + seconds;
}

}  // namespace lathe::data
