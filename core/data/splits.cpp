#include "core/data/splits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <unordered_set>

#include "core/base/hash.h"
#include "core/data/split_groups.h"
#include "core/data/split_stratify.h"
#include "core/data/version_rows.h"
#include "core/store/column_index.h"
#include "core/store/records.h"

namespace lathe::data {
namespace {

using base::fail;

// ---- what is dealt out

int splitIndex(const std::string& name) {
    const auto at = std::ranges::find(kSplitNames, name);
    return at == kSplitNames.end() ? -1 : int(at - kSplitNames.begin());
}

Result<std::vector<SplitImage>> readImages(const store::Workspace& workspace) {
    std::vector<SplitImage> images;
    std::vector<std::int64_t> frozen;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        images.clear(), frozen = frozenImages(sql);
        long long id = 0;
        double added = 0;
        std::string digest, name, split;
        soci::statement rows = (sql.prepare << "SELECT id, digest, name, split, added FROM image", soci::into(id),
                                soci::into(digest), soci::into(name), soci::into(split), soci::into(added));
        for (rows.execute(); rows.fetch();) images.push_back({id, digest.empty() ? name : digest, name, added, splitIndex(split)});
        return {};
    }));
    for (auto& image : images) image.frozen = std::ranges::binary_search(frozen, image.id);
    std::ranges::sort(images, [](const auto& a, const auto& b) { return std::tie(a.key, a.name) < std::tie(b.key, b.name); });
    return images;
}

/// Labels are numbered by class name, so that they are the same in every workspace. Returns their names.
Result<std::vector<std::string>> findLabels(const store::Workspace& workspace, std::vector<SplitImage>& images) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
    LATHE_TRY(auto classes, workspace.classes());
    std::ranges::sort(classes, {}, &store::ClassRow::name);
    std::map<std::int32_t, int> labelOf;
    std::vector<std::string> names;
    for (const auto& row : classes) labelOf[std::int32_t(row.id.value)] = int(names.size()), names.push_back(row.name);
    const auto start = index->objectStart();
    for (auto& image : images) {
        const auto rank = index->rankOf(ImageId(image.id));
        if (rank < 0) continue;
        for (std::size_t k = start[std::size_t(rank)]; k < start[std::size_t(rank) + 1]; ++k)
            if (const auto at = labelOf.find(index->objectClasses()[k]); at != labelOf.end()) image.labels.push_back(at->second);
        std::ranges::sort(image.labels);
        image.labels.erase(std::unique(image.labels.begin(), image.labels.end()), image.labels.end());
    }
    return names;
}

void countLabels(SplitUnit& unit) {
    std::map<int, int> counts;
    for (const SplitImage* image : unit.members)
        for (const int label : image->labels) ++counts[label];
    unit.labels.assign(counts.begin(), counts.end());
}

/// The split that most of a group's fixed images have; -1: none has one.
int splitOfFixed(const std::array<int, 3>& fixed) {
    const auto most = std::ranges::max_element(fixed);
    return *most == 0 ? -1 : int(most - fixed.begin());
}

std::vector<SplitUnit> unitsOf(std::vector<SplitImage>& images, const std::vector<std::string>& groups) {
    struct Draft {
        SplitUnit unit;
        std::array<int, 3> fixed{};
    };
    std::map<std::string, Draft> byGroup;
    std::vector<SplitUnit> units;
    const auto add = [](SplitUnit& unit, SplitImage& image) {
        unit.time = unit.members.empty() ? image.time : std::max(unit.time, image.time);
        unit.members.push_back(&image);
    };
    for (std::size_t k = 0; k < images.size(); ++k) {
        SplitImage& image = images[k];
        if (groups.empty() || groups[k].empty()) {
            if (!image.fixed) add(units.emplace_back(SplitUnit{image.key, {}, {}, 0, -1}), image);
            continue;
        }
        Draft& draft = byGroup[groups[k]];
        if (image.fixed && image.was >= 0) ++draft.fixed[std::size_t(image.was)];
        if (!image.fixed) add(draft.unit, image);
    }
    for (auto& [group, draft] : byGroup) {
        if (draft.unit.members.empty()) continue;
        draft.unit.key = group, draft.unit.split = splitOfFixed(draft.fixed);
        units.push_back(std::move(draft.unit));
    }
    for (auto& unit : units) countLabels(unit);
    return units;
}

