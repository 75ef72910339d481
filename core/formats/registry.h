// The formats, one function each. A new format is one file pair, one line here and one in registry.cpp. Private to core/formats.
#pragma once
#include "core/formats/format.h"

namespace lathe::formats {

[[nodiscard]] const Format& classFolders();
[[nodiscard]] const Format& voc();
[[nodiscard]] const Format& coco();

}  // namespace lathe::formats
