// Statements about many images. For core/store alone.
#pragma once
#include <algorithm>
#include <span>
#include <string>

#include "core/store/workspace.h"

namespace lathe::store {

/// "1,2,3" of up to 500 ids at a time: no bind variables to run out of.
template <class Visit>
void eachChunk(std::span<const ImageId> ids, Visit visit) {
    constexpr std::size_t kChunk = 500;
    for (std::size_t at = 0; at < ids.size(); at += kChunk) {
        std::string list;
        for (const ImageId id : ids.subspan(at, std::min(kChunk, ids.size() - at))) {
            if (!list.empty()) list += ',';
            list += std::to_string(id.value);
        }
        visit(list);
    }
}

[[nodiscard]] inline Result<> checkSplit(const std::string& split) {
    if (split.empty() || split == "train" || split == "val" || split == "test") return {};
    return fail(ErrorCode::InvalidArgument, "a split is train, val, test or empty", split);
}

}  // namespace lathe::store
