// Three-way merge of two versions.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/data/apply_version.h"

namespace lathe::data {
namespace {

using annot::Annotation;
using annot::Annotations;
using base::fail;
using ById = std::unordered_map<AnnotationId, const Annotation*>;

ById placed(const Annotations& annotations) {
    ById places;
    for (const auto& a : annotations) places.emplace(a.id, &a);
    return places;
}

const Annotation* at(const ById& places, AnnotationId id) {
    const auto found = places.find(id);
    return found == places.end() ? nullptr : found->second;
}

bool same(const Annotation* a, const Annotation* b) {
    return a == b || (a && b && *a == *b);
}

std::optional<Annotation> copyOf(const Annotation* a) {
    return a ? std::optional(*a) : std::nullopt;
}

/// The same but for its number and who made it: both sides added it.
bool isTwin(Annotation a, const Annotation& b) {
    a.id = b.id, a.author = b.author;
    return a == b;
}

class Merger {
public:
    Merger(soci::session& sql, Prefer prefer, std::vector<MergeConflict>& conflicts)
        : m_documents(sql), m_prefer(prefer), m_conflicts(conflicts) {}

    /// `base` nullptr: the image wasn't in it.
    Result<WantedImage> merge(const SnapshotItem* base, const SnapshotItem& ours, const SnapshotItem& theirs) {
        WantedImage wanted{ours};
        wanted.item.split = mergedSplit(base, ours, theirs);
        LATHE_TRY(const auto left, m_documents.read(ours.document));
        LATHE_TRY(const auto right, m_documents.read(theirs.document));
        LATHE_TRY(const auto old, m_documents.read(base ? base->document : 0));
        if (left.digest == right.digest || right.digest == old.digest) return wanted;
        if (left.digest == old.digest) return wanted.item.document = theirs.document, wanted;
        LATHE_TRY(const auto a, left.annotations());
        LATHE_TRY(const auto b, right.annotations());
        LATHE_TRY(const auto c, old.annotations());
        wanted.annotations = mergedLabels(ours.image, c, a, b);
        return wanted;
    }

private:
    std::string mergedSplit(const SnapshotItem* base, const SnapshotItem& ours, const SnapshotItem& theirs) {
        if (ours.split == theirs.split || (base && theirs.split == base->split)) return ours.split;
        if (base && ours.split == base->split) return theirs.split;
        m_conflicts.push_back({ours.image, {}, {}, {}, {}, base ? base->split : std::string(), ours.split, theirs.split});
        return m_prefer == Prefer::Theirs ? theirs.split : ours.split;
    }

    /// In the order of ours; what ours deleted comes back to its place in theirs, what theirs added comes on top.
    Annotations mergedLabels(ImageId image, const Annotations& base, const Annotations& ours, const Annotations& theirs) {
        const ById before = placed(base), left = placed(ours), right = placed(theirs);
        Annotations merged;
        for (const auto& a : ours)
            if (const Annotation* one = decide(image, at(before, a.id), &a, at(right, a.id))) merged.push_back(*one);
        AnnotationId below;
        for (const auto& b : theirs) {
            const AnnotationId under = std::exchange(below, b.id);
            const bool added = !before.contains(b.id);
            if (left.contains(b.id) || (added && hasTwin(before, ours, b))) continue;
            const Annotation* one = decide(image, at(before, b.id), nullptr, &b);
            if (one) merged.insert(added ? merged.end() : above(merged, under), *one);
        }
        return merged;
    }

    static Annotations::iterator above(Annotations& annotations, AnnotationId under) {
        const auto found = std::ranges::find(annotations, under, &Annotation::id);
        return found == annotations.end() ? annotations.begin() : found + 1;
    }

    static bool hasTwin(const ById& before, const Annotations& ours, const Annotation& added) {
        return std::ranges::any_of(ours, [&](const auto& a) { return !before.contains(a.id) && isTwin(a, added); });
    }

