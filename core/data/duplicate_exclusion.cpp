// Keeping one of a group: the others are put aside by the log of states, and brought back by it.
#include <algorithm>
#include <map>
#include <tuple>

#include "core/data/duplicates.h"
#include "core/data/version_rows.h"
#include "core/store/batch.h"
#include "core/store/column_index.h"
#include "core/store/labelling.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

struct Candidate {
    ImageId id;
    std::uint32_t place = 0;
    std::int64_t pixels = 0, labels = 0;
    double added = 0;
};

/// Is `a` rather to be kept than `b`?
bool better(const Candidate& a, const Candidate& b, Keep rule) {
    const auto first = std::tuple(a.added, a.id) < std::tuple(b.added, b.id);
    const auto order = [first](std::int64_t x, std::int64_t y, std::int64_t u, std::int64_t v) {
        return x != y ? x > y : u != v ? u > v : first;
    };
    switch (rule) {
        case Keep::Largest: return order(a.pixels, b.pixels, a.labels, b.labels);
        case Keep::Labelled: return order(a.labels, b.labels, a.pixels, b.pixels);
        case Keep::First: break;
    }
    return first;
}

Result<std::vector<Candidate>> candidates(const store::ColumnIndex& index, const std::vector<ImageId>& group) {
    std::vector<Candidate> all;
    for (std::size_t k = 0; k < group.size(); ++k) {
        const std::int64_t rank = index.rankOf(group[k]);
        if (rank < 0) return fail(ErrorCode::NotFound, "images went away meanwhile; run it again");
        const auto r = std::size_t(rank);
        const std::int64_t labels = index.objectStart()[r + 1] - index.objectStart()[r];
        all.push_back({group[k], std::uint32_t(k), std::int64_t(index.widths()[r]) * index.heights()[r], labels, index.added()[r]});
    }
    return all;
}

/// Places in the group without those that are left as they are: picked ones, then by rank.
std::vector<std::uint32_t> orderOf(const std::vector<ImageId>& ids, const std::vector<std::uint32_t>& ranked, const Picks& picks) {
    std::vector<std::uint32_t> order;
    for (const bool picked : {true, false})
        for (const std::uint32_t place : ranked)
            if (!picks.left.contains(ids[place]) && picks.kept.contains(ids[place]) == picked) order.push_back(place);
    return order;
}

/// The reason of the rejection before the image was excluded.
Result<std::string> formerReason(const store::Workspace& workspace, ImageId image) {
    LATHE_TRY(const auto history, store::stateHistory(workspace, image));
    std::string reason;
    for (const auto& change : history)
        if (change.to == "rejected") reason = change.reason;
    return reason;
}

/// Each gets the state that it had.
Result<std::int64_t> includeAll(store::Workspace& workspace, const std::vector<std::pair<ImageId, std::string>>& excluded,
                                const std::string& who) {
    std::map<std::pair<std::string, std::string>, std::vector<ImageId>> byState;
    for (const auto& [image, state] : excluded) {
        std::string reason;
        if (state == "rejected") {
            LATHE_TRY(reason, formerReason(workspace, image));
        }
        byState[{state, reason}].push_back(image);
    }
    for (const auto& [to, images] : byState) LATHE_CHECK(store::setState(workspace, images, to.first, who, to.second));
    return std::int64_t(excluded.size());
}

}  // namespace

Result<Ranks> rankGroups(const store::Workspace& workspace, const Duplicates& found, Keep rule, std::stop_token stop) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace, stop));
    Ranks ranks(found.groups.size());
    for (std::size_t g = 0; g < found.groups.size(); ++g) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "cancelled");
        LATHE_TRY(auto all, candidates(*index, found.groups[g]));
        std::ranges::sort(all, [rule](const Candidate& a, const Candidate& b) { return better(a, b, rule); });
        for (const Candidate& one : all) ranks[g].push_back(one.place);
    }
    return ranks;
}

