#include "widgets/browser/duplicates/duplicate_sets.h"

#include <algorithm>

namespace lathe::widgets::browser::duplicates {

using data::Fate;

Result<std::shared_ptr<DuplicateSets>> DuplicateSets::make(const store::Workspace& workspace,
                                                           std::shared_ptr<const data::Duplicates> found, data::Keep rule,
                                                           data::Picks picks, std::stop_token stop) {
    const std::shared_ptr<DuplicateSets> sets(new DuplicateSets);
    sets->m_found = std::move(found);
    sets->m_picks = std::move(picks);
    const data::Duplicates& all = *sets->m_found;
    for (const auto& same : all.exact)
        for (const ImageId image : same) sets->m_same.emplace_back(image, same.front());
    std::ranges::sort(sets->m_same);
    std::vector<std::vector<ImageId>> pairs;
    pairs.reserve(all.leaks.size());
    for (const data::Leak& leak : all.leaks) pairs.push_back({leak.a, leak.b});
    sets->fill(DuplicateKind::Leaks, pairs);
    Shelf& groups = sets->m_shelves[std::size_t(DuplicateKind::Groups)];
    groups.alike.groups = all.groups, groups.alike.prints = all.prints;
    sets->fill(DuplicateKind::Groups, all.groups);
    sets->fillExact();
    for (const DuplicateKind kind : {DuplicateKind::Groups, DuplicateKind::Exact}) {
        Shelf& shelf = sets->m_shelves[std::size_t(kind)];
        shelf.alike.threshold = all.threshold;
        LATHE_TRY(shelf.ranks, data::rankGroups(workspace, shelf.alike, rule, stop));
        for (std::size_t set = 0; set < shelf.ranks.size(); ++set) sets->decide(shelf, set);
    }
    return sets;
}

void DuplicateSets::fill(DuplicateKind kind, const std::vector<std::vector<ImageId>>& sets) {
    Shelf& shelf = m_shelves[std::size_t(kind)];
    std::vector<ImageId> rows;
    const auto& leaks = m_shelves[std::size_t(DuplicateKind::Leaks)].places;
    for (const auto& set : sets) {
        bool leaking = kind == DuplicateKind::Leaks;
        for (const ImageId image : set) {
            shelf.places.emplace_back(image, rows.size());
            rows.push_back(image);
            if (!leaking) leaking = std::ranges::binary_search(leaks, image, {}, [](const auto& place) { return place.first; });
        }
        shelf.starts.push_back(rows.size());
        shelf.leaking.push_back(char(leaking));
    }
    std::ranges::sort(shelf.places);
    shelf.fates.assign(rows.size(), Fate::Left);
    shelf.rows = std::make_shared<const std::vector<ImageId>>(std::move(rows));
}

/// The prints are those of the groups.
void DuplicateSets::fillExact() {
    Shelf& shelf = m_shelves[std::size_t(DuplicateKind::Exact)];
    const Shelf& groups = m_shelves[std::size_t(DuplicateKind::Groups)];
    for (const auto& same : m_found->exact) {
        auto& prints = shelf.alike.prints.emplace_back();
        for (const ImageId image : same) {
            const auto row = std::size_t(rowOf(DuplicateKind::Groups, image));
            const std::size_t set = setOfRow(DuplicateKind::Groups, row);
            prints.push_back(groups.alike.prints[set][row - groups.starts[set]]);
        }
    }
    shelf.alike.groups = m_found->exact;
    fill(DuplicateKind::Exact, m_found->exact);
}

std::size_t DuplicateSets::setOfRow(DuplicateKind kind, std::size_t row) const {
    const auto& starts = shelf(kind).starts;
    return std::size_t(std::ranges::upper_bound(starts, row) - starts.begin()) - 1;
}

std::span<const ImageId> DuplicateSets::images(DuplicateKind kind, std::size_t set) const {
    const Shelf& s = shelf(kind);
    return std::span(*s.rows).subspan(s.starts[set], s.starts[set + 1] - s.starts[set]);
}

std::int64_t DuplicateSets::rowOf(DuplicateKind kind, ImageId image) const {
    const auto& places = shelf(kind).places;
    const auto at = std::ranges::lower_bound(places, image, {}, [](const auto& place) { return place.first; });
    return at != places.end() && at->first == image ? std::int64_t(at->second) : -1;
}

int DuplicateSets::distance(DuplicateKind kind, std::size_t row) const {
    const std::size_t set = setOfRow(kind, row), place = row - firstRow(kind, set);
    if (kind == DuplicateKind::Leaks) return place == 0 ? 0 : m_found->leaks[set].distance;
    const auto& prints = shelf(kind).alike.prints[set];
    return image::hammingDistance(prints[0].hash, prints[place].hash);
}

int DuplicateSets::sameAs(DuplicateKind kind, std::size_t row) const {
    const auto firstOf = [this](ImageId image) {
        const auto at = std::ranges::lower_bound(m_same, image, {}, [](const auto& same) { return same.first; });
        return at != m_same.end() && at->first == image ? at->second : ImageId();
    };
    const std::size_t set = setOfRow(kind, row), place = row - firstRow(kind, set);
    const auto all = images(kind, set);
    const ImageId first = firstOf(all[place]);
    if (!first.valid()) return -1;
    if (kind == DuplicateKind::Leaks) return place == 1 && firstOf(all[0]) == first ? 0 : -1;
    const auto at = std::size_t(std::ranges::lower_bound(all, first) - all.begin());
    return at < place ? int(at) : -1;
}

std::vector<ImageId> DuplicateSets::toExclude(DuplicateKind kind) const {
    const Shelf& s = shelf(kind);
    std::vector<ImageId> images;
    for (std::size_t row = 0; row < s.fates.size(); ++row)
        if (s.fates[row] == Fate::Excluded) images.push_back((*s.rows)[row]);
    std::ranges::sort(images);
    return images;
}

void DuplicateSets::decide(Shelf& shelf, std::size_t set) {
    const auto fates = data::fatesOf(shelf.alike, set, shelf.ranks, m_picks);
    const auto first = shelf.fates.begin() + std::ptrdiff_t(shelf.starts[set]);
    const auto old = std::span(first, fates.size());
    shelf.excluded -= std::size_t(std::ranges::count(old, Fate::Excluded));
    shelf.excluded += std::size_t(std::ranges::count(fates, Fate::Excluded));
    std::ranges::copy(fates, first);
}

/// Of each set that one of them is in.
void DuplicateSets::decideAgain(std::span<const ImageId> images) {
    for (const DuplicateKind kind : {DuplicateKind::Groups, DuplicateKind::Exact}) {
        std::set<std::size_t> sets;
        for (const ImageId image : images)
            if (const std::int64_t row = rowOf(kind, image); row >= 0) sets.insert(setOfRow(kind, std::size_t(row)));
        for (const std::size_t set : sets) decide(m_shelves[std::size_t(kind)], set);
    }
}

void DuplicateSets::toggleKept(DuplicateKind kind, std::size_t row) {
    const ImageId image = (*rows(kind))[row];
    const auto all = images(kind, setOfRow(kind, row));
    const bool was = isPicked(image);
    for (const ImageId other : all) m_picks.kept.erase(other);
    m_picks.left.erase(image);
    if (!was) m_picks.kept.insert(image);
    decideAgain(all);
}

void DuplicateSets::toggleLeft(DuplicateKind kind, std::size_t row) {
    const ImageId image = (*rows(kind))[row];
    m_picks.kept.erase(image);
    if (!m_picks.left.erase(image)) m_picks.left.insert(image);
    decideAgain(images(kind, setOfRow(kind, row)));
}

}  // namespace lathe::widgets::browser::duplicates
