// manifest.json: what a package is made of. For core/models alone.
#pragma once
#include "core/models/package.h"

namespace lathe::models {

inline constexpr std::string_view kManifest = "manifest.json";
inline constexpr std::string_view kSignature = "signature.json";

/// Every file of the folder but manifest and signature, by name, with digest and size.
[[nodiscard]] Result<std::vector<PackageFile>> listFiles(const std::filesystem::path& folder);
/// "files" of a manifest. InvalidData for a path that leaves the folder.
[[nodiscard]] Result<std::vector<PackageFile>> filesOf(const Json& manifest, const std::string& context);
[[nodiscard]] Json toJson(const std::vector<PackageFile>& files);

}  // namespace lathe::models
