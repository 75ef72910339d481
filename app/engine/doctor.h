// What this engine is and what its machine can do.
#pragma once
#include <string>

#include "core/base/json.h"

namespace lathe::app {

[[nodiscard]] std::string versionText();  ///< "lathe-engine 0.1.0 (protocol 1, torch 2.11.0)"
/// {"engine":{version, torch}, "devices":[…], "checks":[{name, ok, message}]}
[[nodiscard]] Json doctor();

}  // namespace lathe::app
