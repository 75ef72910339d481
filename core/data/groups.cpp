#include "core/data/groups.h"

#include <unordered_set>

namespace lathe::data {
namespace {

/// 0: none, or an image that the index doesn't have.
std::uint32_t codeOf(const store::ColumnIndex& index, ImageId id) {
    const auto rank = index.rankOf(id);
    return rank < 0 ? 0 : index.groupCodes()[std::size_t(rank)];
}

}  // namespace

GroupHeads groupHeads(const store::ColumnIndex& index, const std::vector<ImageId>& ids) {
    GroupHeads heads;
    std::vector<std::uint32_t> sizes(index.groupCount() + 1);
    std::vector<std::int64_t> headOf(index.groupCount() + 1);
    for (const ImageId id : ids) {
        const auto code = codeOf(index, id);
        if (code == 0 || sizes[code]++ == 0) heads.ids.push_back(id);
        if (sizes[code] == 1) headOf[code] = id.value;
    }
    for (std::uint32_t code = 1; code < sizes.size(); ++code)
        if (sizes[code] > 1) heads.groups.emplace(headOf[code], GroupHeads::Group{code, sizes[code]});
    return heads;
}

std::vector<ImageId> groupMembers(const store::ColumnIndex& index, const std::vector<ImageId>& all,
                                  const std::vector<ImageId>& heads) {
    std::vector<bool> wanted(index.groupCount() + 1);
    std::unordered_set<std::int64_t> members;
    for (const ImageId id : heads) {
        const auto code = codeOf(index, id);
        wanted[code] = code > 0;
        if (code == 0) members.insert(id.value);
    }
    const auto codes = index.groupCodes();
    for (std::size_t rank = 0; rank < codes.size(); ++rank)
        if (wanted[codes[rank]]) members.insert(index.imageIds()[rank]);
    std::vector<ImageId> found;
    for (const ImageId id : all)
        if (members.contains(id.value)) found.push_back(id);
    return found;
}

}  // namespace lathe::data
