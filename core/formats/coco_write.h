// Writing COCO. Private to core/formats.
#pragma once
#include <filesystem>
#include <stop_token>

#include "core/formats/format.h"

namespace lathe::formats {

/// images/ and annotations/{instances,person_keypoints,labels}[_SPLIT].json: boxes, polygons and masks; keypoints; whole-image
/// classes (annotations with a category and no geometry). Ids that came from COCO stay as long as they are unique and above zero,
/// others are numbered from 1.
[[nodiscard]] Result<WriteReport> writeCoco(const std::filesystem::path& folder, const WriteSource& source,
                                            const WriteOptions& options, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats
