// Folders that appear whole or not at all: what targets with a file system share.
#pragma once
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace lathe::serve {

/// Makes `folder` by `fill`ing a hidden neighbour, syncing it and renaming it. Does nothing when the folder is there already.
[[nodiscard]] Result<> placeFolder(const std::filesystem::path& folder,
                                   const std::function<Result<>(const std::filesystem::path& staging)>& fill);
/// Copies every regular file of `from` (manifest and signature too), with progress.
[[nodiscard]] Result<> copyFolder(const std::filesystem::path& from, const std::filesystem::path& to, std::stop_token stop,
                                  const Progress& progress);
/// Points the symbolic link at `target` in one step.
[[nodiscard]] Result<> switchLink(const std::filesystem::path& link, const std::string& target);
/// A target's URL as a path: "file:///srv/models" or a plain path.
[[nodiscard]] std::filesystem::path pathOfUrl(const std::string& url);

}  // namespace lathe::serve
