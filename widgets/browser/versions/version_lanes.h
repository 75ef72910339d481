// The lines of a tree of versions, as a graph beside a list: one row a version, newest first.
#pragma once
#include <vector>

#include "core/data/snapshot.h"

namespace lathe::widgets::browser::versions {

/// What runs through one row.
struct LaneRow {
    int lane = 0;  ///< of the version's dot
    struct Line {
        int from = 0, to = 0;             ///< lanes at the row's upper and lower edge; the dot's lane where it begins or ends there
        int colour = 0;                   ///< of the line of versions
        bool above = true, below = true;  ///< false: it begins, or ends, at the dot
    };
    std::vector<Line> lines;
    int colour = 0;
};
/// A version's first child keeps its lane; another child and the other side of a merge have lanes of their own. A parent that isn't
/// among the rows is left out.
[[nodiscard]] std::vector<LaneRow> lanesOf(const std::vector<data::SnapshotRow>& rows);
/// Lanes side by side at most.
[[nodiscard]] int laneCount(const std::vector<LaneRow>& rows);

}  // namespace lathe::widgets::browser::versions
