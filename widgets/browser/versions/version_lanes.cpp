#include "widgets/browser/versions/version_lanes.h"

#include <algorithm>
#include <set>

namespace lathe::widgets::browser::versions {
namespace {

/// A lane that waits, going down, for the version it leads to.
struct OpenLane {
    SnapshotId wants;  ///< 0: free
    int colour = 0;
};

class LaneMaker {
public:
    explicit LaneMaker(const std::vector<data::SnapshotRow>& rows) {
        for (const auto& row : rows) m_known.insert(row.id);
    }

    LaneRow add(const data::SnapshotRow& version) {
        LaneRow row;
        const std::vector<OpenLane> before = m_lanes;
        row.lane = laneFor(version.id);
        row.colour = m_lanes[std::size_t(row.lane)].colour;
        for (OpenLane& lane : m_lanes)
            if (lane.wants == version.id) lane.wants = {};
        enter(row, before, version.id);
        leave(row, version);
        return row;
    }

private:
    /// The first lane that waits for it, else a free one.
    int laneFor(SnapshotId id) {
        const auto waiting = std::ranges::find(m_lanes, id, &OpenLane::wants);
        if (waiting != m_lanes.end()) return int(waiting - m_lanes.begin());
        return freeLane(id);
    }

    int freeLane(SnapshotId wants) {
        auto lane = std::ranges::find(m_lanes, SnapshotId(), &OpenLane::wants);
        if (lane == m_lanes.end()) lane = m_lanes.insert(m_lanes.end(), OpenLane());
        *lane = {wants, m_colours++};
        return int(lane - m_lanes.begin());
    }

    /// Lines from above: those that wait for this version end at its dot, the others pass.
    void enter(LaneRow& row, const std::vector<OpenLane>& before, SnapshotId id) const {
        for (std::size_t k = 0; k < before.size(); ++k) {
            if (!before[k].wants.valid()) continue;
            if (before[k].wants == id)
                row.lines.push_back({int(k), row.lane, before[k].colour, true, false});
            else
                row.lines.push_back({int(k), int(k), before[k].colour, true, true});
        }
    }

    /// Lines to the parents begin at the dot: to the first one in its own lane.
    void leave(LaneRow& row, const data::SnapshotRow& version) {
        if (m_known.contains(version.parent)) {
            m_lanes[std::size_t(row.lane)] = {version.parent, row.colour};
            row.lines.push_back({row.lane, row.lane, row.colour, false, true});
        }
        if (!m_known.contains(version.merged)) return;
        const auto waiting = std::ranges::find(m_lanes, version.merged, &OpenLane::wants);
        const int lane = waiting != m_lanes.end() ? int(waiting - m_lanes.begin()) : freeLane(version.merged);
        row.lines.push_back({row.lane, lane, m_lanes[std::size_t(lane)].colour, false, true});
    }

    std::set<SnapshotId> m_known;
    std::vector<OpenLane> m_lanes;
    int m_colours = 0;
};

}  // namespace

std::vector<LaneRow> lanesOf(const std::vector<data::SnapshotRow>& rows) {
    LaneMaker maker(rows);
    std::vector<LaneRow> lanes;
    lanes.reserve(rows.size());
    for (const auto& row : rows) lanes.push_back(maker.add(row));
    return lanes;
}

int laneCount(const std::vector<LaneRow>& rows) {
    int count = 0;
    for (const LaneRow& row : rows) {
        count = std::max(count, row.lane + 1);
        for (const LaneRow::Line& line : row.lines) count = std::max({count, line.from + 1, line.to + 1});
    }
    return count;
}

}  // namespace lathe::widgets::browser::versions
