// Random numbers that depend on their place alone (seed, epoch, sample), never on the order in which threads ask.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

namespace lathe::engine::train {

/// SplitMix64 (Steele, Lea, Flood 2014) started from a mix of the keys.
class Random {
public:
    Random(std::initializer_list<std::uint64_t> keys) {
        for (const std::uint64_t key : keys) m_state = mix(m_state ^ mix(key + 0x9E3779B97F4A7C15ull));
    }
    std::uint64_t next() { return mix(m_state += 0x9E3779B97F4A7C15ull); }
    /// [0, 1)
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }
    /// [-amount, amount)
    double either(double amount) { return (2 * uniform() - 1) * amount; }
    /// 0 … count - 1; the bias below 2^-40 for counts below 2^24 does not matter here.
    std::uint64_t below(std::uint64_t count) { return std::uint64_t((Wide(next()) * count) >> 64); }
    template <class T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
    }

private:
    __extension__ using Wide = unsigned __int128;
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state = 0;
};

}  // namespace lathe::engine::train
