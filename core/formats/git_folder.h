// A version of a data set as a folder for Git and DVC: text that differs by a line where a label differs. Private to core/formats.
//
//   dataset.json       {"lathe_dataset": 1, "version": {name, digest, parent, author, at, note, tags}, "classes": [...], "extra"}
//   labels/NAME.json   one a picture (NAME with its suffix): what a line of "jsonl" holds, an annotation a line, in order of ids
//   images/NAME        the pictures; images.dvc is what `dvc add images` makes of them; .gitignore keeps them out of Git
//   .gitattributes, README.md
//
// Writing into such a folder again brings it to another version: only files whose content differs are written, labels and pictures
// of images that aren't in it are removed, everything else (.git, .dvc, files of others) stays. Reading needs dataset.json;
// pictures that weren't pulled are named.
#pragma once
#include <filesystem>
#include <vector>

#include "core/formats/format.h"

namespace lathe::formats::gitfolder {

inline constexpr const char* kHead = "dataset.json";
inline constexpr const char* kMark = "lathe_dataset";  ///< its value is the form's version
inline constexpr int kVersion = 1;

[[nodiscard]] bool isFolder(const std::filesystem::path& folder);
[[nodiscard]] Result<> readFolder(const std::filesystem::path& folder, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                  const Progress& progress);
[[nodiscard]] Result<WriteReport> writeFolder(const std::filesystem::path& folder, const WriteSource& source,
                                              const WriteOptions& options, std::stop_token stop, const Progress& progress);

/// The text of FOLDER.dvc for the files of a folder, byte for byte as `dvc add` of DVC 3 writes it: MD5 of each file, then MD5 of
/// the list of them (DVC's documentation, "Structure of the cache directory"; golden: tests/data/formats/make_dvc.py).
[[nodiscard]] Result<std::string> dvcFile(const std::filesystem::path& folder, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::gitfolder
