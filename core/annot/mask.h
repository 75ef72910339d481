// Run-length masks: COCO's compressed text, rasters, polygons.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::annot {

/// COCO's compressed RLE text (LEB128-like, 6 bits a char, delta to the count two before; as pycocotools' rleFrString).
[[nodiscard]] Result<Mask> maskFromCocoText(std::string_view text, std::uint32_t height, std::uint32_t width);
[[nodiscard]] std::string maskToCocoText(const Mask& mask);
/// Row-major bytes of height*width, nonzero = inside.
[[nodiscard]] Mask maskFromRaster(std::span<const std::uint8_t> raster, std::uint32_t height, std::uint32_t width);
/// Row-major bytes 0/1 of height*width. Caller bounds the size.
[[nodiscard]] std::vector<std::uint8_t> maskToRaster(const Mask& mask);
/// Do the counts sum to height*width?
[[nodiscard]] Result<> checkMask(const Mask& mask);
[[nodiscard]] std::uint64_t maskArea(const Mask& mask);

}  // namespace lathe::annot
