// Where batch predictions go: JSON lines, CSV, COCO results, an SQLite table.
#pragma once
#include <string>

#include "core/base/json.h"
#include "core/store/workspace.h"

namespace lathe::verbs {

/// Is this a destination that can be written? Unsupported with words (what to use instead), InvalidArgument when unknown.
[[nodiscard]] Result<> checkDestination(const std::string& destination);
/// `predictions` as the verb prints them. `model` goes into each row of a database. Files are replaced in one step; table rows of
/// the same model and image are replaced.
[[nodiscard]] Result<> writePredictions(const std::string& destination, const Json& predictions, const std::string& model,
                                        const store::Workspace& workspace);

}  // namespace lathe::verbs