/// What lies in the splits before anything is dealt out.
struct Present {
    Shares images{};
    std::vector<Shares> ofLabel;

    void add(int split, double count, std::span<const std::pair<int, int>> labels) {
        images[std::size_t(split)] += count;
        for (const auto& [label, n] : labels) ofLabel[std::size_t(label)][std::size_t(split)] += n;
    }
};

/// Frozen images count against the shares; with --only-new the old ones don't, only the groups that new ones join.
Present presentOf(const std::vector<SplitImage>& images, const std::vector<SplitUnit>& units, std::size_t labels, bool onlyNew) {
    Present present;
    present.ofLabel.resize(labels);
    for (const auto& image : images) {
        if (onlyNew || !image.fixed || image.was < 0) continue;
        std::vector<std::pair<int, int>> its;
        for (const int label : image.labels) its.emplace_back(label, 1);
        present.add(image.was, 1, its);
    }
    for (const auto& unit : units)
        if (unit.split >= 0) present.add(unit.split, double(unit.members.size()), unit.labels);
    return present;
}

// ---- the ways to deal

/// Largest remainder; what rounding owes a split is carried to the next stratum, so that the totals come out too.
std::array<std::size_t, 3> countsOf(std::size_t n, const Shares& wanted, Shares& owed) {
    std::array<std::size_t, 3> counts{};
    Shares due{};
    std::size_t given = 0;
    for (std::size_t k = 0; k < 3; ++k) {
        due[k] = std::max(0.0, wanted[k] + owed[k]);
        counts[k] = std::min(std::size_t(due[k] + 1e-9), n - given);
        given += counts[k];
    }
    for (; given < n; ++given) {
        std::size_t most = 0;
        for (std::size_t k = 1; k < 3; ++k)
            if (due[k] - double(counts[k]) > due[most] - double(counts[most]) + 1e-9) most = k;
        ++counts[most];
    }
    for (std::size_t k = 0; k < 3; ++k) owed[k] += wanted[k] - double(counts[k]);
    return counts;
}

void dealInOrder(const std::vector<SplitUnit*>& units, const std::array<std::size_t, 3>& counts) {
    std::size_t at = 0;
    for (int split = 0; split < 3; ++split)
        for (std::size_t k = 0; k < counts[std::size_t(split)]; ++k) units[at++]->split = split;
}

/// Single images of at most one label each: exact shares within each label.
void dealStrata(std::vector<SplitUnit>& units, const Shares& shares, const Present& present, SplitRandom& random) {
    std::map<int, std::vector<SplitUnit*>> strata;
    for (auto& unit : units)
        if (unit.split < 0) strata[unit.labels.empty() ? -1 : unit.labels.front().first].push_back(&unit);
    const bool byLabel = strata.size() > 1 || !strata.contains(-1);
    Shares owed{};
    for (auto& [label, members] : strata) {
        shuffle(members, random);
        const Shares fixed = !byLabel ? present.images : label < 0 ? Shares{} : present.ofLabel[std::size_t(label)];
        const auto counts = countsOf(members.size(), stillWanted(shares, fixed, double(members.size())), owed);
        dealInOrder(members, counts);
    }
}

std::vector<SplitUnit*> freeUnits(std::vector<SplitUnit>& units) {
    std::vector<SplitUnit*> open;
    for (auto& unit : units)
        if (unit.split < 0) open.push_back(&unit);
    return open;
}

