// The exploration as a page for the browser or a mail: one file, pictures inside as SVG, nothing to fetch, no script.
#pragma once
#include <string>

#include "core/data/explore.h"

namespace lathe::data {

/// Well-formed XML in UTF-8, light or dark as the reader's system is. `name`: of the workspace. Pure.
[[nodiscard]] std::string explorationHtml(const Exploration& exploration, const std::string& name);

}  // namespace lathe::data