std::vector<Fate> fatesOf(const Duplicates& found, std::size_t group, const Ranks& ranks, const Picks& picks) {
    const auto& ids = found.groups[group];
    const auto& prints = found.prints[group];
    std::vector<Fate> fates(ids.size(), Fate::Left);
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t place : orderOf(ids, ranks[group], picks)) {
        const auto isLike = [&](std::uint32_t other) { return areAlike(prints[other], prints[place], found.threshold); };
        const bool excluded = !picks.kept.contains(ids[place]) && std::ranges::any_of(kept, isLike);
        fates[place] = excluded ? Fate::Excluded : Fate::Kept;
        if (!excluded) kept.push_back(place);
    }
    return fates;
}

Result<> excludeDuplicates(store::Workspace& workspace, std::span<const ImageId> images, const std::string& who) {
    return store::setState(workspace, images, "skipped", who, kDuplicateReason);
}

Result<Exclusion> excludeDuplicates(store::Workspace& workspace, const Duplicates& found, Keep rule, const std::string& who) {
    LATHE_TRY(const Ranks ranks, rankGroups(workspace, found, rule));
    Exclusion exclusion;
    for (std::size_t g = 0; g < found.groups.size(); ++g) {
        const auto fates = fatesOf(found, g, ranks, {});
        for (std::size_t k = 0; k < fates.size(); ++k)
            (fates[k] == Fate::Kept ? exclusion.kept : exclusion.excluded).push_back(found.groups[g][k]);
    }
    std::ranges::sort(exclusion.kept);
    std::ranges::sort(exclusion.excluded);
    LATHE_CHECK(excludeDuplicates(workspace, exclusion.excluded, who));
    return exclusion;
}

Result<std::vector<std::pair<ImageId, std::string>>> excludedDuplicates(const store::Workspace& workspace) {
    std::vector<std::pair<ImageId, std::string>> all;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        all.clear();
        long long id = 0;
        std::string from;
        const std::string reason = kDuplicateReason;
        soci::statement rows =
            (sql.prepare << "SELECT c.image_id, c.from_state FROM state_change c JOIN image i ON i.id = c.image_id "
                            "WHERE c.seq IN (SELECT max(seq) FROM state_change GROUP BY image_id) AND i.state = 'skipped' "
                            "AND c.to_state = 'skipped' AND c.reason = :r ORDER BY c.image_id",
             soci::use(reason), soci::into(id), soci::into(from));
        for (rows.execute(); rows.fetch();) all.emplace_back(ImageId(id), from);
        return {};
    }));
    return all;
}

Result<std::int64_t> includeDuplicates(store::Workspace& workspace, const std::string& who) {
    LATHE_TRY(const auto excluded, excludedDuplicates(workspace));
    return includeAll(workspace, excluded, who);
}

Result<std::int64_t> includeDuplicates(store::Workspace& workspace, std::span<const ImageId> images, const std::string& who) {
    LATHE_TRY(auto excluded, excludedDuplicates(workspace));
    const std::set<ImageId> wanted(images.begin(), images.end());
    std::erase_if(excluded, [&](const auto& one) { return !wanted.contains(one.first); });
    return includeAll(workspace, excluded, who);
}

Result<SplitMove> moveToSplit(store::Workspace& workspace, std::span<const ImageId> images, const std::string& split,
                              const std::string& who, bool force) {
    std::vector<std::int64_t> frozen;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        frozen = frozenImages(sql);
        return {};
    }));
    const std::set<ImageId> wanted(images.begin(), images.end());
    LATHE_TRY(const auto rows, workspace.images(std::vector<ImageId>(wanted.begin(), wanted.end())));
    SplitMove move;
    for (const store::ImageRow& row : rows) {
        if (row.split == split) continue;
        const bool isFrozen = std::ranges::binary_search(frozen, row.id.value);
        if (isFrozen) move.frozen.push_back(row.id);
        if (isFrozen && !force) continue;
        move.moved.push_back(row.id);
    }
    if (move.moved.empty()) return move;
    const std::string label = split.empty() ? "Take from the splits" : "Move to " + split;
    LATHE_TRY(const auto done,
              store::writeBatch(workspace, label, who, [&](soci::session&, store::BatchWriter& writer) -> Result<> {
                  return writer.setSplit(move.moved, split);
              }));
    move.batch = done.batch;
    return move;
}

}  // namespace lathe::data