double imagesIn(const std::vector<SplitUnit*>& units) {
    double n = 0;
    for (const SplitUnit* unit : units) n += double(unit->members.size());
    return n;
}

/// Whole groups, the largest first, go to the split that is furthest behind.
void dealGroups(std::vector<SplitUnit>& units, const Shares& shares, const Present& present, SplitRandom& random) {
    auto open = freeUnits(units);
    shuffle(open, random);
    std::ranges::stable_sort(open, std::greater<>(), [](const SplitUnit* unit) { return unit->members.size(); });
    Shares behind = stillWanted(shares, present.images, imagesIn(open));
    for (SplitUnit* unit : open) {
        const auto split = std::size_t(std::ranges::max_element(behind) - behind.begin());
        behind[split] -= double(unit->members.size());
        unit->split = int(split);
    }
}

/// Oldest first; a group goes where its middle falls.
void dealByTime(std::vector<SplitUnit>& units, const Shares& shares, const Present& present) {
    auto open = freeUnits(units);
    std::ranges::sort(open, [](const auto* a, const auto* b) { return std::tie(a->time, a->key) < std::tie(b->time, b->key); });
    const Shares wanted = stillWanted(shares, present.images, imagesIn(open));
    double before = 0;
    for (SplitUnit* unit : open) {
        const double middle = before + double(unit->members.size()) / 2;
        unit->split = middle < std::round(wanted[0]) ? 0 : middle < std::round(wanted[0] + wanted[1]) ? 1 : 2;
        before += double(unit->members.size());
    }
}

/// A number in [0, 1) that depends on key and seed alone.
double fractionOf(const std::string& key, std::uint64_t seed) {
    const std::string digest = base::sha256(fmt::format("{}\n{}", seed, key));
    std::uint64_t bits = 0;
    std::from_chars(digest.data(), digest.data() + 13, bits, 16);
    return std::ldexp(double(bits), -52);
}

void dealByHash(std::vector<SplitUnit>& units, const Shares& shares, std::uint64_t seed) {
    for (SplitUnit* unit : freeUnits(units)) {
        const double at = fractionOf(unit->key, seed);
        unit->split = at < shares[0] ? 0 : at < shares[0] + shares[1] || shares[2] == 0 ? 1 : 2;
    }
}

bool hasSeveralLabels(const std::vector<SplitUnit>& units) {
    return std::ranges::any_of(units, [](const auto& unit) { return unit.labels.size() > 1; });
}

void dealStratified(std::vector<SplitUnit>& units, const Shares& shares, const Present& present, SplitRandom& random) {
    shuffle(units, random);
    std::ranges::stable_sort(units, std::greater<>(), [](const SplitUnit& unit) { return unit.members.size(); });
    stratify(units, shares, present.ofLabel, present.images, random);
}

void deal(std::vector<SplitUnit>& units, const SplitOptions& options, const Shares& shares, const Present& present) {
    SplitRandom random(options.seed);
    if (options.by == "hash") return dealByHash(units, shares, options.seed);
    if (options.by.starts_with("time")) return dealByTime(units, shares, present);
    if (options.stratify && (!options.group.empty() || hasSeveralLabels(units)))
        return dealStratified(units, shares, present, random);
    if (!options.group.empty()) return dealGroups(units, shares, present, random);
    dealStrata(units, shares, present, random);
}

// ---- before and after

Result<Shares> sharesOf(const SplitOptions& options) {
    const double sum = options.train + options.val + options.test;
    if (options.train < 0 || options.val < 0 || options.test < 0 || !(sum > 0))
        return fail(ErrorCode::InvalidArgument,
                    "shares of a split are numbers from 0 up, not all 0, as in --train 0.8 --val 0.1 --test 0.1");
    const bool byTime = options.by == "time" || (options.by.starts_with("time:") && options.by.size() > 5);
    if (!options.by.empty() && options.by != "hash" && !byTime)
        return fail(ErrorCode::InvalidArgument, "images can be dealt out by time, time:KEY or hash; at random without it",
                    options.by);
    if (!options.by.empty() && options.stratify)
        return fail(ErrorCode::InvalidArgument, "a split by time or hash can't keep the classes' shares too; leave one out",
                    options.by);
    return Shares{options.train / sum, options.val / sum, options.test / sum};
}

