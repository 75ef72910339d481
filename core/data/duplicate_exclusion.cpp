// Keeping one of a group: the others are put aside by the log of states, and brought back by it.
#include <algorithm>
#include <map>
#include <tuple>

#include "core/data/duplicates.h"
#include "core/store/column_index.h"
#include "core/store/labelling.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

struct Candidate {
    ImageId id;
    const image::Fingerprint* print = nullptr;
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

Result<std::vector<Candidate>> candidates(const store::Workspace& workspace, const store::ColumnIndex& index,
                                          const Duplicates& found, std::size_t group) {
    LATHE_TRY(const auto rows, workspace.images(found.groups[group]));
    if (rows.size() != found.groups[group].size()) return fail(ErrorCode::NotFound, "images went away meanwhile; run it again");
    std::vector<Candidate> all;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const auto rank = index.rankOf(rows[k].id);
        const auto start = index.objectStart();
        const std::int64_t labels = rank < 0 ? 0 : start[std::size_t(rank) + 1] - start[std::size_t(rank)];
        all.push_back({rows[k].id, &found.prints[group][k], std::int64_t(rows[k].width) * rows[k].height, labels, rows[k].added});
    }
    return all;
}

void choose(std::vector<Candidate> all, int threshold, Keep rule, Exclusion& exclusion) {
    std::ranges::sort(all, [rule](const Candidate& a, const Candidate& b) { return better(a, b, rule); });
    std::vector<const Candidate*> kept;
    for (const Candidate& one : all) {
        const bool alike = std::ranges::any_of(kept, [&](const auto* k) { return areAlike(*k->print, *one.print, threshold); });
        if (!alike) kept.push_back(&one);
        (alike ? exclusion.excluded : exclusion.kept).push_back(one.id);
    }
}

/// The reason of the rejection before the image was excluded.
Result<std::string> formerReason(const store::Workspace& workspace, ImageId image) {
    LATHE_TRY(const auto history, store::stateHistory(workspace, image));
    std::string reason;
    for (const auto& change : history)
        if (change.to == "rejected") reason = change.reason;
    return reason;
}

}  // namespace

Result<Exclusion> excludeDuplicates(store::Workspace& workspace, const Duplicates& found, Keep rule, const std::string& who) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
    Exclusion exclusion;
    for (std::size_t g = 0; g < found.groups.size(); ++g) {
        LATHE_TRY(auto all, candidates(workspace, *index, found, g));
        choose(std::move(all), found.threshold, rule, exclusion);
    }
    std::ranges::sort(exclusion.kept);
    std::ranges::sort(exclusion.excluded);
    LATHE_CHECK(store::setState(workspace, exclusion.excluded, "skipped", who, kDuplicateReason));
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

}  // namespace lathe::data
