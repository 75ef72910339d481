// `lathe runs --query`: state:finished model:resnet18 accuracy>0.9 words of the name.
#pragma once
#include "core/runs/runs.h"

namespace lathe::verbs {

/// Terms next to each other mean and, a leading '-' not. A wrong term is InvalidArgument with its column.
[[nodiscard]] Result<std::vector<runs::RunRow>> filterRuns(std::vector<runs::RunRow> rows, const std::string& query);

}  // namespace lathe::verbs
