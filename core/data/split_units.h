// The images that a split deals out, and the units in which it does. For core/data alone.
#pragma once
#include <array>
#include <optional>
#include <span>

#include "core/data/splits.h"

namespace lathe::data {

inline constexpr std::array<const char*, 3> kSplitNames{"train", "val", "test"};
using Shares = std::array<double, 3>;

/// SplitMix64 (Steele, Lea, Flood 2014): the standard's shuffles differ between libraries.
class SplitRandom {
public:
    explicit SplitRandom(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15ull;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ z >> 27) * 0x94D049BB133111EBull;
        return z ^ z >> 31;
    }
    std::size_t below(std::size_t n) { return std::size_t(next() % n); }

private:
    std::uint64_t m_state;
};

template <class T>
void shuffle(std::vector<T>& items, SplitRandom& random) {
    for (std::size_t k = items.size(); k > 1; --k) std::swap(items[k - 1], items[random.below(k)]);
}

struct SplitImage {
    std::int64_t id = 0;
    std::string key;  ///< content digest, or the name of a missing file: the order that all workspaces share
    std::string name;
    double time = 0;
    int was = -1;               ///< index into kSplitNames; -1: none
    bool frozen = false;        ///< in a frozen test set
    bool fixed = false;         ///< stays where it is
    std::vector<int> labels{};  ///< of its objects, ascending, each once
};

/// What goes to one split as a whole: an image, or a group of them.
struct SplitUnit {
    std::string key;                          ///< of the group or the image
    std::vector<SplitImage*> members;         ///< those that are dealt out
    std::vector<std::pair<int, int>> labels;  ///< label, images that have it
    double time = 0;                          ///< of its newest image
    int split = -1;
};

/// What a split should still get; `fixed` is what it has already. Never below 0, and `free` in all.
[[nodiscard]] Shares stillWanted(const Shares& shares, const Shares& fixed, double free);

}  // namespace lathe::data
