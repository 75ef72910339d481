#include "core/data/duplicate_groups.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

#include "core/data/near_pairs.h"

namespace lathe::data {
namespace {

using image::Fingerprint;
using Place = std::uint32_t;

constexpr double kAlike = 0.96, kIconsAlike = 0.99, kLessPerBit = 0.02;
constexpr int kSameColour = 4;
constexpr std::size_t kAllPairs = 4096;

bool sameColour(const Fingerprint& a, const Fingerprint& b) {
    for (std::size_t c = 0; c < 3; ++c)
        if (std::abs(int(a.mean[c]) - int(b.mean[c])) > kSameColour) return false;
    return true;
}

/// Who asks for more distant copies gets less likeness, too.
bool correlate(const Fingerprint& a, const Fingerprint& b, int threshold) {
    const double wanted = a.small && b.small ? kIconsAlike : kAlike;
    return image::likeness(a, b) >= wanted - kLessPerBit * std::max(0, threshold - kNearThreshold);
}

class Sets {
public:
    explicit Sets(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0u); }
    Place root(Place k) {
        while (m_parent[k] != k) k = m_parent[k] = m_parent[m_parent[k]];
        return k;
    }
    /// The smaller root stays: a group is known by its first.
    void join(Place a, Place b) {
        a = root(a), b = root(b);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<Place> m_parent;
};

/// Pictures of the same hash that are alike; the first stands for all.
struct Nodes {
    std::vector<std::uint64_t> hashes;
    std::vector<std::vector<Place>> members;
};

class Grouping {
public:
    Grouping(const std::vector<Look>& looks, int threshold) : m_looks(looks), m_threshold(threshold), m_sets(looks.size()) {}

    Result<Grouped> run(std::stop_token stop, const Progress& progress) {
        makeNodes();
        makeFlatNodes();
        for (const auto& members : m_nodes.members) leaksWithin(members);
        const auto visit = [this](std::span<const NearPair> pairs) {
            for (const NearPair& pair : pairs) meet(m_nodes.members[pair.a], m_nodes.members[pair.b], pair.distance);
        };
        LATHE_CHECK(eachNearPair(m_nodes.hashes, m_threshold, stop, progress, visit));
        collect();
        return std::move(m_out);
    }

private:
    [[nodiscard]] const Fingerprint& print(Place k) const { return m_looks[k].known.print; }

    /// Each of `order` joins the latest node from `first` on that takes it, else becomes one.
    template <class Takes>
    void place(Place k, std::size_t first, Takes takes) {
        for (std::size_t node = m_nodes.members.size(); node-- > first;) {
            if (!takes(m_nodes.members[node].front())) continue;
            m_sets.join(k, m_nodes.members[node].front());
            m_nodes.members[node].push_back(k);
            return;
        }
        m_nodes.members.push_back({k});
    }

    std::vector<Place> placesWhere(bool flat) const {
        std::vector<Place> places;
        for (Place k = 0; k < m_looks.size(); ++k)
            if (print(k).isFlat() == flat) places.push_back(k);
        return places;
    }

    void makeNodes() {
        auto order = placesWhere(false);
        std::ranges::stable_sort(order, {}, [this](Place k) { return print(k).hash; });
        std::size_t first = 0;
        for (std::size_t at = 0; at < order.size(); ++at) {
            const Fingerprint& one = print(order[at]);
            if (at > 0 && one.hash != print(order[at - 1]).hash) first = m_nodes.members.size();
            place(order[at], first, [&](Place k) { return correlate(one, print(k), m_threshold); });
        }
        for (const auto& members : m_nodes.members) m_nodes.hashes.push_back(print(members.front()).hash);
    }

    /// Blank pictures: their hashes say nothing. The search for pairs doesn't see these nodes.
    void makeFlatNodes() {
        auto order = placesWhere(true);
        std::ranges::stable_sort(order, {}, [this](Place k) { return print(k).mean[1]; });
        std::size_t first = m_nodes.members.size();
        for (const Place k : order) {
            while (first < m_nodes.members.size() && print(m_nodes.members[first].front()).mean[1] + kSameColour < print(k).mean[1])
                ++first;
            place(k, first, [&](Place other) { return sameColour(print(k), print(other)); });
        }
    }

    void meet(const std::vector<Place>& a, const std::vector<Place>& b, int distance) {
        if (!correlate(print(a.front()), print(b.front()), m_threshold)) return;
        m_sets.join(a.front(), b.front());
        leaksBetween(a, b, distance);
    }

    void leak(Place a, Place b, int distance) {
        const auto& [first, second] = std::minmax(m_looks[a].id, m_looks[b].id);
        ++m_out.leaksFound;
        if (m_out.leaks.size() < kMostLeaks) m_out.leaks.push_back({first, second, distance});
    }

    [[nodiscard]] bool leaks(Place a, Place b) const {
        return m_looks[a].split != m_looks[b].split && m_looks[a].split != 0 && m_looks[b].split != 0;
    }

    void leaksBetween(const std::vector<Place>& a, const std::vector<Place>& b, int distance) {
        if (a.size() * b.size() > kAllPairs) return leaksByFirst(a, b, distance);
        for (const Place one : a)
            for (const Place other : b)
                if (leaks(one, other)) leak(one, other, distance);
    }

    void leaksWithin(const std::vector<Place>& all) {
        if (all.size() * all.size() / 2 > kAllPairs) return leaksByFirst(all, all, 0);
        for (std::size_t a = 0; a < all.size(); ++a)
            for (std::size_t b = a + 1; b < all.size(); ++b)
                if (leaks(all[a], all[b])) leak(all[a], all[b], 0);
    }

    using FirstOf = std::array<Place, 256>;  ///< by split; m_looks.size(): none
    [[nodiscard]] FirstOf firstOf(const std::vector<Place>& members) const {
        FirstOf first;
        first.fill(Place(m_looks.size()));
        for (const Place k : members) first[m_looks[k].split] = std::min(first[m_looks[k].split], k);
        return first;
    }

    /// Each of the one side with the first of each other split on the other side, and the other way round; no pair twice.
    void leaksByFirst(const std::vector<Place>& a, const std::vector<Place>& b, int distance) {
        const FirstOf firstA = firstOf(a), firstB = firstOf(b);
        const bool same = &a == &b;
        for (const Place one : a)
            for (const Place other : firstB) {
                const bool reported = same && one > other && firstA[m_looks[one].split] == one;
                if (other < m_looks.size() && !reported && leaks(one, other)) leak(one, other, distance);
            }
        if (same) return;
        for (const Place one : b)
            for (const Place other : firstA)
                if (other < m_looks.size() && firstB[m_looks[one].split] != one && leaks(one, other)) leak(one, other, distance);
    }

    void collect() {
        std::vector<std::uint32_t> sizes(m_looks.size());
        for (Place k = 0; k < m_looks.size(); ++k) ++sizes[m_sets.root(k)];
        std::vector<std::uint32_t> groupOf(m_looks.size());
        for (Place k = 0; k < m_looks.size(); ++k) {
            const Place root = m_sets.root(k);
            if (sizes[root] < 2) continue;
            if (root == k) groupOf[k] = std::uint32_t(m_out.groups.size()), m_out.groups.emplace_back();
            m_out.groups[groupOf[root]].push_back(k);
        }
    }

    const std::vector<Look>& m_looks;
    const int m_threshold;
    Sets m_sets;
    Nodes m_nodes;
    Grouped m_out;
};

}  // namespace

bool areAlike(const Fingerprint& a, const Fingerprint& b, int threshold) {
    if (a.isFlat() || b.isFlat()) return a.isFlat() && b.isFlat() && sameColour(a, b);
    return image::hammingDistance(a.hash, b.hash) <= threshold && correlate(a, b, threshold);
}

Result<Grouped> groupAlike(const std::vector<Look>& looks, int threshold, std::stop_token stop, const Progress& progress) {
    return Grouping(looks, threshold).run(stop, progress);
}

}  // namespace lathe::data
