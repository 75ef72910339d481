#include "core/runs/reproduction.h"

#include <fmt/format.h>

#include <bit>

namespace lathe::runs {

namespace {

constexpr std::size_t kMost = 20;

bool sameBits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

void compareSeries(const std::string& name, const MetricSeries& a, const MetricSeries& b, std::vector<std::string>& out) {
    if (a.size() != b.size()) out.push_back(fmt::format("{}: {} and {} points", name, a.size(), b.size()));
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const MetricPoint &p = a.points()[i], &q = b.points()[i];
        if (p.step == q.step && sameBits(p.value, q.value)) continue;
        out.push_back(fmt::format("{} at step {}: {} and {}", name, p.step, p.value, q.value));
        return;  // one line a series: what follows differs because this does
    }
}

void compareJson(const std::string& path, const Json& a, const Json& b, std::vector<std::string>& out) {
    if (out.size() >= kMost || a == b) return;
    if (a.is_object() && b.is_object()) {
        for (const auto& [key, value] : a.items())
            if (!measuresTime(key)) compareJson(fmt::format("{}.{}", path, key), value, b.contains(key) ? b[key] : Json(), out);
        for (const auto& [key, value] : b.items())
            if (!measuresTime(key) && !a.contains(key)) compareJson(fmt::format("{}.{}", path, key), Json(), value, out);
    } else if (a.is_array() && b.is_array() && a.size() == b.size()) {
        for (std::size_t i = 0; i < a.size(); ++i) compareJson(fmt::format("{}[{}]", path, i), a[i], b[i], out);
    } else {
        out.push_back(fmt::format("{}: {} and {}", path, a.dump().substr(0, 60), b.dump().substr(0, 60)));
    }
}

Result<> compareFiles(const char* name, const std::filesystem::path& a, const std::filesystem::path& b,
                      std::vector<std::string>& out) {
    std::error_code ignored;
    const bool hasA = std::filesystem::exists(a, ignored), hasB = std::filesystem::exists(b, ignored);
    if (hasA != hasB) out.push_back(fmt::format("{}: only one of the runs has it", name));
    if (!hasA || !hasB) return {};
    LATHE_TRY(const Json left, base::readJson(a));
    LATHE_TRY(const Json right, base::readJson(b));
    compareJson(name, left, right, out);
    return {};
}

}  // namespace

bool measuresTime(std::string_view name) {
    for (const std::string_view word : {"second", "time", "memory"})
        if (name.find(word) != std::string_view::npos) return true;
    return false;
}

Result<std::vector<std::string>> differences(const RunFolder& a, const RunFolder& b) {
    LATHE_TRY(const RunData left, readRun(a));
    LATHE_TRY(const RunData right, readRun(b));
    std::vector<std::string> out;
    for (const auto& [name, series] : left.series) {
        if (measuresTime(name)) continue;
        const auto other = right.series.find(name);
        if (other == right.series.end())
            out.push_back(fmt::format("{}: the second run has no such series", name));
        else
            compareSeries(name, series, other->second, out);
    }
    for (const auto& [name, series] : right.series)
        if (!measuresTime(name) && !left.series.contains(name))
            out.push_back(fmt::format("{}: the first run has no such series", name));
    LATHE_CHECK(compareFiles("report", a.report(), b.report(), out));
    LATHE_CHECK(compareFiles("predictions", a.predictions(), b.predictions(), out));
    return out;
}

}  // namespace lathe::runs
