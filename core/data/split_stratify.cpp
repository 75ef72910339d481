#include "core/data/split_stratify.h"

#include <algorithm>
#include <numeric>

namespace lathe::data {
namespace {

double sumOf(const Shares& shares) {
    return std::accumulate(shares.begin(), shares.end(), 0.0);
}

class Stratifier {
public:
    Stratifier(std::vector<SplitUnit>& units, const Shares& shares, const std::vector<Shares>& fixed, const Shares& fixedImages,
               SplitRandom& random)
        : m_units(units), m_shares(shares), m_random(random), m_has(fixed), m_left(fixed.size()), m_unitsOf(fixed.size()) {
        double images = 0;
        for (std::size_t k = 0; k < units.size(); ++k) {
            if (units[k].split >= 0) continue;
            m_free.push_back(k);
            images += double(units[k].members.size());
            for (const auto& [label, n] : units[k].labels)
                m_left[std::size_t(label)] += n, m_unitsOf[std::size_t(label)].push_back(k);
        }
        m_wanted = stillWanted(shares, fixedImages, images);
        for (std::size_t label = 0; label < fixed.size(); ++label) m_wantedOf.push_back(wantedOf(label));
    }

    void run() {
        for (auto label = rarest(); label; label = rarest())
            for (const std::size_t unit : m_unitsOf[*label])
                if (m_units[unit].split < 0) assign(m_units[unit], bestFor(*label));
        for (auto& unit : m_units)
            if (unit.split < 0) assign(unit, bestOf(m_wanted, m_wanted));
        for (int turn = 0; turn < 2; ++turn)
            for (std::size_t label = 0; label < m_has.size(); ++label) repair(label);
        for (int turn = 0; turn < kBalanceMoves && balance(); ++turn) continue;
    }

private:
    using Split = std::size_t;

    [[nodiscard]] std::size_t activeSplits() const {
        return std::size_t(std::ranges::count_if(m_shares, [](double share) { return share > 0; }));
    }
    [[nodiscard]] bool reachesAll(std::size_t label) const { return sumOf(m_has[label]) + m_left[label] >= double(activeSplits()); }

    /// Each split wants at least one image of a class that has enough of them.
    [[nodiscard]] Shares wantedOf(std::size_t label) const {
        Shares wanted = stillWanted(m_shares, m_has[label], m_left[label]);
        if (!reachesAll(label)) return wanted;
        for (Split s = 0; s < wanted.size(); ++s) {
            if (m_shares[s] <= 0 || m_has[label][s] > 0 || wanted[s] >= 1) continue;
            *std::ranges::max_element(wanted) -= 1 - wanted[s];
            wanted[s] = 1;
        }
        return wanted;
    }

    [[nodiscard]] std::optional<std::size_t> rarest() const {
        std::optional<std::size_t> best;
        for (std::size_t label = 0; label < m_left.size(); ++label)
            if (m_left[label] > 0 && (!best || m_left[label] < m_left[*best])) best = label;
        return best;
    }

    /// The split that wants most; of equals the one that wants most by the second measure; of equals any.
    Split bestOf(const Shares& first, const Shares& second) {
        constexpr double kSame = 1e-9;
        std::vector<Split> best;
        const auto compare = [&](Split a, Split b) {
            if (std::abs(first[a] - first[b]) > kSame) return first[a] > first[b] ? 1 : -1;
            return std::abs(second[a] - second[b]) > kSame ? (second[a] > second[b] ? 1 : -1) : 0;
        };
        for (Split s = 0; s < m_shares.size(); ++s) {
            if (m_shares[s] <= 0) continue;
            const int better = best.empty() ? 1 : compare(s, best.front());
            if (better > 0) best.clear();
            if (better >= 0) best.push_back(s);
        }
        return best.size() == 1 ? best.front() : best[m_random.below(best.size())];
    }
    Split bestFor(std::size_t label) { return bestOf(m_wantedOf[label], m_wanted); }

    void assign(SplitUnit& unit, Split split) {
        unit.split = int(split);
        m_wanted[split] -= double(unit.members.size());
        for (const auto& [label, n] : unit.labels) {
            const auto l = std::size_t(label);
            m_wantedOf[l][split] -= n, m_has[l][split] += n, m_left[l] -= n;
        }
    }

