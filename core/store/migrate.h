// Brings a database to this version's schema: resources/migrations/NNNN_*.sql in order, each once. For core/store alone.
#pragma once
#include <filesystem>

#include "core/base/result.h"

namespace soci {
class session;
}

namespace lathe::store {

enum class SchemaState { Current, Older, Newer };

/// The numbers of the migrations that are built in against those that the database names as applied.
[[nodiscard]] Result<SchemaState> schemaState(soci::session& session, const std::filesystem::path& database);
/// Applies what is missing in one transaction. NewerVersion when the database knows migrations that this program doesn't.
[[nodiscard]] Result<> migrate(soci::session& session, const std::filesystem::path& database);

}  // namespace lathe::store
