#include "core/models/registry.h"

#include <fmt/format.h>

#include "core/models/rows.h"

namespace lathe::models {

namespace {

std::string words(const std::string& text) {
    return text.empty() ? "no model was named" : fmt::format("there is no model \"{}\"", text);
}

/// "name:3" or "name"; rows are newest first, so that a bare name is its latest version.
bool isCalled(const ModelRow& row, const std::string& text) {
    return row.name == text || fmt::format("{}:{}", row.name, row.version) == text;
}

}  // namespace

Result<std::vector<ModelRow>> models(const store::Workspace& workspace) {
    std::vector<ModelRow> rows;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        rows = modelRows(sql, workspace.layout().models());
        return {};
    }));
    return rows;
}

Result<ModelRow> findModel(const store::Workspace& workspace, const std::string& text) {
    LATHE_TRY(const auto rows, models(workspace));
    if (text == "last" && !rows.empty()) return rows.front();
    const ModelRow* byPrefix = nullptr;
    int matches = 0;
    for (const auto& row : rows) {
        if (row.id.value == text || row.digest == text) return row;
        if (text.size() >= 4 && row.digest.starts_with(text)) byPrefix = &row, ++matches;
    }
    if (matches == 1) return *byPrefix;
    for (const auto& row : rows) {
        if (isCalled(row, text)) return row;
    }
    if (matches > 1)
        return fail(ErrorCode::InvalidArgument, fmt::format("\"{}\" is the start of {} models; give more digits.", text, matches));
    return fail(ErrorCode::NotFound, words(text) + "; `lathe models` lists them, `lathe package` makes one.");
}

}  // namespace lathe::models
