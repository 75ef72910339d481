// Wall time as seconds since 1970 (double, UTC) and as ISO 8601 text.
#pragma once
#include <string>

namespace lathe::base {

[[nodiscard]] double now();
/// "2026-11-21T15:22:54.120Z"
[[nodiscard]] std::string isoTime(double seconds);

/// Seconds since it was made, from the steady clock.
class Stopwatch {
public:
    Stopwatch();
    [[nodiscard]] double seconds() const;

private:
    long long m_start;
};

}  // namespace lathe::base
