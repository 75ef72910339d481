// Reading COCO: which files a source has, reading them, delivering their images. Private to core/formats.
#pragma once
#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/formats/format.h"

namespace lathe::formats {

/// The JSON files that make up the source: itself; annotations/*.json; *.json in the folder or in split folders below that look
/// like COCO.
[[nodiscard]] std::vector<std::filesystem::path> cocoFiles(const std::filesystem::path& source);
/// How much the head and tail of a file look like COCO, 0…1.
[[nodiscard]] double looksLikeCoco(const std::filesystem::path& file);

[[nodiscard]] Result<> readCoco(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress);

}  // namespace lathe::formats
