#include "app/workbench/verbs/table.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lathe::verbs {

namespace {

/// Characters, not bytes, of UTF-8.
std::size_t widthOf(const std::string& text) {
    return std::size_t(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool isNumber(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789.-+e%") == std::string::npos;
}

void addRow(std::string& out, const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string space(widths[i] - widthOf(cells[i]), ' ');
        line += (i ? "  " : "") + (isNumber(cells[i]) ? space + cells[i] : cells[i] + space);
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
}

}  // namespace

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const std::string& cell : header) widths.push_back(widthOf(cell));
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], widthOf(row[i]));
    std::string out;
    addRow(out, header, widths);
    for (const auto& row : rows) addRow(out, row, widths);
    return out;
}

std::string dateText(double seconds) {
    return seconds > 0 ? fmt::format("{:%Y-%m-%d %H:%M}", fmt::localtime(std::time_t(seconds))) : "-";
}

std::string durationText(double seconds) {
    if (seconds < 60) return fmt::format("{:.1f} s", seconds);
    const long s = std::lround(seconds);
    return s < 3600 ? fmt::format("{} m {:02} s", s / 60, s % 60) : fmt::format("{} h {:02} m", s / 3600, s / 60 % 60);
}

std::string sizeText(double bytes) {
    static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; bytes >= 1000 && unit < 4; ++unit) bytes /= 1000;
    return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} {}", bytes, units[unit]);
}

std::string figure(double value) {
    return fmt::format("{:.4g}", value);
}

}  // namespace lathe::verbs
