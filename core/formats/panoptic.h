// "panoptic" in pieces. Private to core/formats.
#pragma once
#include <filesystem>

#include "core/formats/format.h"

namespace lathe::formats::panoptic {

/// Does a file look like COCO panoptic JSON? Looks at its beginning and end.
[[nodiscard]] bool looksPanoptic(const std::filesystem::path& json);
/// The panoptic JSON files of a source: itself, annotations/*.json, *.json, or one folder deeper. `others`: there is COCO JSON of
/// another kind beside them.
[[nodiscard]] std::vector<std::filesystem::path> panopticFiles(const std::filesystem::path& source, bool* others = nullptr);

[[nodiscard]] Result<> readPanoptic(const std::filesystem::path& source, const ReadOptions& options, Sink& sink,
                                    std::stop_token stop, const Progress& progress);
[[nodiscard]] Result<WriteReport> writePanoptic(const std::filesystem::path& folder, const WriteSource& source,
                                                const WriteOptions& options, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::panoptic