    const Annotation* decide(ImageId image, const Annotation* base, const Annotation* ours, const Annotation* theirs) {
        if (same(ours, theirs) || same(theirs, base)) return ours;
        if (same(ours, base)) return theirs;
        const AnnotationId id = (ours ? ours : theirs)->id;
        m_conflicts.push_back({image, id, copyOf(base), copyOf(ours), copyOf(theirs), {}, {}, {}});
        return m_prefer == Prefer::Theirs ? theirs : ours;
    }

    DocumentReader m_documents;
    const Prefer m_prefer;
    std::vector<MergeConflict>& m_conflicts;
};

/// Ours, with what theirs changed put in; images of either side.
Result<std::vector<WantedImage>> mergedState(soci::session& sql, const std::array<SnapshotId, 3>& baseOursTheirs, Prefer prefer,
                                             std::vector<MergeConflict>& conflicts) {
    const auto& [base, ours, theirs] = baseOursTheirs;
    conflicts.clear();
    Merger merger(sql, prefer, conflicts);
    LATHE_TRY(const auto old, allItems(sql, base));
    LATHE_TRY(auto mine, allItems(sql, ours));
    std::vector<WantedImage> state, changed;
    LATHE_CHECK(walkDifference(sql, ours, theirs, [&](const SnapshotItem* left, const SnapshotItem* right) -> Result<> {
        if (!right) return {};
        if (!left) return changed.push_back({*right}), Result<>();
        const auto was = std::ranges::lower_bound(old, left->image, {}, &SnapshotItem::image);
        const bool known = was != old.end() && was->image == left->image;
        LATHE_TRY(auto merged, merger.merge(known ? &*was : nullptr, *left, *right));
        changed.push_back(std::move(merged));
        return {};
    }));
    state.reserve(mine.size() + changed.size());
    auto next = changed.begin();
    for (auto& item : mine) {
        for (; next != changed.end() && next->item.image < item.image; ++next) state.push_back(std::move(*next));
        if (next != changed.end() && next->item.image == item.image)
            state.push_back(std::move(*next++));
        else
            state.push_back({std::move(item)});
    }
    std::move(next, changed.end(), std::back_inserter(state));
    return state;
}

Result<SnapshotRow> baseOf(const store::Workspace& workspace, const MergeOptions& options, SnapshotId ours, SnapshotId theirs) {
    if (options.base) return findSnapshot(workspace, *options.base);
    LATHE_TRY(const auto all, snapshots(workspace));
    if (auto found = commonAncestor(all, ours, theirs)) return std::move(*found);
    return fail(ErrorCode::InvalidArgument,
                "the two versions have no common ancestor; name the version to compare both with: --base");
}

/// A side that contains the other already has nothing to merge.
std::pair<SnapshotId, SnapshotId> headsOf(SnapshotId base, SnapshotId ours, SnapshotId theirs) {
    if (base == theirs) return {ours, {}};
    if (base == ours) return {theirs, {}};
    return {ours, theirs};
}

}  // namespace

Result<MergeReport> mergeSnapshots(store::Workspace& workspace, SnapshotId ours, SnapshotId theirs, const std::string& who,
                                   const MergeOptions& options, std::stop_token stop, Progress progress) {
    LATHE_TRY(const auto left, findSnapshot(workspace, ours));
    LATHE_TRY(const auto right, findSnapshot(workspace, theirs));
    MergeReport report;
    LATHE_TRY(report.base, baseOf(workspace, options, ours, theirs));
    const std::array<SnapshotId, 3> sides{report.base.id, ours, theirs};
    bool stuck = false;
    const WantedState wanted = [&](soci::session& sql) -> Result<std::vector<WantedImage>> {
        LATHE_TRY(auto state, mergedState(sql, sides, options.prefer, report.conflicts));
        stuck = !report.conflicts.empty() && options.prefer == Prefer::None;
        if (stuck)
            return fail(ErrorCode::GateRefused, "both versions changed the same things; choose with --prefer ours or theirs");
        return state;
    };
    auto applied = applyState(workspace, wanted,
                              {fmt::format("Merge {} into {}", right.name, left.name), who, options.apply,
                               headsOf(report.base.id, ours, theirs), std::move(stop), std::move(progress)});
    if (!applied && !stuck) return fail(applied.error());
    if (applied) report.applied = std::move(*applied);
    return report;
}

}  // namespace lathe::data
