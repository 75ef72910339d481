#include "core/annot/edit.h"

#include <fmt/format.h>
#include <algorithm>
#include <unordered_map>

#include "core/annot/bytes.h"

namespace lathe::annot {
namespace {

constexpr std::uint8_t kEditVersion = 1;
constexpr std::size_t kMany = 32;  // from here on a table of ids pays

// Not-a-number from a foreign file equals nothing, not even itself; the packed bytes do.
bool isSame(const Annotation& a, const Annotation& b) {
    return a == b || (a.id == b.id && packOne(a) == packOne(b));
}

Change inverseOf(const Change& change) {
    return {change.after, change.before, change.orderAfter, change.orderBefore};
}

Error changedUnderneath(AnnotationId id) {
    return {
        ErrorCode::InvalidData,
        fmt::format("annotation {} isn't as it was when this edit was made: someone else changed it; reload the image", id.value),
        {}};
}

std::size_t placeOf(const Annotations& annotations, const Change& change) {
    const AnnotationId id = change.before->id;
    const auto hint = std::size_t(change.orderBefore);
    if (change.orderBefore >= 0 && hint < annotations.size() && annotations[hint].id == id) return hint;
    const auto found = std::ranges::find(annotations, id, &Annotation::id);
    return std::size_t(found - annotations.begin());
}

std::size_t insertAt(const Annotations& annotations, int order) {
    return order < 0 ? annotations.size() : std::min(std::size_t(order), annotations.size());
}

Result<> addOne(Annotations& annotations, const Change& change) {
    if (std::ranges::find(annotations, change.after->id, &Annotation::id) != annotations.end())
        return fail(changedUnderneath(change.after->id));
    annotations.insert(annotations.begin() + std::ptrdiff_t(insertAt(annotations, change.orderAfter)), *change.after);
    return {};
}

void moveTo(Annotations& annotations, std::size_t from, std::size_t to) {
    const auto at = annotations.begin();
    if (from < to) std::rotate(at + std::ptrdiff_t(from), at + std::ptrdiff_t(from) + 1, at + std::ptrdiff_t(to) + 1);
    if (to < from) std::rotate(at + std::ptrdiff_t(to), at + std::ptrdiff_t(from), at + std::ptrdiff_t(from) + 1);
}

// `done` gets the change with the places it really had, for taking it back.
Result<> applyOne(Annotations& annotations, const Change& change, Change& done) {
    done = change;
    if (!change.before && !change.after) return {};
    if (!change.before) return addOne(annotations, change);
    const std::size_t place = placeOf(annotations, change);
    if (place == annotations.size() || !isSame(annotations[place], *change.before))
        return fail(changedUnderneath(change.before->id));
    done.orderBefore = int(place);
    if (!change.after) {
        annotations.erase(annotations.begin() + std::ptrdiff_t(place));
        return {};
    }
    if (change.after->id != change.before->id &&
        std::ranges::find(annotations, change.after->id, &Annotation::id) != annotations.end())
        return fail(changedUnderneath(change.after->id));
    annotations[place] = *change.after;
    if (change.orderAfter >= 0) moveTo(annotations, place, std::min(std::size_t(change.orderAfter), annotations.size() - 1));
    return {};
}

Result<> applyInTurn(Annotations& annotations, const std::vector<Change>& changes) {
    std::vector<Change> done;
    for (const auto& change : changes) {
        Change& last = done.emplace_back();
        if (auto applied = applyOne(annotations, change, last); !applied) {
            done.pop_back();
            for (Change ignored; !done.empty(); done.pop_back()) (void)applyOne(annotations, inverseOf(done.back()), ignored);
            return applied;
        }
    }
    return {};
}

using Places = std::unordered_map<AnnotationId, std::size_t>;

Places placesOf(const Annotations& annotations) {
    Places places;
    places.reserve(annotations.size());
    for (std::size_t k = 0; k < annotations.size(); ++k) places.emplace(annotations[k].id, k);
    return places;
}

// Many shapes changed in place or deleted: checked first, then done in one walk.
bool isReplaceOrRemove(const Change& c) {
    return c.before && (!c.after || ((c.orderAfter < 0 || c.orderAfter == c.orderBefore) && c.after->id == c.before->id));
}

// A place that is named must be where it lies already: then nothing moves.
bool staysIn(std::size_t place, const Change& c, bool anyRemoved) {
    return !c.after || c.orderAfter < 0 || (!anyRemoved && std::size_t(c.orderAfter) == place);
}

Result<> replaceAndRemove(Annotations& annotations, const std::vector<Change>& changes) {
    const Places places = placesOf(annotations);
    std::vector<const Change*> at(annotations.size());
    const bool anyRemoved = std::ranges::any_of(changes, [](const Change& c) { return !c.after; });
    for (const auto& change : changes) {
        const auto found = places.find(change.before->id);
        if (found != places.end() && (at[found->second] || !staysIn(found->second, change, anyRemoved)))
            return applyInTurn(annotations, changes);  // one shape changed twice, or one that moves
        if (found == places.end() || !isSame(annotations[found->second], *change.before))
            return fail(changedUnderneath(change.before->id));
        at[found->second] = &change;
    }
    std::size_t kept = 0;
    for (std::size_t k = 0; k < annotations.size(); ++k) {
        if (at[k] && !at[k]->after) continue;
        if (at[k]) annotations[k] = *at[k]->after;
        if (kept != k) annotations[kept] = std::move(annotations[k]);
        ++kept;
    }
    annotations.resize(kept);
    return {};
}

// Many shapes added from the lowest place up (pasted, or a deletion undone): merged in one walk.
bool isAdditionFromBelow(const std::vector<Change>& changes) {
    std::int64_t last = -1;
    for (const auto& c : changes) {
        const std::int64_t place = c.orderAfter < 0 ? INT64_MAX : c.orderAfter;
        if (c.before || !c.after || place < last || (place == last && place != INT64_MAX)) return false;
        last = place;
    }
    return true;
}

Result<> addFromBelow(Annotations& annotations, const std::vector<Change>& changes) {
    Places places = placesOf(annotations);
    for (const auto& change : changes)
        if (!places.emplace(change.after->id, 0).second) return fail(changedUnderneath(change.after->id));
    Annotations merged;
    merged.reserve(annotations.size() + changes.size());
    std::size_t next = 0;
    for (const auto& change : changes) {
        const std::size_t place = change.orderAfter < 0 ? SIZE_MAX : std::size_t(change.orderAfter);
        while (merged.size() < place && next < annotations.size()) merged.push_back(std::move(annotations[next++]));
        merged.push_back(*change.after);
    }
    std::move(annotations.begin() + std::ptrdiff_t(next), annotations.end(), std::back_inserter(merged));
    annotations = std::move(merged);
    return {};
}

bool inOneWalk(const std::vector<Change>& changes) {
    return changes.size() >= kMany && (std::ranges::all_of(changes, isReplaceOrRemove) || isAdditionFromBelow(changes));
}

Result<> applyOneWalk(Annotations& annotations, const std::vector<Change>& changes) {
    return isReplaceOrRemove(changes.front()) ? replaceAndRemove(annotations, changes) : addFromBelow(annotations, changes);
}

// Stretch by stretch, so that going back to the past is one walk for what changed and one for what was added.
Result<> applyInRuns(Annotations& annotations, const std::vector<Change>& changes) {
    Annotations next = annotations;
    for (auto from = changes.begin(); from != changes.end();) {
        const bool kind = isReplaceOrRemove(*from);
        const auto to = std::find_if(from, changes.end(), [&](const Change& c) { return isReplaceOrRemove(c) != kind; });
        const std::vector<Change> run(from, to);
        LATHE_CHECK(inOneWalk(run) ? applyOneWalk(next, run) : applyInTurn(next, run));
        from = to;
    }
    annotations = std::move(next);
    return {};
}

void putChange(ByteWriter& out, const Change& change) {
    out.byte(std::uint8_t((change.before ? 1 : 0) | (change.after ? 2 : 0)));
    out.zigzag(change.orderBefore);
    out.zigzag(change.orderAfter);
    if (change.before) putAnnotation(out, *change.before);
    if (change.after) putAnnotation(out, *change.after);
}

int getOrder(ByteReader& in) {
    const std::int64_t order = in.zigzag();
    if (order < INT32_MIN || order > INT32_MAX) in.fail();
    return int(order);
}

Change getChange(ByteReader& in) {
    Change change;
    const std::uint8_t present = in.byte();
    if (present > 3) in.fail();
    change.orderBefore = getOrder(in);
    change.orderAfter = getOrder(in);
    if (present & 1) change.before = getAnnotation(in);
    if (present & 2) change.after = getAnnotation(in);
    return change;
}

}  // namespace

AnnotationEdit AnnotationEdit::inverse() const {
    AnnotationEdit edit{image, author, at, label, {}};
    edit.changes.reserve(changes.size());
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) edit.changes.push_back(inverseOf(*change));
    return edit;
}

