// What the filters say of a run: which there are, and what it got right and wrong of the images found.
#pragma once
#include <string>
#include <vector>

#include "core/data/facets.h"

namespace lathe::widgets::browser::search {

struct RunFacet {
    struct Run {
        std::string id, term, title;  ///< term: what run: is followed by
    };
    std::vector<Run> runs;  ///< that have kept predictions; the last finished first
    std::size_t chosen = 0;
    data::RunCounts counts;
};
/// `wanted`: id or term of the run to count; unknown: the first. Any thread; reads the run's predictions.
[[nodiscard]] RunFacet runFacet(const store::Workspace& workspace, const store::ColumnIndex& index, const std::vector<ImageId>& ids,
                                const std::string& wanted);

}  // namespace lathe::widgets::browser::search
