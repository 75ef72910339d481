// "idx" in pieces: the files of a source, their headers and bytes. Private to core/formats.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/format.h"

namespace lathe::formats::idx {

/// Images and their labels, of one split.
struct Pair {
    std::filesystem::path images, labels;  ///< `labels` is empty when there are none
    std::string split;                     ///< "train", "val", "test" or ""
    std::string prefix;                    ///< of the file's name, as "train" or "emnist-letters-train"
};
/// By name: NAME-images-idx3-ubyte and NAME-labels-idx1-ubyte, with or without .gz, also with a dot before idx.
[[nodiscard]] std::vector<Pair> pairsIn(const std::filesystem::path& source);
/// Does the file begin as IDX with `dimensions` of unsigned bytes?
[[nodiscard]] bool beginsAsIdx(const std::filesystem::path& file, int dimensions);

[[nodiscard]] Result<> readIdx(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                               const Progress& progress);
[[nodiscard]] Result<WriteReport> writeIdx(const std::filesystem::path& folder, const WriteSource& source,
                                           const WriteOptions& options, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::idx
