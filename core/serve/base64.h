// Base64 (RFC 4648) of bytes, by libsodium.
#pragma once
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lathe::serve {

[[nodiscard]] std::string toBase64(std::string_view bytes);
[[nodiscard]] Result<std::string> fromBase64(std::string_view text);

}  // namespace lathe::serve
