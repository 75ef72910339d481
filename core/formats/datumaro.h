// Datumaro's JSON, read and written. Private to core/formats.
#pragma once
#include "core/formats/format.h"

namespace lathe::formats::datumaro_json {

/// 0.97 when a file begins like Datumaro's JSON.
[[nodiscard]] double likeness(const std::filesystem::path& file);
/// The source's annotation files, and the folder that annotations/ and images/ lie in.
struct Layout {
    std::filesystem::path root;
    std::vector<std::filesystem::path> files;
};
[[nodiscard]] Layout layoutOf(const std::filesystem::path& source);

[[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                            const Progress& progress);
[[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source, const WriteOptions& options,
                                        std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::datumaro_json
