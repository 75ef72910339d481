// Searches kept by name in the workspace.
#pragma once
#include <string>
#include <vector>

#include "core/store/workspace.h"

namespace lathe::store {

struct SavedView {
    std::string name, query, author;
    double at = 0;  ///< seconds since 1970
};
/// By name.
[[nodiscard]] Result<std::vector<SavedView>> savedViews(const Workspace& workspace);
/// A view of the same name is replaced. InvalidArgument when the name is empty.
[[nodiscard]] Result<> saveView(Workspace& workspace, const SavedView& view);
[[nodiscard]] Result<> removeView(Workspace& workspace, const std::string& name);

/// Every tag with the number of its images, by name.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::int64_t>>> tags(const Workspace& workspace);
/// Those of each of a page of images, by name, in the order asked.
[[nodiscard]] Result<std::vector<std::vector<std::string>>> tagsOf(const Workspace& workspace, std::span<const ImageId> images);

}  // namespace lathe::store