    /// Would a split lose its last image of a class that should be in every split?
    [[nodiscard]] bool isNeeded(const SplitUnit& unit) const {
        return std::ranges::any_of(unit.labels, [&](const auto& one) {
            return reachesAll(std::size_t(one.first)) && m_has[std::size_t(one.first)][std::size_t(unit.split)] <= one.second;
        });
    }

    void repair(std::size_t label) {
        if (!reachesAll(label)) return;
        for (Split s = 0; s < m_shares.size(); ++s) {
            if (m_shares[s] <= 0 || m_has[label][s] > 0) continue;
            SplitUnit* best = nullptr;
            for (const std::size_t k : m_unitsOf[label]) {
                SplitUnit& unit = m_units[k];
                if (!isNeeded(unit) && (!best || unit.labels.size() < best->labels.size())) best = &unit;
            }
            if (best) move(*best, s);
        }
    }

    void move(SplitUnit& unit, Split to) {
        const auto from = std::size_t(unit.split);
        const auto shift = [&](Shares& wanted, double n) { wanted[from] += n, wanted[to] -= n; };
        shift(m_wanted, double(unit.members.size()));
        for (const auto& [label, n] : unit.labels) shift(m_wantedOf[std::size_t(label)], n), shift(m_has[std::size_t(label)], -n);
        unit.split = int(to);
    }

    /// How much worse the squared distance from the wanted counts becomes by moving n images.
    [[nodiscard]] static double worse(const Shares& wanted, Split from, Split to, double n) {
        return 2 * n * (wanted[from] - wanted[to] + n);
    }
    [[nodiscard]] double worse(const SplitUnit& unit, Split from, Split to) const {
        double sum = worse(m_wanted, from, to, double(unit.members.size())) / double(m_free.size());
        for (const auto& [label, n] : unit.labels) {
            const auto l = std::size_t(label);
            sum += worse(m_wantedOf[l], from, to, n) / sumOf(m_has[l]);
        }
        return sum;
    }

    /// The paper's way leaves the sizes of the splits a little off: moves one unit where that helps more than it hurts the classes.
    bool balance() {
        Split from = m_shares.size(), to = from;
        for (Split s = 0; s < m_shares.size(); ++s) {
            if (m_shares[s] <= 0) continue;
            if (from == m_shares.size() || m_wanted[s] < m_wanted[from]) from = s;
            if (to == m_shares.size() || m_wanted[s] > m_wanted[to]) to = s;
        }
        if (m_wanted[to] - m_wanted[from] <= 1) return false;
        SplitUnit* best = nullptr;
        double least = 0;
        for (std::size_t k = 0; k < std::min(m_free.size(), kBalanceUnits); ++k) {
            SplitUnit& unit = m_units[m_free[k]];
            if (unit.split != int(from)) continue;
            if (const double now = worse(unit, from, to); now < least && !isNeeded(unit)) best = &unit, least = now;
        }
        if (best) move(*best, to);
        return best != nullptr;
    }

    static constexpr int kBalanceMoves = 200;
    static constexpr std::size_t kBalanceUnits = 20000;  ///< that are looked at for each move

    std::vector<SplitUnit>& m_units;
    const Shares m_shares;
    SplitRandom& m_random;
    std::vector<std::size_t> m_free;  ///< units that are dealt out
    std::vector<Shares> m_has;        ///< images of a label in each split
    std::vector<double> m_left;       ///< images of a label not dealt out yet
    std::vector<std::vector<std::size_t>> m_unitsOf;
    Shares m_wanted{};
    std::vector<Shares> m_wantedOf;
};

}  // namespace

Shares stillWanted(const Shares& shares, const Shares& fixed, double free) {
    const double all = free + sumOf(fixed);
    Shares wanted{};
    for (std::size_t s = 0; s < wanted.size(); ++s) wanted[s] = std::max(0.0, all * shares[s] - fixed[s]);
    const double sum = sumOf(wanted);
    for (std::size_t s = 0; s < wanted.size(); ++s) wanted[s] = sum > 0 ? wanted[s] * free / sum : free * shares[s];
    return wanted;
}

void stratify(std::vector<SplitUnit>& units, const Shares& shares, const std::vector<Shares>& fixed, const Shares& fixedImages,
              SplitRandom& random) {
    Stratifier(units, shares, fixed, fixedImages, random).run();
}

}  // namespace lathe::data
