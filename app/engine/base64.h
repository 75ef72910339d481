// RFC 4648 base64, with padding.
#pragma once
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lathe::app {

[[nodiscard]] std::string toBase64(std::string_view bytes);
[[nodiscard]] Result<std::string> fromBase64(std::string_view text);

}  // namespace lathe::app
