// The formats, one function each. A new format is one file pair, one line here and one in registry.cpp. Private to core/formats.
#pragma once
#include "core/formats/format.h"

namespace lathe::formats {

[[nodiscard]] const Format& classFolders();
[[nodiscard]] const Format& voc();
[[nodiscard]] const Format& coco();
[[nodiscard]] const Format& yoloFormat();
[[nodiscard]] const Format& yoloDarknetFormat();
[[nodiscard]] const Format& labelmeFormat();
[[nodiscard]] const Format& createmlFormat();
[[nodiscard]] const Format& viaFormat();
[[nodiscard]] const Format& masksFormat();
[[nodiscard]] const Format& instanceMasks();
[[nodiscard]] const Format& idxFormat();
[[nodiscard]] const Format& panopticFormat();
[[nodiscard]] const Format& jsonl();
[[nodiscard]] const Format& gitFolder();
[[nodiscard]] const Format& csv();
[[nodiscard]] const Format& labelStudio();
[[nodiscard]] const Format& cvat();
[[nodiscard]] const Format& datumaro();

}  // namespace lathe::formats
