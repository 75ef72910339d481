// By what images of a split belong together, and their times. For core/data alone.
#pragma once
#include "core/data/split_units.h"

namespace lathe::data {

/// The group of each image, "" when it has none; `by` as SplitOptions::group. InvalidArgument for one that can't be meant, also
/// when no image has a value.
[[nodiscard]] Result<std::vector<std::string>> groupsOf(const store::Workspace& workspace, std::span<const SplitImage> images,
                                                        const std::string& by);
/// Sets SplitImage::time from an imported field: a number, or a date as in ISO 8601, COCO and EXIF. Images without one are the
/// oldest; their number is returned.
[[nodiscard]] Result<std::int64_t> setTimes(const store::Workspace& workspace, std::span<SplitImage> images,
                                            const std::string& key);

}  // namespace lathe::data