Result<> writeSplits(store::Workspace& workspace, const std::vector<SplitUnit>& units, SplitReport& report) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        report.moved = 0;
        long long id = 0;
        std::string split;
        soci::statement update = (sql.prepare << "UPDATE image SET split = :s WHERE id = :i", soci::use(split), soci::use(id));
        for (const auto& unit : units) {
            for (const SplitImage* image : unit.members) {
                if (image->was == unit.split) continue;
                id = image->id, split = kSplitNames[std::size_t(unit.split)];
                update.execute(true);
                ++report.moved;
            }
        }
        if (report.moved > 0) store::touchImages(sql);
        return {};
    });
}

std::vector<std::pair<std::string, std::int64_t>> countsAfter(const std::vector<SplitImage>& images,
                                                              const std::vector<SplitUnit>& units) {
    std::array<std::int64_t, 3> n{};
    for (const auto& image : images)
        if (image.fixed && image.was >= 0) ++n[std::size_t(image.was)];
    for (const auto& unit : units) n[std::size_t(unit.split)] += std::int64_t(unit.members.size());
    return {{kSplitNames[0], n[0]}, {kSplitNames[1], n[1]}, {kSplitNames[2], n[2]}};
}

void fixImages(std::vector<SplitImage>& images, const SplitOptions& options, SplitReport& report) {
    std::size_t kept = 0;
    for (auto& image : images) {
        const bool old = options.onlyNew && image.was >= 0, frozen = image.frozen && !options.force;
        image.fixed = old || frozen, kept += frozen && !old;
    }
    if (kept > 0) report.problems.push_back(frozenProblem(kept, "split", false));
}

void warnOfMovedFrozen(const std::vector<SplitUnit>& units, SplitReport& report) {
    std::size_t moved = 0;
    for (const auto& unit : units)
        for (const SplitImage* image : unit.members) moved += image->frozen && image->was != unit.split;
    if (moved > 0) report.problems.push_back(frozenProblem(moved, "split", true));
}

Result<> readTimes(const store::Workspace& workspace, std::vector<SplitImage>& images, const std::string& by, SplitReport& report) {
    if (!by.starts_with("time:")) return {};
    LATHE_TRY(const std::int64_t without, setTimes(workspace, images, by.substr(5)));
    if (without > 0)
        report.problems.push_back({fmt::format("{} images", without), "no_time",
                                   fmt::format("have no field {} that is a time; they "
                                               "count as the oldest",
                                               by.substr(5))});
    return {};
}

}  // namespace

Result<SplitReport> assignSplits(store::Workspace& workspace, const SplitOptions& options) {
    SplitReport report;
    LATHE_TRY(const Shares shares, sharesOf(options));
    LATHE_TRY(auto images, readImages(workspace));
    fixImages(images, options, report);
    std::vector<std::string> labels, groups;
    if (options.stratify) {
        LATHE_TRY(labels, findLabels(workspace, images));
    }
    if (!options.group.empty()) {
        LATHE_TRY(groups, groupsOf(workspace, images, options.group));
    }
    LATHE_CHECK(readTimes(workspace, images, options.by, report));
    auto units = unitsOf(images, groups);
    deal(units, options, shares, presentOf(images, units, labels.size(), options.onlyNew));
    warnOfMovedFrozen(units, report);
    LATHE_CHECK(writeSplits(workspace, units, report));
    report.counts = countsAfter(images, units);
    return report;
}

}  // namespace lathe::data
