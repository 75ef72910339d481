// Bytes that label files carry as base64 text (RFC 4648). Private to core/formats.
#pragma once
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lathe::formats {

/// White space, missing padding and a "data:image/png;base64," in front are let pass; any other character is InvalidData.
[[nodiscard]] Result<std::string> bytesOfBase64(std::string_view text);
[[nodiscard]] std::string base64Of(std::string_view bytes);

}  // namespace lathe::formats
