#include "core/annot/edit_plan.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace lathe::annot {

namespace {

// The steps that bring `now` into the order of `to`, whose new ones are added at their places on the way up.
void addAndOrder(std::vector<AnnotationId> now, const Annotations& to, std::vector<Change>& changes) {
    const std::unordered_set<AnnotationId> known(now.begin(), now.end());
    std::size_t next = 0;
    std::unordered_set<AnnotationId> moved;
    for (std::size_t place = 0; place < to.size(); ++place) {
        while (next < now.size() && moved.contains(now[next])) ++next;
        const AnnotationId id = to[place].id;
        if (!known.contains(id)) {
            changes.push_back({std::nullopt, to[place], -1, int(place)});
        } else if (next < now.size() && now[next] == id) {
            ++next;
        } else {
            std::size_t from = place, at = next;
            for (; now[at] != id; ++at) from += moved.contains(now[at]) ? 0 : 1;
            changes.push_back({to[place], to[place], int(from), int(place)});
            moved.insert(id);
        }
    }
}

}  // namespace

std::vector<Change> reorderOf(const Annotations& annotations, const std::vector<AnnotationId>& ids, int to) {
    const std::unordered_set<AnnotationId> chosen(ids.begin(), ids.end());
    std::vector<Change> changes;
    const auto move = [&](int from, int place) {
        const Annotation& a = annotations[std::size_t(from)];
        if (from != place) changes.push_back({a, a, from, place});
    };
    const int count = int(annotations.size()), gap = std::clamp(to, 0, count);
    for (int from = gap - 1, place = gap - 1; from >= 0; --from)
        if (chosen.contains(annotations[std::size_t(from)].id)) move(from, place--);
    for (int from = gap, place = gap; from < count; ++from)
        if (chosen.contains(annotations[std::size_t(from)].id)) move(from, place++);
    return changes;
}

std::vector<Change> changesBetween(const Annotations& from, const Annotations& to) {
    std::unordered_map<AnnotationId, std::size_t> after;
    for (std::size_t place = 0; place < to.size(); ++place) after.emplace(to[place].id, place);
    std::vector<Change> changes, removals;
    std::vector<AnnotationId> kept;
    for (std::size_t place = from.size(); place-- > 0;) {
        const auto found = after.find(from[place].id);
        if (found == after.end()) {
            removals.push_back({from[place], std::nullopt, int(place), -1});
            continue;
        }
        kept.push_back(from[place].id);
        if (to[found->second] != from[place]) changes.push_back({from[place], to[found->second], -1, -1});
    }
    changes.insert(changes.end(), removals.begin(), removals.end());
    addAndOrder({kept.rbegin(), kept.rend()}, to, changes);
    return changes;
}

}  // namespace lathe::annot
