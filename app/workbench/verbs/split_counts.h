// Splits in numbers as verbs print them.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"

namespace lathe::verbs {

/// {"train": n, "val": n, "test": n}, each there.
inline Json splitCounts(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
    Json json = {{"train", 0}, {"val", 0}, {"test", 0}};
    for (const auto& [name, count] : counts) json[name] = count;
    return json;
}

}  // namespace lathe::verbs