std::vector<Change> removalOf(const Annotations& annotations, const std::vector<AnnotationId>& ids) {
    const Places places = placesOf(annotations);
    std::vector<std::size_t> chosen;
    for (const AnnotationId id : ids)
        if (const auto found = places.find(id); found != places.end()) chosen.push_back(found->second);
    std::ranges::sort(chosen, std::greater<>());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    std::vector<Change> changes;
    for (const std::size_t place : chosen) changes.push_back({annotations[place], std::nullopt, int(place), -1});
    return changes;
}

Result<> apply(Annotations& annotations, const AnnotationEdit& edit) {
    if (inOneWalk(edit.changes)) return applyOneWalk(annotations, edit.changes);
    return edit.changes.size() >= kMany ? applyInRuns(annotations, edit.changes) : applyInTurn(annotations, edit.changes);
}

std::string packEdit(const AnnotationEdit& edit) {
    ByteWriter out;
    out.byte(kEditVersion);
    out.varint(std::uint64_t(edit.image.value));
    out.text(edit.author);
    out.real(edit.at);
    out.text(edit.label);
    out.varint(edit.changes.size());
    for (const auto& change : edit.changes) putChange(out, change);
    return out.take();
}

Result<AnnotationEdit> unpackEdit(std::string_view body) {
    ByteReader in(body);
    if (in.byte() != kEditVersion) in.fail();
    AnnotationEdit edit;
    edit.image = ImageId(std::int64_t(in.varint()));
    edit.author = in.text();
    edit.at = in.real();
    edit.label = in.text();
    for (std::size_t left = in.count(3); left && !in.failed(); --left) edit.changes.push_back(getChange(in));
    if (in.failed() || !in.atEnd())
        return fail(ErrorCode::Corrupt, "an entry of the journal is damaged: its packed form can't be read");
    return edit;
}

}  // namespace lathe::annot
