// Pictures that must not lie in memory whole: read by rows into blocks on disk, shown while they are read.
#pragma once
#include "widgets/canvas/loader.h"

namespace lathe::widgets::canvas {

[[nodiscard]] bool isLarge(int width, int height);
/// Sets `picture` of the image, and `rest` unless all of it was read before and is in the cache. Quick: no more than the header and
/// a thumbnail. Without room on disk the finest levels are left out.
[[nodiscard]] Result<> openLarge(const store::Layout& layout, OpenImage& open);

}  // namespace lathe::widgets::canvas
