// Rows of the table `model`, read and written within the workspace's transactions. For core/models alone.
#pragma once
#include <soci/soci.h>
#include <optional>

#include "core/models/registry.h"

namespace lathe::models {

/// All rows, newest first. Folders are those of the workspace.
[[nodiscard]] std::vector<ModelRow> modelRows(soci::session& sql, const std::filesystem::path& folder);
[[nodiscard]] std::optional<ModelRow> modelRow(soci::session& sql, const ModelId& id, const std::filesystem::path& folder);
[[nodiscard]] int nextVersion(soci::session& sql, const std::string& name);
void insertModel(soci::session& sql, const ModelRow& row, const std::string& author);

}  // namespace lathe::models
