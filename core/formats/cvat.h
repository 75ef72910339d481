// CVAT's XML, read and written. Private to core/formats.
#pragma once
#include "core/formats/format.h"

namespace lathe::formats::cvat_xml {

[[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                            const Progress& progress);
[[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source, const WriteOptions& options,
                                        std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::cvat_xml
