#include "core/formats/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "core/formats/csv.h"
#include "core/formats/jsonl.h"
#include "core/formats/jsonl_line.h"
#include "core/formats/source_files.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 21> kRoles{"image", "class", "split",  "confidence", "xmin",      "ymin",  "xmax",
                                                  "ymax",  "x",     "y",      "w",          "h",         "cx",    "cy",
                                                  "box",   "width", "height", "occluded",   "truncated", "crowd", "difficult"};
constexpr std::size_t kLinesHead = 256u << 10, kMostColumns = 200;

bool isTable(const fs::path& file) {
    return file.extension() == ".csv" || file.extension() == ".tsv";
}
bool isLines(const fs::path& file) {
    return file.extension() == ".jsonl" || file.extension() == ".ndjson";
}

fs::path firstTable(const fs::path& source) {
    std::error_code error;
    if (fs::is_regular_file(source, error)) return isTable(source) || isLines(source) ? source : fs::path();
    for (const char* suffix : {".csv", ".tsv", ".jsonl", ".ndjson"})
        if (const auto files = filesBelow(source, suffix); !files.empty()) return files.front();
    return {};
}

/// The roles of what was found, by the names of the columns.
ColumnMap rolesOf(const csvfile::Columns& columns, const std::vector<std::string>& names) {
    ColumnMap roles;
    const auto put = [&](const char* role, int place) {
        if (place >= 0 && std::size_t(place) < names.size()) roles[role] = names[std::size_t(place)];
    };
    put("image", columns.image), put("class", columns.className), put("split", columns.split);
    put("confidence", columns.confidence), put("width", columns.width), put("height", columns.height), put("box", columns.boxText);
    const char* flags[] = {"occluded", "truncated", "crowd", "difficult"};
    for (std::size_t k = 0; k < 4; ++k) put(flags[k], columns.flags[k]);
    const char* corners[] = {"xmin", "ymin", "xmax", "ymax"};
    const char* sized[] = {"x", "y", "w", "h"};
    const char* centred[] = {"cx", "cy", "w", "h"};
    for (std::size_t k = 0; k < 4; ++k) put((columns.corners ? corners : columns.centred ? centred : sized)[k], columns.box[k]);
    return roles;
}

TableLook lookAtCsv(const fs::path& file, std::size_t rows) {
    TableLook look{file, "csv", {}, {}, {}};
    const csvfile::Table table = csvfile::tableOf(file);
    csvfile::Rows in(file, table.separator);
    csvfile::Fields row;
    if (!in.next(row)) return look;
    row.resize(std::min(row.size(), kMostColumns));
    const bool header = table.header || table.sureness == 0;
    for (std::size_t k = 0; k < row.size(); ++k)
        look.names.push_back(header ? std::string(csvfile::trimmed(row[k])) : fmt::format("#{}", k + 1));
    for (bool more = !header || in.next(row); more && look.rows.size() < rows; more = in.next(row)) {
        row.resize(look.names.size());
        look.rows.push_back(row);
    }
    look.columns = rolesOf(table.sureness > 0 ? table.columns : csvfile::namedColumns(csvfile::Fields(look.names)), look.names);
    return look;
}

TableLook lookAtLines(const fs::path& file, std::size_t rows) {
    TableLook look{file, "jsonl", {}, {}, {}};
    std::string head(kLinesHead, '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    std::vector<Json> lines;
    for (std::size_t at = 0; at < head.size() && lines.size() < rows;) {
        const std::size_t end = std::min(head.find('\n', at), head.size());
        if (auto json = jsonlines::parsedLine(head.substr(at, end - at)); json && json->is_object())
            lines.push_back(std::move(*json));
        at = end + 1;
    }
    for (const Json& line : lines)
        for (const auto& [key, value] : line.items())
            if (std::ranges::count(look.names, key) == 0 && look.names.size() < kMostColumns) look.names.push_back(key);
    for (const Json& line : lines) {
        auto& row = look.rows.emplace_back();
        for (const auto& name : look.names) {
            const Json value = line.value(name, Json());
            row.push_back(value.is_null() ? "" : value.is_string() ? value.get<std::string>() : jsonlines::printed(value));
        }
    }
    if (lines.empty()) return look;
    if (const char* key = jsonlines::imageKeyOf(lines.front())) look.columns["image"] = key;
    if (const char* key = jsonlines::labelKeyOf(lines.front())) look.columns["class"] = key;
    for (const char* key : {"split", "width", "height"})
        if (lines.front().contains(key)) look.columns[key] = key;
    return look;
}

}  // namespace

std::span<const std::string_view> columnRoles() {
    return kRoles;
}

Result<ColumnMap> parseColumns(std::span<const std::string> texts) {
    ColumnMap columns;
    for (const auto& text : texts) {
        const auto sign = text.find('=');
        if (sign == std::string::npos)
            return fail(ErrorCode::InvalidArgument, "is no ROLE=COLUMN, as in image=path or class=species", text);
        columns[text.substr(0, sign)] = text.substr(sign + 1);
    }
    LATHE_CHECK(checkColumns(columns));
    return columns;
}

Result<> checkColumns(const ColumnMap& columns) {
    for (const auto& [role, name] : columns)
        if (std::ranges::count(kRoles, role) == 0)
            return fail(ErrorCode::InvalidArgument, fmt::format("is no role of a column; there are {}", fmt::join(kRoles, ", ")),
                        role);
    const auto has = [&](std::string_view role) {
        const auto at = columns.find(std::string(role));
        return at != columns.end() && !at->second.empty();
    };
    const auto part = [&](std::initializer_list<std::string_view> roles) { return std::ranges::any_of(roles, has); };
    const auto whole = [&](std::initializer_list<std::string_view> roles) { return std::ranges::all_of(roles, has); };
    if (part({"xmin", "ymin", "xmax", "ymax", "x", "y", "w", "h", "cx", "cy"}) && !whole({"xmin", "ymin", "xmax", "ymax"}) &&
        !whole({"x", "y", "w", "h"}) && !whole({"cx", "cy", "w", "h"}))
        return fail(ErrorCode::InvalidArgument, "a box needs four columns: xmin ymin xmax ymax, or x y w h, or cx cy w h",
                    "columns");
    return {};
}

std::optional<TableLook> lookAtTable(const fs::path& source, std::size_t rows) {
    const fs::path file = firstTable(source);
    if (file.empty()) return {};
    return isTable(file) ? lookAtCsv(file, rows) : lookAtLines(file, rows);
}

}  // namespace lathe::formats
