// What a check of a run said, as tables for people.
#pragma once
#include <string>

#include "core/base/json.h"

namespace lathe::verbs {

/// `result` as runs::checkRun() gives it: the layers, the memory, the checks, the batches that were tried; what isn't there is left
/// out.
[[nodiscard]] std::string checkText(const Json& result);

}  // namespace lathe::verbs
