// Text files of resources/ that are compiled into the programs.
#pragma once
#include <span>
#include <string_view>

namespace lathe::resources {

struct EmbeddedFile {
    std::string_view name;  ///< path below resources/, e.g. "migrations/0001_store.sql"
    std::string_view text;
};

/// All embedded files, sorted by name. Any thread.
std::span<const EmbeddedFile> embeddedFiles();

}  // namespace lathe::resources
