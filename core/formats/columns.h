// What the columns of a table, or the keys of JSON Lines, hold when their names don't say it.
#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/format.h"

namespace lathe::formats {

/// image class split confidence width height occluded truncated crowd difficult; and of a box one of: xmin ymin xmax ymax; x y w h
/// (corner and size); cx cy w h (centre and size); box ("[x, y, w, h]" in one field).
[[nodiscard]] std::span<const std::string_view> columnRoles();
/// "image=path" each; nothing after the sign: no column has that role. InvalidArgument names the one that can't be.
[[nodiscard]] Result<ColumnMap> parseColumns(std::span<const std::string> texts);
/// InvalidArgument: a role that there isn't, a box that isn't whole.
[[nodiscard]] Result<> checkColumns(const ColumnMap& columns);

/// The beginning of a table, for a person to say what its columns hold.
struct TableLook {
    std::filesystem::path file;
    std::string format;                          ///< that reads it: "csv" or "jsonl"
    std::vector<std::string> names;              ///< of the columns; "#1", "#2" ... without a header
    std::vector<std::vector<std::string>> rows;  ///< the first ones, a field for each name
    ColumnMap columns;                           ///< what the names say by themselves
};
/// The first CSV, TSV or JSON Lines file of the source; nullopt: it has none.
[[nodiscard]] std::optional<TableLook> lookAtTable(const std::filesystem::path& source, std::size_t rows = 5);

}  // namespace lathe::formats
