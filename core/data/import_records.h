// What imports left behind: where the images of a workspace came from.
#pragma once
#include "core/store/workspace.h"

namespace lathe::data {

struct ImportRecord {
    std::int64_t id = 0;
    double at = 0;
    std::string source, format, author, state;  ///< source: file or folder; state: "running", "done", "cancelled"
    std::int64_t images = 0, annotations = 0;   ///< that came in
    Json extra;                                 ///< what the foreign file said about itself
};
/// Oldest first. Any thread.
[[nodiscard]] Result<std::vector<ImportRecord>> importRecords(const store::Workspace& workspace);
/// Those up to a time, in seconds since 1970. Throws SOCI's exceptions: use it in Workspace::read.
[[nodiscard]] std::vector<ImportRecord> readImports(soci::session& sql, double until);

}  // namespace lathe::data
