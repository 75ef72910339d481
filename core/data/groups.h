// Images that belong together by the workspace's rule (store/image_groups.h), taken as one.
#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/store/column_index.h"

namespace lathe::data {

/// The first image of each group, in the order of `ids`; an image without a group stands for itself.
struct GroupHeads {
    struct Group {
        std::uint32_t code = 0, images = 0;  ///< code: ColumnIndex::groupName; images: of `ids`
    };
    std::vector<ImageId> ids;
    std::unordered_map<std::int64_t, Group> groups;  ///< by head; those of two images and more
};
[[nodiscard]] GroupHeads groupHeads(const store::ColumnIndex& index, const std::vector<ImageId>& ids);

/// Those of `all` that are in a group with one of `heads`, and these themselves; in the order of `all`.
[[nodiscard]] std::vector<ImageId> groupMembers(const store::ColumnIndex& index, const std::vector<ImageId>& all,
                                                const std::vector<ImageId>& heads);

}  // namespace lathe::data
